import { createStore, type StoreApi } from 'zustand/vanilla';
import { isAppError } from '../../shared/contract/errors.ts';
import type { Job } from '../../shared/contract/jobs.contract.ts';
import type { ConsoleClient } from './client.tsx';

export interface JobsStore {
  /** Running jobs, newest first, and those that ended since the window opened and were not dismissed. */
  readonly jobs: readonly Job[];
  /** Reads what runs now: at the start and after a reconnect, when events were missed. */
  read(): Promise<void>;
  cancel(jobId: string): Promise<void>;
  dismiss(jobId: string): void;
}

/** Jobs that work for a dialog, which shows their progress itself. */
const quietKinds = new Set(['import-preview']);

/** Which work is going on. Subscribes for the life of the window. */
export function createJobsStore(client: Pick<ConsoleClient, 'jobs'>): StoreApi<JobsStore> {
  const store = createStore<JobsStore>()((set, get) => ({
    jobs: [],

    async read() {
      try {
        const { jobs: running } = await client.jobs.list({ running: true });
        // What ran before and is not in the answer has ended meanwhile; ask how.
        const gone = get().jobs.filter((job) => job.state === 'running' && !running.some(({ id }) => id === job.id));
        const ended = await Promise.all(gone.map(({ id }) => client.jobs.get({ jobId: id })));
        for (const job of [...ended, ...running.toReversed()]) store.setState({ jobs: withJob(get().jobs, job) });
      } catch (error) {
        // The strip is a convenience: what failed here shows itself where the job was started.
        if (!isAppError(error)) throw error;
      }
    },

    async cancel(jobId) {
      try {
        await client.jobs.cancel({ jobId });
      } catch (error) {
        if (!isAppError(error)) throw error;
        await get().read(); // it had ended already, or there is no connection
      }
    },

    dismiss: (jobId) => set(({ jobs }) => ({ jobs: jobs.filter(({ id }) => id !== jobId) })),
  }));

  client.jobs.onChanged((job) => store.setState(({ jobs }) => ({ jobs: withJob(jobs, job) })));
  return store;
}

function withJob(jobs: readonly Job[], job: Job): readonly Job[] {
  if (quietKinds.has(job.kind)) return jobs;
  const at = jobs.findIndex(({ id }) => id === job.id);
  if (at >= 0) return jobs.with(at, job);
  // Jobs of other windows that ended unseen are history, not news.
  return job.state === 'running' ? [job, ...jobs] : jobs;
}
