import { createStore, type StoreApi } from 'zustand/vanilla';
import { AppError } from '../../../shared/contract/errors.ts';
import type { Job } from '../../../shared/contract/jobs.contract.ts';
import type { SelectedUsers } from '../../app/dialogs.store.ts';
import type { ConsoleClient } from '../../app/client.tsx';
import { watchJob, type JobWatch } from '../jobReport/watchJob.ts';

export type RemoveUsersState =
  | { readonly phase: 'reading' }
  | { readonly phase: 'unreadable'; readonly error: unknown }
  /** `names`: usernames of the first of them. */
  | { readonly phase: 'asking'; readonly ids: readonly number[]; readonly names: readonly string[] }
  | { readonly phase: 'removing' | 'restoring'; readonly ids: readonly number[] }
  /** `stayed`: users for whom it could not be done; the report of the job says why. */
  | {
      readonly phase: 'removed' | 'restored';
      readonly ids: readonly number[];
      readonly done: number;
      readonly stayed: number;
      readonly jobId: string;
    }
  | { readonly phase: 'failed'; readonly during: 'removing' | 'restoring'; readonly error: unknown };

export interface RemoveUsersStore {
  readonly state: RemoveUsersState;
  /** Finds out whose places these are. From then on it is about these people, whatever becomes of the list. */
  read(): Promise<void>;
  remove(): Promise<void>;
  undo(): Promise<void>;
  /** Stops watching; what was begun goes on. */
  stop(): void;
}

/** So many names are shown in the question. */
const shownNames = 5;

export function createRemoveUsersStore(
  client: Pick<ConsoleClient, 'users' | 'jobs'>,
  { list, ranges }: SelectedUsers,
): StoreApi<RemoveUsersStore> {
  let watch: JobWatch | undefined;

  return createStore<RemoveUsersStore>()((set, get) => {
    async function run(ids: readonly number[], during: 'removing' | 'restoring', start: () => Promise<{ jobId: string }>) {
      set({ state: { phase: during, ids } });
      try {
        const { jobId } = await start();
        watch = watchJob(client, jobId, { onJob: (job) => ended(ids, during, job), onLost: (error) => failed(during, error) });
      } catch (error) {
        failed(during, error);
      }
    }

    function ended(ids: readonly number[], during: 'removing' | 'restoring', job: Job) {
      if (job.state === 'running') return;
      if (job.state !== 'done') {
        const { code, message, ...more } = job.error ?? { code: 'cancelled' as const, message: 'The job was stopped.' };
        return failed(during, new AppError(code, message, more));
      }
      const result = { ids, done: job.done - job.failures, stayed: job.failures, jobId: job.id };
      set({ state: { phase: during === 'removing' ? 'removed' : 'restored', ...result } });
    }

    const failed = (during: 'removing' | 'restoring', error: unknown) => set({ state: { phase: 'failed', during, error } });

    return {
      state: { phase: 'reading' },

      async read() {
        try {
          const { ids } = await client.users.idsAt({ ...list, ranges: ranges.map(({ from, to }) => ({ from, to: to + 1 })) });
          const first = await Promise.all(ids.slice(0, shownNames).map((id) => client.users.get({ id })));
          set({ state: { phase: 'asking', ids, names: first.map(({ username }) => username) } });
        } catch (error) {
          set({ state: { phase: 'unreadable', error } });
        }
      },

      async remove() {
        const { state } = get();
        if (state.phase !== 'asking') return;
        const ids = [...state.ids];
        await run(ids, 'removing', () => client.users.remove({ target: { ids } }));
      },

      async undo() {
        const { state } = get();
        if (state.phase !== 'removed') return;
        const ids = [...state.ids];
        await run(ids, 'restoring', () => client.users.restore({ ids }));
      },

      stop: () => watch?.stop(),
    };
  });
}
