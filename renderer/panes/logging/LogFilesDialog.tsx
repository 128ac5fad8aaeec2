import { Button, Table, TableBody, TableCell, TableRow, Text, makeStyles, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import type { ConsoleClient } from '../../app/client.tsx';
import { useClient } from '../../app/client.tsx';
import { loggingText as text } from '../../i18n/en/logging.ts';
import { AppDialog, DialogCloseButton } from '../../ui/AppDialog.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { TextField, ValidationProvider } from '../../ui/FormField.tsx';
import { HeaderRow } from '../../ui/HeaderRow.tsx';
import { instantText } from '../../ui/instants.ts';
import { Mono } from '../../ui/Mono.tsx';
import { useRead } from '../../ui/useRead.ts';

type Files = Awaited<ReturnType<ConsoleClient['logs']['files']>>;

interface Form {
  readonly fileMb: string;
  readonly files: string;
}

/** Which files there are, and how large and how many they may become. */
export function LogFilesDialog({ onClose }: { readonly onClose: () => void }) {
  const client = useClient();
  const styles = useStyles();
  const { value: files, error: unread } = useRead((options) => client.logs.files(null, options));
  const [saved, setSaved] = useState<Files['settings'] | null>(null);
  const [typed, setTyped] = useState<Partial<Form>>({});
  const [unsaved, setUnsaved] = useState<unknown>(null);
  const error = unread ?? unsaved;

  const before = files && formOf(saved ?? files.settings);
  const form = before && { ...before, ...typed };
  const problems = form ? problemsOf(form) : new Map<string, string>();
  const isDirty = JSON.stringify(form) !== JSON.stringify(before);
  const isSaved = saved !== null && Object.keys(typed).length === 0;
  const change = (next: Partial<Form>) => setTyped({ ...typed, ...next });

  async function apply() {
    if (!form || problems.size > 0) return;
    try {
      const settings = { fileMb: Number(form.fileMb), files: Number(form.files) };
      await client.logs.set(settings);
      setSaved(settings);
      setTyped({});
      setUnsaved(null);
    } catch (failure) {
      setUnsaved(failure);
    }
  }

  return (
    <AppDialog
      title={text.filesTitle}
      sizeKey="log-files"
      initialSize={{ width: 640, height: 520 }}
      isDirty={isDirty}
      onClose={onClose}
      note={<span aria-live="polite">{isSaved && <Text>{text.saved}</Text>}</span>}
      actions={
        <>
          <Button appearance="primary" disabled={!isDirty || problems.size > 0} onClick={() => void apply()}>
            {text.apply}
          </Button>
          <DialogCloseButton>{text.close}</DialogCloseButton>
        </>
      }
    >
      <div className={styles.root}>
        {error !== null && <ErrorNotice error={error} context={text.failed} />}
        {form && files && (
          <ValidationProvider value={{ problems, leave: () => {} }}>
            <TextField isNumber label={text.fileMb} field="fileMb" value={form.fileMb} onChange={(fileMb) => change({ fileMb })} />
            <TextField isNumber label={text.fileCount} field="files" value={form.files} onChange={(count) => change({ files: count })} />
            <Text className={styles.hint}>{text.atNextStart}</Text>
            <div className={styles.folder}>
              <Text>{text.folder}</Text>
              <Mono text={files.folder} label={text.folder} />
            </div>
            {files.files.length === 0 ? <Text>{text.noFiles}</Text> : <FileTable files={files.files} />}
          </ValidationProvider>
        )}
      </div>
    </AppDialog>
  );
}

function FileTable({ files }: { readonly files: Files['files'] }) {
  const { name, size, changedAt } = text.fileColumns;
  return (
    <Table size="small" aria-label={text.filesTitle}>
      <HeaderRow headers={[name, size, changedAt]} />
      <TableBody>
        {files.map((file) => (
          <TableRow key={file.name}>
            <TableCell>{file.name}</TableCell>
            <TableCell>{text.size(file.bytes)}</TableCell>
            <TableCell>{instantText(file.changedAt)}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

const formOf = ({ fileMb, files }: Files['settings']): Form => ({ fileMb: String(fileMb), files: String(files) });

function problemsOf({ fileMb, files }: Form): Map<string, string> {
  const isWhole = (value: string, least: number, most: number) => /^\d+$/.test(value) && Number(value) >= least && Number(value) <= most;
  const problems = new Map<string, string>();
  if (!isWhole(fileMb, 1, 1_024)) problems.set('fileMb', text.fileMbProblem);
  if (!isWhole(files, 2, 100)) problems.set('files', text.fileCountProblem);
  return problems;
}

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalM },
  hint: { color: tokens.colorNeutralForeground2 },
  folder: { display: 'flex', alignItems: 'center', flexWrap: 'wrap', columnGap: tokens.spacingHorizontalS },
});
