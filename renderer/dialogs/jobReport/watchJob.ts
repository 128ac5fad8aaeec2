import { isAppError } from '../../../shared/contract/errors.ts';
import type { Job } from '../../../shared/contract/jobs.contract.ts';
import type { ConsoleClient } from '../../app/client.tsx';

export interface JobWatch {
  /** Stops watching; the job itself runs on. */
  stop(): void;
}

/**
 * Tells `onJob` each new state of a job until it has ended. Events bring progress; in addition the job is asked for every
 * `pollMs`, because events are lost while the console is not connected.
 * `onLost` is told once when the job cannot be asked for (for example `not-found`); a lost connection is waited out.
 */
export function watchJob(
  client: Pick<ConsoleClient, 'jobs'>,
  jobId: string,
  { onJob, onLost, pollMs = 3000 }: { onJob(job: Job): void; onLost(error: unknown): void; pollMs?: number },
): JobWatch {
  let stopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const unsubscribe = client.jobs.onChanged((job) => {
    if (job.id === jobId) report(job);
  });

  function stop() {
    stopped = true;
    clearTimeout(timer);
    unsubscribe();
  }

  function report(job: Job) {
    // An answer that was on its way when the job ended would set it running again.
    if (stopped) return;
    if (job.state !== 'running') stop();
    onJob(job);
  }

  async function poll() {
    try {
      report(await client.jobs.get({ jobId }));
    } catch (error) {
      if (stopped) return;
      if (!isAppError(error, 'unreachable') && !isAppError(error, 'timeout')) {
        stop();
        onLost(error);
      }
    }
    if (!stopped) timer = setTimeout(() => void poll(), pollMs);
  }

  void poll();
  return { stop };
}
