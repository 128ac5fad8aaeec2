import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { Job } from '../../../shared/contract/jobs.contract.ts';
import { useClient } from '../../app/client.tsx';
import { emptyPreviewText } from '../../i18n/en/importDialog.ts';
import {
  formatCount,
  importStateText,
  jobKindText,
  jobPhaseText,
  jobReportText as text,
  jobStateText,
  previewStateText,
} from '../../i18n/en/jobs.ts';
import { AppDialog } from '../../ui/AppDialog.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { ProgressStrip } from '../../ui/ProgressStrip.tsx';
import { JobMails } from '../sendEmail/JobMails.tsx';
import { FailedItems } from './FailedItems.tsx';
import { ImportReport } from './ImportReport.tsx';
import { jobError } from './jobError.ts';
import { createJobReportStore, type JobReportState } from './jobReport.store.ts';
import { TokenImportLog } from './TokenImportLog.tsx';

const when = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'medium' });

export interface JobReportDialogProps {
  readonly jobId: string;
  onClose(): void;
  /** "Show imported users" was chosen. */
  onImported?(jobId: string): void;
}

/** The report of a job: state, counts, rows and error; its progress while it runs. */
export function JobReportDialog({ jobId, onClose, onImported }: JobReportDialogProps) {
  const client = useClient();
  const [store] = useState(() => createJobReportStore(client, jobId));
  const state = useStore(store, (s) => s.state);
  const { follow, unfollow, cancel } = store.getState();

  useEffect(() => {
    follow();
    return unfollow;
  }, [follow, unfollow]);

  const summary = state.phase === 'ready' ? state.summary : null;
  const mayShowUsers = onImported && summary?.state === 'applied' && summary.counts.add + summary.counts.update > 0;
  return (
    <AppDialog
      title={state.phase === 'ready' ? text.title(state.job) : text.untitled}
      sizeKey="jobReport"
      initialSize={{ width: 960, height: 640 }}
      onClose={onClose}
      actions={
        <>
          {mayShowUsers && (
            <Button
              onClick={() => {
                onImported(jobId);
                onClose();
              }}
            >
              {text.showImported}
            </Button>
          )}
          <Button appearance="primary" onClick={onClose}>
            {text.close}
          </Button>
        </>
      }
    >
      <Report state={state} onCancel={cancel} onRetry={follow} />
    </AppDialog>
  );
}

function Report({ state, onCancel, onRetry }: { readonly state: JobReportState; onCancel(): void; onRetry(): void }) {
  if (state.phase === 'loading') return <p role="status">{text.loading}</p>;
  if (state.phase === 'failed') return <ErrorNotice error={state.error} actions={<Button onClick={onRetry}>{text.tryAgain}</Button>} />;
  const { job, summary } = state;
  const error = jobError(job);
  const isMailing =
    job.state !== 'running' && (summary ? summary.state === 'applied' && summary.mails !== undefined : job.kind === 'mails-queue');
  return (
    <>
      <JobFacts job={job} />
      {job.state === 'running' && (
        <ProgressStrip
          name={jobKindText(job.kind)}
          phase={jobPhaseText(job.phase)}
          done={job.done}
          total={job.total}
          rate={job.rate}
          remainingMs={job.remainingMs}
          {...(job.cancellable ? { onCancel } : {})}
        />
      )}
      {error && <ErrorNotice error={error} {...endedText(job)} />}
      {!error && job.state !== 'running' && job.state !== 'done' && <p>{endedText(job).context}</p>}
      {summary && <ImportReport key={job.id} summary={summary} emptyText={emptyPreviewText(summary.read.entries)} />}
      {job.kind === 'token-import' && job.state !== 'running' && <TokenImportLog key={job.id} jobId={job.id} />}
      {isMailing && <JobMails key={job.id} jobId={job.id} refused={job.failures} />}
      {job.state !== 'running' && (isMailing || (!summary && job.failures > 0)) && <FailedItems key={job.id} job={job} />}
      {!summary && !isMailing && job.kind !== 'token-import' && job.state === 'done' && job.failures === 0 && (
        <p>{job.kind === 'import-preview' ? text.previewGone : text.noResult}</p>
      )}
    </>
  );
}

/** What the end of a job without a result means; empty for kinds that this version does not know. */
function endedText({ kind, state }: Job): { context?: string } {
  if (state === 'running' || state === 'done') return {};
  if (kind === 'import') return { context: importStateText[state] };
  if (kind === 'import-preview') return { context: previewStateText[state] };
  return {};
}

function JobFacts({ job }: { readonly job: Job }) {
  const styles = useStyles();
  return (
    <dl className={styles.facts}>
      {job.subject && <Fact name={text.subject} value={job.subject} />}
      <Fact name={text.state} value={jobStateText[job.state]} isLive />
      <Fact name={text.startedAt} value={when.format(job.startedAt)} />
      {job.finishedAt !== null && <Fact name={text.finishedAt} value={when.format(job.finishedAt)} />}
      <Fact name={text.startedBy} value={`${job.startedBy} (${job.host})`} />
      {job.failures > 0 && <Fact name={text.failures} value={formatCount(job.failures)} />}
    </dl>
  );
}

function Fact({ name, value, isLive = false }: { readonly name: string; readonly value: string; readonly isLive?: boolean }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd dir="auto">{isLive ? <span role="status">{value}</span> : value}</dd>
    </div>
  );
}

const useStyles = makeStyles({
  facts: {
    display: 'flex',
    flexWrap: 'wrap',
    columnGap: tokens.spacingHorizontalXXL,
    rowGap: tokens.spacingVerticalS,
    marginTop: '0',
    marginBottom: tokens.spacingVerticalM,
    '& dt': { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
    '& dd': { margin: '0', overflowWrap: 'anywhere' },
  },
});
