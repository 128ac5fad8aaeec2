import type { Job } from '../../../shared/contract/jobs.contract.ts';
import { jobKindText, jobPhaseText } from '../../i18n/en/jobs.ts';
import { ProgressStrip } from '../../ui/ProgressStrip.tsx';

interface UserJobStripProps {
  readonly kind: 'users-edit' | 'users-remove' | 'users-restore' | 'users-forget' | 'mails-queue';
  /** Where it is not what the kind of job says. */
  readonly phase?: string;
  /** Null until the server has told of it. */
  readonly job: Job | null;
  onCancel(): void;
}

/** How far a command on many users has come, in the dialog that started it. */
export function UserJobStrip({ kind, phase = kind, job, onCancel }: UserJobStripProps) {
  return (
    <ProgressStrip
      name={jobKindText(kind)}
      phase={jobPhaseText(job?.phase || phase)}
      done={job?.done ?? 0}
      total={job?.total ?? null}
      rate={job?.rate ?? 0}
      remainingMs={job?.remainingMs ?? null}
      onCancel={onCancel}
    />
  );
}
