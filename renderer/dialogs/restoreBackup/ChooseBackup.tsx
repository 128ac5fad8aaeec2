import { Button, Field, Input, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { useShell } from '../../app/useShell.ts';
import { restoreBackupText as text } from '../../i18n/en/restoreBackup.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Section } from '../../ui/Section.tsx';
import { SubmitForm } from '../../ui/SubmitForm.tsx';
import type { createRestoreStore } from './restoreBackup.store.ts';

interface ChooseBackupProps {
  /** Why the last choice cannot be restored. */
  readonly error: unknown;
  readonly store: ReturnType<typeof createRestoreStore>;
}

/** A file on the server, or, in a browser that runs elsewhere, one that is sent there. */
export function ChooseBackup({ error, store }: ChooseBackupProps) {
  const styles = useStyles();
  const isBrowser = useShell((s) => s.server?.host === 'headless');
  const [file, setFile] = useState('');
  const { check, send } = store.getState();
  const isEmpty = file.trim() === '';

  return (
    <Section title={text.choose}>
      {error !== null && <ErrorNotice error={error} context={text.checkFailed} />}
      <SubmitForm className={styles.row} onSubmit={() => !isEmpty && void check(file.trim())}>
        <Field label={text.file} orientation="horizontal" className={mergeClasses(styles.labelled, styles.field)}>
          <Input value={file} spellCheck={false} autoComplete="off" onChange={(_event, data) => setFile(data.value)} />
        </Field>
        <Button type="submit" disabledFocusable={isEmpty}>
          {text.check}
        </Button>
      </SubmitForm>
      {isBrowser && (
        <Field label={text.upload} orientation="horizontal" hint={text.uploadHint} className={styles.labelled}>
          {(labelled) => (
            <input
              {...labelled}
              type="file"
              accept=".mfabackup"
              onChange={(event) => {
                const [chosen] = event.currentTarget.files ?? [];
                if (chosen) void send(chosen);
              }}
            />
          )}
        </Field>
      )}
    </Section>
  );
}

const useStyles = makeStyles({
  row: { display: 'flex', columnGap: tokens.spacingHorizontalS, alignItems: 'flex-start' },
  // The labels of both stand in one column, also where a button is beside the field.
  labelled: { gridTemplateColumns: '192px minmax(0, 1fr)' },
  field: { flexGrow: 1 },
});
