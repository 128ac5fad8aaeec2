import { createStore } from 'zustand/vanilla';
import { isAppError, type AppError } from '../../../shared/contract/errors.ts';
import type { ImportSummary } from '../../../shared/contract/imports.contract.ts';
import type { Job } from '../../../shared/contract/jobs.contract.ts';
import type { ConsoleClient } from '../../app/client.tsx';
import { asAppError } from '../../ui/asAppError.ts';
import { watchJob, type JobWatch } from './watchJob.ts';

export type JobReportState =
  | { readonly phase: 'loading' }
  /** `summary` is null where the job left no list of users, or does not keep it any more. */
  | { readonly phase: 'ready'; readonly job: Job; readonly summary: ImportSummary | null }
  | { readonly phase: 'failed'; readonly error: AppError };

export interface JobReportStore {
  readonly state: JobReportState;
  follow(): void;
  unfollow(): void;
  cancel(): void;
}

/** One job, running or ended. */
export function createJobReportStore(client: Pick<ConsoleClient, 'jobs' | 'imports'>, jobId: string) {
  let watch: JobWatch | null = null;

  return createStore<JobReportStore>()((set, get) => {
    async function showEnded(job: Job) {
      try {
        set({ state: { phase: 'ready', job, summary: await client.imports.summary({ jobId }) } });
      } catch (error) {
        if (isAppError(error, 'not-found')) set({ state: { phase: 'ready', job, summary: null } });
        else set({ state: { phase: 'failed', error: asAppError(error) } });
      }
    }

    return {
      state: { phase: 'loading' },

      follow() {
        watch?.stop();
        watch = watchJob(client, jobId, {
          onJob: (job) => {
            if (job.state === 'done') void showEnded(job);
            else set({ state: { phase: 'ready', job, summary: null } });
          },
          onLost: (error) => set({ state: { phase: 'failed', error: asAppError(error) } }),
        });
      },

      unfollow() {
        watch?.stop();
        watch = null;
      },

      cancel() {
        const { state } = get();
        if (state.phase !== 'ready') return;
        client.jobs.cancel({ jobId }).catch((error: unknown) => set({ state: { phase: 'failed', error: asAppError(error) } }));
      },
    };
  });
}
