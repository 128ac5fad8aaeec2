import {
  Button,
  Field,
  MessageBar,
  MessageBarBody,
  Spinner,
  Table,
  TableBody,
  TableCell,
  TableRow,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { ImportedFile } from '../../../shared/contract/mailTemplates.contract.ts';
import { useClient } from '../../app/client.tsx';
import { mailTitle } from '../../i18n/en/emailContent.ts';
import { languageText } from '../../i18n/en/importDialog.ts';
import { importEmailsText as text } from '../../i18n/en/importEmails.ts';
import { AppDialog } from '../../ui/AppDialog.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { HeaderRow } from '../../ui/HeaderRow.tsx';
import { createImportEmailsStore, type ImportPlan } from './importEmails.store.ts';

/** What has to be decided about comes first. */
const order: readonly ImportedFile['change'][] = ['refused', 'changed', 'new', 'same'];

/** All mails from an archive, after a look at what that would change. */
export function ImportEmailsDialog({ onClose }: { onClose(): void }) {
  const client = useClient();
  const [store] = useState(() => createImportEmailsStore(client));
  const state = useStore(store, (s) => s.state);
  const { choose, start, leave } = store.getState();
  const result = useRef<HTMLDivElement>(null);
  useEffect(() => leave, [leave]);
  const isDone = state.phase === 'done';
  // The button that had the focus is gone.
  useEffect(() => (isDone ? result.current?.focus() : undefined), [isDone]);

  const plan = state.phase === 'planned' || state.phase === 'importing' ? state.plan : null;
  const counts = plan && countsOf(plan);
  const wanted = counts && counts.refused === 0 ? counts.added + counts.changed : 0;

  return (
    <AppDialog
      title={text.title}
      sizeKey="import-emails"
      initialSize={{ width: 960, height: 600 }}
      onClose={onClose}
      note={<span role="status">{counts && text.plan(counts)}</span>}
      actions={
        <>
          {!isDone && (
            <Button
              appearance="primary"
              disabledFocusable={wanted === 0 || state.phase === 'importing'}
              onClick={() => wanted > 0 && void start()}
            >
              {state.phase === 'importing' ? text.importing : text.import(wanted)}
            </Button>
          )}
          <Button onClick={onClose}>{text.close}</Button>
        </>
      }
    >
      {!isDone && (
        <Field label={text.file} hint={text.fileHint}>
          {(labelled) => (
            <input
              {...labelled}
              type="file"
              accept=".zip,application/zip"
              disabled={state.phase === 'importing'}
              onChange={(event) => {
                const [chosen] = event.currentTarget.files ?? [];
                if (chosen) void choose(chosen);
              }}
            />
          )}
        </Field>
      )}
      {state.phase === 'choosing' && state.error && (
        // The server's own sentence says what is wrong with the file.
        <ErrorNotice error={state.error} context={state.error.message || text.readFailed} />
      )}
      {state.phase === 'reading' && <Spinner size="tiny" labelPosition="after" label={text.sending} />}
      {state.phase === 'planned' && state.error && <ErrorNotice error={state.error} context={text.failed} />}
      {state.phase === 'planned' && state.isNew && <Notice intent="warning">{text.meanwhile}</Notice>}
      {plan && counts && <Plan plan={plan} refused={counts.refused} />}
      <div ref={result} role="status" tabIndex={-1}>
        {isDone && <Notice intent="success">{text.imported(state.imported)}</Notice>}
      </div>
    </AppDialog>
  );
}

function countsOf({ files }: ImportPlan) {
  const count = (change: ImportedFile['change']) => files.filter((file) => file.change === change).length;
  return { added: count('new'), changed: count('changed'), same: count('same'), refused: count('refused') };
}

function Plan({ plan: { files, ignored }, refused }: { readonly plan: ImportPlan; readonly refused: number }) {
  const styles = useStyles();
  const replaced = files.filter(({ replaces }) => replaces !== null).length;
  return (
    <div className={styles.plan}>
      {files.length === 0 && <Notice intent="warning">{text.empty}</Notice>}
      {refused > 0 && <Notice intent="error">{text.refusedAll(refused)}</Notice>}
      {refused === 0 && replaced > 0 && <Notice intent="warning">{text.replaced(replaced)}</Notice>}
      {ignored.length > 0 && <Notice intent="info">{text.ignored(ignored.slice(0, 20))}</Notice>}
      {files.length > 0 && (
        <Table size="small" aria-label={text.list} className={styles.table}>
          <HeaderRow
            headers={[
              { text: text.columns.change, className: styles.narrow },
              { text: text.columns.mail, className: styles.mail },
              { text: text.columns.language, className: styles.narrow },
              text.columns.about,
            ]}
          />
          <TableBody>
            {files.toSorted(byOrder).map((file) => (
              <TableRow key={file.file}>
                <TableCell className={file.change === 'refused' ? styles.refused : undefined}>{text.change[file.change]}</TableCell>
                <TableCell className={styles.cell} title={file.file}>
                  {file.change === 'refused' ? file.file : mailTitle(file.template)}
                </TableCell>
                <TableCell className={styles.cell}>{file.change === 'refused' ? file.language : languageText(file.language)}</TableCell>
                <TableCell className={styles.cell} dir="auto">
                  {text.about(file)}
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
    </div>
  );
}

function byOrder(one: ImportedFile, other: ImportedFile): number {
  return order.indexOf(one.change) - order.indexOf(other.change);
}

function Notice({ intent, children }: { readonly intent: 'info' | 'success' | 'warning' | 'error'; readonly children: string }) {
  return (
    <MessageBar intent={intent} layout="multiline">
      <MessageBarBody>{children}</MessageBarBody>
    </MessageBar>
  );
}

const useStyles = makeStyles({
  plan: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalS, marginTop: tokens.spacingVerticalS },
  table: { tableLayout: 'fixed', minWidth: '560px' },
  narrow: { width: '96px' },
  mail: { width: '264px' },
  cell: { overflowWrap: 'anywhere', paddingTop: tokens.spacingVerticalXXS, paddingBottom: tokens.spacingVerticalXXS },
  refused: { color: tokens.colorStatusDangerForeground1 },
});
