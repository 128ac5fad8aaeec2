import { Button, makeStyles, MessageBar, MessageBarBody, tokens } from '@fluentui/react-components';
import { useEffect, useRef } from 'react';
import { useStore, type StoreApi } from 'zustand';
import { emptyPreviewText, importDialogText as text, runStateText, startFailed } from '../../i18n/en/importDialog.ts';
import { importStateText, jobKindText, jobPhaseText, previewStateText } from '../../i18n/en/jobs.ts';
import { CommandButton } from '../../ui/CommandButton.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { ProgressStrip } from '../../ui/ProgressStrip.tsx';
import { ImportReport } from '../jobReport/ImportReport.tsx';
import { jobError } from '../jobReport/jobError.ts';
import { JobMails } from '../sendEmail/JobMails.tsx';
import type { RunState, RunStore } from './run.store.ts';

/** The second page of the import dialog: a job while it runs, then its result. */
export function RunPage({ store }: { readonly store: StoreApi<RunStore> }) {
  const styles = useStyles();
  const state = useStore(store, (s) => s.state);
  const heading = useRef<HTMLHeadingElement>(null);
  const task = taskOf(state);

  // The button that led here is gone; without this the focus would be lost with it.
  useEffect(() => heading.current?.focus(), [task]);

  return (
    <div className={styles.root}>
      <h3 ref={heading} tabIndex={-1} className={styles.heading}>
        {task === 'preview' ? text.previewTitle : text.importTitle}
      </h3>
      <p role="status" className={styles.state}>
        {runStateText(state)}
      </p>
      <RunContent state={state} store={store} />
    </div>
  );
}

function taskOf(state: RunState) {
  if (state.phase === 'previewed') return 'preview';
  return 'task' in state ? state.task : 'import';
}

function RunContent({ state, store }: { readonly state: RunState; readonly store: StoreApi<RunStore> }) {
  const isCancelling = useStore(store, (s) => s.isCancelling);
  const { cancel } = store.getState();
  switch (state.phase) {
    case 'choosing':
      return null;
    case 'starting':
      return (
        <ProgressStrip
          name={jobKindText(state.task === 'preview' ? 'import-preview' : 'import')}
          done={0}
          total={null}
          rate={0}
          remainingMs={null}
        />
      );
    case 'running': {
      const { job } = state;
      return (
        <>
          <ProgressStrip
            name={jobKindText(job.kind)}
            phase={isCancelling ? text.cancelling : jobPhaseText(job.phase)}
            done={job.done}
            total={job.total}
            rate={job.rate}
            remainingMs={job.remainingMs}
            {...(job.cancellable && !isCancelling ? { onCancel: () => void cancel() } : {})}
          />
          {state.task === 'import' && <p>{text.runsOn}</p>}
        </>
      );
    }
    case 'previewed':
    case 'imported':
      return (
        <>
          {state.phase === 'imported' && state.summary.mails && <JobMails jobId={state.summary.jobId} refused={0} />}
          <ImportReport key={state.summary.jobId} summary={state.summary} emptyText={emptyPreviewText(state.summary.read.entries)} />
        </>
      );
    case 'stopped': {
      const { job, task } = state;
      const error = jobError(job);
      if (error) return <ErrorNotice error={error} context={startFailed(task)} />;
      const words = task === 'preview' ? previewStateText : importStateText;
      return (
        <MessageBar intent={job.state === 'cancelled' ? 'info' : 'warning'}>
          <MessageBarBody>{words[job.state === 'cancelled' || job.state === 'interrupted' ? job.state : 'failed']}</MessageBarBody>
        </MessageBar>
      );
    }
    case 'failed':
      return <ErrorNotice error={state.error} context={startFailed(state.task)} />;
  }
}

interface RunActionsProps {
  readonly store: StoreApi<RunStore>;
  onClose(): void;
  onShowImported(jobId: string): void;
}

/** The buttons below the second page. */
export function RunActions({ store, onClose, onShowImported }: RunActionsProps) {
  const state = useStore(store, (s) => s.state);
  const { back, importPreviewed } = store.getState();
  const isImporting = (state.phase === 'running' || state.phase === 'starting') && state.task === 'import';
  const written = state.phase === 'previewed' || state.phase === 'imported' ? state.summary.counts.add + state.summary.counts.update : 0;
  return (
    <>
      {!isImporting && <Button onClick={back}>{state.phase === 'imported' ? text.anotherImport : text.back}</Button>}
      {state.phase === 'previewed' && (
        <CommandButton calls="imports.start" appearance="primary" disabled={written === 0} onClick={() => void importPreviewed()}>
          {text.importCount(written)}
        </CommandButton>
      )}
      {state.phase === 'imported' && written > 0 && (
        <Button appearance="primary" onClick={() => onShowImported(state.summary.jobId)}>
          {text.showImported}
        </Button>
      )}
      <Button onClick={onClose}>{text.close}</Button>
    </>
  );
}

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', flex: '1 1 0', minHeight: '0' },
  heading: { margin: '0', fontSize: tokens.fontSizeBase400, outlineStyle: 'none' },
  state: { marginTop: tokens.spacingVerticalXS, marginBottom: tokens.spacingVerticalS },
});
