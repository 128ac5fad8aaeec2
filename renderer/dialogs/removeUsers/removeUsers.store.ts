import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Job } from '../../../shared/contract/jobs.contract.ts';
import type { SelectedUsers } from '../../app/dialogs.store.ts';
import type { ConsoleClient } from '../../app/client.tsx';
import { selectedIds } from '../../ui/table/selectedIds.ts';
import { runUserJob, type UserJobResult, type UserJobRun } from '../jobReport/runUserJob.ts';

export type RemoveUsersState =
  | { readonly phase: 'reading' }
  | { readonly phase: 'unreadable'; readonly error: unknown }
  /** `names`: usernames of the first of them. */
  | { readonly phase: 'asking'; readonly ids: readonly number[]; readonly names: readonly string[] }
  /** `job` is null until the server has told of it. */
  | { readonly phase: 'removing' | 'restoring'; readonly ids: readonly number[]; readonly job: Job | null }
  | ({ readonly phase: 'removed' | 'restored'; readonly ids: readonly number[] } & UserJobResult)
  | { readonly phase: 'failed'; readonly during: 'removing' | 'restoring'; readonly error: unknown };

export interface RemoveUsersStore {
  readonly state: RemoveUsersState;
  /** Finds out whose places these are. From then on it is about these people, whatever becomes of the list. */
  read(): Promise<void>;
  remove(): void;
  undo(): void;
  /** Stops what is being done; what is done by then stays done. */
  cancel(): void;
  /** Stops watching; what was begun goes on. */
  stop(): void;
}

/** So many names are shown in the question. */
const shownNames = 5;

export function createRemoveUsersStore(client: Pick<ConsoleClient, 'users' | 'jobs'>, selected: SelectedUsers): StoreApi<RemoveUsersStore> {
  let watch: UserJobRun | undefined;

  return createStore<RemoveUsersStore>()((set, get) => {
    function run(ids: readonly number[], during: 'removing' | 'restoring', start: () => Promise<{ jobId: string }>) {
      watch = runUserJob(client, start, (state) => {
        if (state.phase === 'running') set({ state: { phase: during, ids, job: state.job } });
        else if (state.phase === 'failed') set({ state: { phase: 'failed', during, error: state.error } });
        else set({ state: { ...state, phase: during === 'removing' ? 'removed' : 'restored', ids } });
      });
    }

    return {
      state: { phase: 'reading' },

      async read() {
        try {
          const ids = await selectedIds(client.users, selected);
          const first = await Promise.all(ids.slice(0, shownNames).map((id) => client.users.get({ id })));
          set({ state: { phase: 'asking', ids, names: first.map(({ username }) => username) } });
        } catch (error) {
          set({ state: { phase: 'unreadable', error } });
        }
      },

      remove() {
        const { state } = get();
        if (state.phase !== 'asking') return;
        const ids = [...state.ids];
        run(ids, 'removing', () => client.users.remove({ target: { ids } }));
      },

      undo() {
        const { state } = get();
        if (state.phase !== 'removed') return;
        const ids = [...state.ids];
        run(ids, 'restoring', () => client.users.restore({ ids }));
      },

      cancel: () => watch?.cancel(),
      stop: () => watch?.stop(),
    };
  });
}
