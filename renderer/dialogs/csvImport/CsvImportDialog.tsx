import { Button } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useClient } from '../../app/client.tsx';
import { csvImportText as text } from '../../i18n/en/csv.ts';
import { fieldText } from '../../i18n/en/jobs.ts';
import { CommandButton } from '../../ui/CommandButton.tsx';
import { AppDialog } from '../../ui/AppDialog.tsx';
import { createRunStore } from '../import/run.store.ts';
import { RunActions, RunPage } from '../import/RunPage.tsx';
import { ColumnsPage } from './ColumnsPage.tsx';
import { columnProblem, createCsvImportStore, requestOf, type ColumnProblem } from './csvImport.store.ts';
import { FilePage } from './FilePage.tsx';

export interface CsvImportDialogProps {
  onClose(): void;
  /** "Show imported users" was chosen. */
  onImported?(jobId: string): void;
}

/** Import from a file: choose it, say what its columns are, preview, import, look at the result. */
export function CsvImportDialog({ onClose, onImported }: CsvImportDialogProps) {
  const client = useClient();
  const [{ store, run }] = useState(() => ({ store: createCsvImportStore(client), run: createRunStore(client) }));
  const file = useStore(store, (s) => s.file);
  const options = useStore(store, (s) => s.options);
  const state = useStore(run, (s) => s.state);

  useEffect(() => {
    run.getState().follow();
    return () => run.getState().unfollow();
  }, [run]);

  const problem = file.phase === 'columns' ? columnProblem(file.columns, options) : null;

  function start(task: 'preview' | 'importNow') {
    const request = requestOf(store.getState());
    if (request === null) return;
    store.getState().remember();
    const isMailing = (request.sendEmail ?? 'none') !== 'none';
    // Mails cannot be taken back: their number is seen first.
    void run.getState()[isMailing ? 'preview' : task](request);
  }

  function close() {
    const isImporting = (state.phase === 'running' || state.phase === 'starting') && state.task === 'import';
    run.getState().back(); // forgets a preview; a running import runs on
    if (!isImporting) store.getState().leave();
    onClose();
  }

  return (
    <AppDialog
      title={text.title}
      sizeKey="csvImport"
      initialSize={{ width: 960, height: 700 }}
      onClose={close}
      note={state.phase === 'choosing' && problem ? problemText(problem) : undefined}
      actions={
        state.phase !== 'choosing' ? (
          <RunActions
            store={run}
            onClose={close}
            onShowImported={(jobId) => {
              onImported?.(jobId);
              onClose();
            }}
          />
        ) : (
          <>
            {file.phase === 'columns' && (
              <>
                <Button onClick={() => store.getState().leave()}>{text.otherFile}</Button>
                <Button disabled={problem !== null} onClick={() => start('preview')}>
                  {text.preview}
                </Button>
                <CommandButton calls="imports.start" appearance="primary" disabled={problem !== null} onClick={() => start('importNow')}>
                  {text.import}
                </CommandButton>
              </>
            )}
            <Button onClick={close}>{text.close}</Button>
          </>
        )
      }
    >
      {state.phase !== 'choosing' ? (
        <RunPage store={run} />
      ) : file.phase === 'columns' ? (
        <ColumnsPage store={store} file={file} />
      ) : (
        <FilePage store={store} file={file} />
      )}
    </AppDialog>
  );
}

function problemText(problem: ColumnProblem): string {
  switch (problem.kind) {
    case 'no-username':
      return text.needsUsername;
    case 'no-choice':
      return text.needsChoice;
    case 'pin':
      return text.noPins;
    case 'twice':
      return text.twice(fieldText(problem.field));
  }
}
