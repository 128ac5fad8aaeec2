import { AppError, isAppError } from '../../../shared/contract/errors.ts';
import type { Job } from '../../../shared/contract/jobs.contract.ts';
import type { ConsoleClient } from '../../app/client.tsx';
import { jobError } from './jobError.ts';
import { watchJob, type JobWatch } from './watchJob.ts';

/** What becomes of a command on many users. */
export type UserJobState =
  /** `job` is null until the server has told of it. */
  | { readonly phase: 'running'; readonly job: Job | null }
  | ({ readonly phase: 'done' } & UserJobResult)
  | { readonly phase: 'failed'; readonly error: unknown };

export interface UserJobResult {
  readonly jobId: string;
  /** Users for whom it was done. */
  readonly done: number;
  /** Users for whom it could not be done; the report of the job says why. */
  readonly stayed: number;
  /** Users whom it did not get to, because somebody stopped it. */
  readonly left: number;
}

export interface UserJobRun {
  /** Asks the server to stop; what is done by then stays done. */
  cancel(): void;
  /** Stops watching; what was begun goes on. */
  stop(): void;
}

/** Starts a command on many users and tells `onState` how it goes, beginning at once. */
export function runUserJob(
  client: Pick<ConsoleClient, 'jobs'>,
  start: () => Promise<{ jobId: string }>,
  onState: (state: UserJobState) => void,
): UserJobRun {
  let watch: JobWatch | null = null;
  let jobId: string | null = null;
  let isStopped = false;
  const fail = (error: unknown) => onState({ phase: 'failed', error });

  function onJob(job: Job) {
    const error = jobError(job);
    if (job.state === 'running') onState({ phase: 'running', job });
    else if (job.state === 'done' || job.state === 'cancelled')
      onState({
        phase: 'done',
        jobId: job.id,
        done: job.done - job.failures,
        stayed: job.failures,
        left: job.state === 'done' ? 0 : Math.max(0, (job.total ?? 0) - job.done),
      });
    else fail(error ?? new AppError('internal', 'The job ended before it was done.'));
  }

  async function begin() {
    try {
      const begun = await start();
      jobId = begun.jobId;
      if (!isStopped) watch = watchJob(client, jobId, { onJob, onLost: fail });
    } catch (error) {
      if (!isStopped) fail(error);
    }
  }

  onState({ phase: 'running', job: null });
  void begin();
  return {
    cancel() {
      if (jobId === null) return;
      client.jobs.cancel({ jobId }).catch((error: unknown) => {
        // It may just have ended; the next answer about the job says so.
        if (!isAppError(error)) throw error;
      });
    },
    stop() {
      isStopped = true;
      watch?.stop();
    },
  };
}
