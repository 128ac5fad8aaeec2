import { Button, makeStyles, shorthands, tokens } from '@fluentui/react-components';
import { CheckmarkCircleRegular, DismissRegular, ErrorCircleRegular } from '@fluentui/react-icons';
import { useStore } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import { jobEndText, jobKindText, jobPhaseText } from '../i18n/en/jobs.ts';
import { shellText } from '../i18n/en/shell.ts';
import { canonicalName } from '../ui/canonicalName.ts';
import { ProgressStrip } from '../ui/ProgressStrip.tsx';
import { useDialogs } from './dialogs.store.ts';
import type { JobsStore } from './jobs.store.ts';

/** The newest work in one slim line; when it has ended, how it ended, until it is dismissed. */
export function JobStrip({ store }: { readonly store: StoreApi<JobsStore> }) {
  const styles = useStyles();
  const jobs = useStore(store, (s) => s.jobs);
  const { cancel, dismiss } = store.getState();
  const open = useDialogs((s) => s.open);
  const job = jobs.find(({ state }) => state === 'running') ?? jobs[0];
  if (!job) return null;
  const openReport = () => open({ kind: 'job-report', jobId: job.id });
  const name = shellText.jobName(jobKindText(job.kind), canonicalName(job.subject));

  return (
    <section aria-label={shellText.jobs} className={styles.root}>
      {job.state === 'running' ? (
        <ProgressStrip
          name={name}
          phase={jobPhaseText(job.phase)}
          done={job.done}
          total={job.total}
          rate={job.rate}
          remainingMs={job.remainingMs}
          onCancel={job.cancellable ? () => void cancel(job.id) : undefined}
          onOpen={openReport}
        />
      ) : (
        <div className={styles.ended} role="status">
          {job.state === 'done' ? (
            <CheckmarkCircleRegular className={styles.good} aria-hidden />
          ) : (
            <ErrorCircleRegular className={styles.bad} aria-hidden />
          )}
          <bdi className={styles.name}>{name}</bdi>
          <span className={styles.end}>{jobEndText(job)}</span>
          <Button size="small" onClick={openReport}>
            {shellText.jobReport}
          </Button>
          <span className={styles.gap} />
          <Button
            size="small"
            appearance="subtle"
            icon={<DismissRegular />}
            aria-label={shellText.dismiss}
            onClick={() => dismiss(job.id)}
          />
        </div>
      )}
      {jobs.length > 1 && <span className={styles.more}>{shellText.moreJobs(jobs.length - 1)}</span>}
    </section>
  );
}

const useStyles = makeStyles({
  root: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) auto',
    alignItems: 'center',
    backgroundColor: tokens.colorNeutralBackground1,
    borderRadius: tokens.borderRadiusMedium,
    ...shorthands.border(tokens.strokeWidthThin, 'solid', tokens.colorNeutralStroke2),
  },
  ended: {
    display: 'flex',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalM,
    minWidth: '0',
    minHeight: '36px',
    paddingLeft: tokens.spacingHorizontalM,
    paddingRight: tokens.spacingHorizontalXS,
  },
  end: { color: tokens.colorNeutralForeground2, fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' },
  name: { fontWeight: tokens.fontWeightSemibold, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  gap: { flex: '1 1 0' },
  good: { color: tokens.colorStatusSuccessForeground1, flexShrink: 0 },
  bad: { color: tokens.colorStatusDangerForeground1, flexShrink: 0 },
  more: { paddingRight: tokens.spacingHorizontalM, color: tokens.colorNeutralForeground3 },
});
