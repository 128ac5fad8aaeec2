import { Button, Field, Input, Spinner, Text, makeStyles, tokens } from '@fluentui/react-components';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { isTypedCount } from '../../../shared/lib/typedCount.ts';
import { useClient } from '../../app/client.tsx';
import { useShell } from '../../app/useShell.ts';
import { jobKindText, jobPhaseText } from '../../i18n/en/jobs.ts';
import { restoreBackupText as text } from '../../i18n/en/restoreBackup.ts';
import { AppDialog } from '../../ui/AppDialog.tsx';
import { CommandButton } from '../../ui/CommandButton.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { ProgressStrip } from '../../ui/ProgressStrip.tsx';
import { Section } from '../../ui/Section.tsx';
import { BackupFacts } from './BackupFacts.tsx';
import { ChooseBackup } from './ChooseBackup.tsx';
import { createRestoreStore, type CheckedBackup, type RestoreState } from './restoreBackup.store.ts';

interface RestoreBackupDialogProps {
  /** Chosen already, on the computer of the console. */
  readonly file?: string | undefined;
  onClose(): void;
}

/** Restores a backup in the place of what is there: shows what it is and what it replaces, and asks. */
export function RestoreBackupDialog({ file, onClose }: RestoreBackupDialogProps) {
  const styles = useStyles();
  const client = useClient();
  const [store] = useState(() => createRestoreStore(client));
  const state = useStore(store, (s) => s.state);
  const [typed, setTyped] = useState('');
  const page = useRef<HTMLDivElement>(null);
  const { check, restore, cancel, chooseAnother, dispose } = store.getState();
  const { phase } = state;

  useEffect(() => {
    if (file !== undefined) void check(file);
    return dispose;
  }, [check, dispose, file]);
  // What had the focus is gone, and without it Esc would not close the dialog.
  useEffect(() => {
    (phase === 'choosing' ? page.current?.querySelector('input') : page.current)?.focus();
  }, [phase]);

  function leave() {
    setTyped('');
    chooseAnother();
  }

  return (
    <AppDialog
      title={text.title}
      sizeKey="restore-backup"
      initialSize={{ width: 720, height: 700 }}
      onClose={onClose}
      actions={
        <>
          {phase === 'checked' && (
            <>
              <CommandButton
                calls="backups.restore"
                disabledFocusable={!isTypedCount(state.backup.users, typed)}
                onClick={() => void restore()}
              >
                {text.restore}
              </CommandButton>
              <Button onClick={leave}>{text.another}</Button>
            </>
          )}
          <Button appearance="primary" onClick={onClose}>
            {phase === 'checked' ? text.cancel : text.close}
          </Button>
        </>
      }
    >
      <div ref={page} tabIndex={-1} className={styles.page}>
        <Page state={state} store={store} onCancel={cancel} />
        {phase === 'checked' && (
          <Consequences backup={state.backup}>
            <Field label={text.confirm(state.backup.users)}>
              <Input
                className={styles.count}
                value={typed}
                inputMode="numeric"
                autoComplete="off"
                maxLength={20}
                onChange={(_event, data) => setTyped(data.value)}
              />
            </Field>
          </Consequences>
        )}
      </div>
    </AppDialog>
  );
}

interface PageProps {
  readonly state: RestoreState;
  readonly store: ReturnType<typeof createRestoreStore>;
  onCancel(): void;
}

function Page({ state, store, onCancel }: PageProps) {
  const serverName = useShell((s) => s.server?.serverName) ?? '';
  switch (state.phase) {
    case 'choosing':
      return <ChooseBackup error={state.error} store={store} />;
    case 'checking':
      return <Spinner size="tiny" labelPosition="after" label={state.isSent ? text.checking(state.name) : text.sending(state.name)} />;
    case 'checked':
      return (
        <>
          {state.error && <ErrorNotice error={state.error} context={text.failed} />}
          <BackupFacts backup={state.backup} serverName={serverName} store={store} />
        </>
      );
    case 'unpacking':
      return (
        <ProgressStrip
          name={jobKindText('restore')}
          phase={jobPhaseText('restore')}
          done={state.job?.done ?? 0}
          total={state.job?.total ?? null}
          rate={state.job?.rate ?? 0}
          remainingMs={state.job?.remainingMs ?? null}
          onCancel={onCancel}
        />
      );
    case 'restarting':
      return <Spinner size="tiny" labelPosition="after" label={text.restarting} />;
  }
}

function Consequences({ backup, children }: { readonly backup: CheckedBackup; readonly children: ReactNode }) {
  const styles = useStyles();
  const { users, summary } = backup;
  return (
    <Section title={text.replaces}>
      <ul className={styles.list}>
        {text.consequences(users, summary.users, summary.createdAt).map((sentence) => (
          <li key={sentence}>
            <Text>{sentence}</Text>
          </li>
        ))}
      </ul>
      {children}
    </Section>
  );
}

const useStyles = makeStyles({
  page: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalL, outlineStyle: 'none' },
  list: {
    margin: '0',
    paddingLeft: tokens.spacingHorizontalXL,
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalXS,
  },
  count: { maxWidth: '200px' },
});
