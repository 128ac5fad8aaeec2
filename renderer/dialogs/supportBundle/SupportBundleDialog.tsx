import { Button, Checkbox, Spinner, Table, TableBody, TableCell, TableRow, Text, makeStyles, tokens } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { SupportEntry } from '../../../shared/contract/support.contract.ts';
import { useClient } from '../../app/client.tsx';
import { jobPhaseText } from '../../i18n/en/jobs.ts';
import { supportBundleText as text } from '../../i18n/en/supportBundle.ts';
import { AppDialog, DialogCloseButton } from '../../ui/AppDialog.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { HeaderRow } from '../../ui/HeaderRow.tsx';
import { saveFile } from '../../ui/saveFile.ts';
import { createSupportBundleStore } from './supportBundle.store.ts';

/** Collects a support bundle, shows what is in it, and saves it. */
export function SupportBundleDialog({ onClose }: { onClose(): void }) {
  const styles = useStyles();
  const client = useClient();
  const [store] = useState(() =>
    createSupportBundleStore(client, {
      saveFile: (fileName, parts) => saveFile(fileName, 'application/zip', parts),
      now: () => new Date(),
    }),
  );
  const { state, withNames } = useStore(store);
  const { collect, save, dispose } = store.getState();

  useEffect(() => {
    void collect(false);
    return dispose;
  }, [collect, dispose]);

  return (
    <AppDialog
      title={text.title}
      sizeKey="support-bundle"
      initialSize={{ width: 760, height: 600 }}
      onClose={onClose}
      note={<span aria-live="polite">{state.phase === 'ready' && noteOf(state)}</span>}
      actions={
        <>
          <Button appearance="primary" disabledFocusable={state.phase !== 'ready'} onClick={() => void save()}>
            {text.save}
          </Button>
          <DialogCloseButton>{text.close}</DialogCloseButton>
        </>
      }
    >
      <div className={styles.root}>
        <Text>{text.intro}</Text>
        <div>
          <Checkbox label={text.withNames} checked={withNames} onChange={(_event, { checked }) => void collect(checked === true)} />
          <Text block className={styles.hint}>
            {text.pseudonyms}
          </Text>
        </div>
        {state.phase === 'collecting' && (
          <Spinner size="tiny" labelPosition="after" label={jobPhaseText('support-bundle')} className={styles.waiting} />
        )}
        {state.phase === 'failed' && (
          <ErrorNotice
            error={state.error}
            context={text.failed}
            actions={<Button onClick={() => void collect(withNames)}>{text.tryAgain}</Button>}
          />
        )}
        {state.phase === 'ready' && <Contents entries={state.entries} />}
      </div>
    </AppDialog>
  );
}

function noteOf({ entries, bytes, fileName }: { entries: readonly SupportEntry[]; bytes: number; fileName: string | null }): string {
  return fileName === null ? text.ready(entries.length, text.size(bytes)) : text.saved(fileName);
}

function Contents({ entries }: { readonly entries: readonly SupportEntry[] }) {
  const styles = useStyles();
  return (
    <Table size="small" aria-label={text.contents}>
      <HeaderRow headers={[text.columns.name, { text: text.columns.bytes, className: styles.size }, text.columns.part]} />
      <TableBody>
        {entries.map(({ name, bytes, part }) => (
          <TableRow key={name}>
            <TableCell>{name}</TableCell>
            <TableCell className={styles.size}>{text.size(bytes)}</TableCell>
            <TableCell>{text.parts[part]}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalM },
  waiting: { justifyContent: 'start' },
  hint: { color: tokens.colorNeutralForeground2 },
  size: { width: '96px', fontVariantNumeric: 'tabular-nums' },
});
