import { createStore, type StoreApi } from 'zustand/vanilla';
import { AppError } from '../../../shared/contract/errors.ts';
import type { Job } from '../../../shared/contract/jobs.contract.ts';
import type { ConsoleClient } from '../../app/client.tsx';
import type { SelectedTokens } from '../../app/dialogs.store.ts';
import { selectedIds } from '../../ui/table/selectedIds.ts';
import { watchJob, type JobWatch } from '../jobReport/watchJob.ts';

export type TokenLosses = Awaited<ReturnType<ConsoleClient['tokens']['previewRemove']>>;

export type RemoveTokensState =
  | { readonly phase: 'reading' }
  | { readonly phase: 'unreadable'; readonly error: unknown }
  /** `serial`: of the only one. */
  | { readonly phase: 'asking'; readonly ids: readonly number[]; readonly losses: TokenLosses; readonly serial: string | null }
  | { readonly phase: 'removing'; readonly done: number; readonly total: number }
  | { readonly phase: 'removed'; readonly count: number }
  | { readonly phase: 'failed'; readonly error: unknown };

export interface RemoveTokensStore {
  readonly state: RemoveTokensState;
  /** Finds out which tokens are at these places. From then on it is about these, whatever becomes of the list. */
  read(): Promise<void>;
  remove(): Promise<void>;
  /** Stops watching; what was begun goes on. */
  stop(): void;
}

export function createRemoveTokensStore(
  client: Pick<ConsoleClient, 'tokens' | 'jobs'>,
  selected: SelectedTokens,
): StoreApi<RemoveTokensStore> {
  let watch: JobWatch | undefined;

  return createStore<RemoveTokensStore>()((set, get) => {
    const failed = (error: unknown) => set({ state: { phase: 'failed', error } });

    function show(job: Job, total: number) {
      if (job.state === 'running') return set({ state: { phase: 'removing', done: job.done, total } });
      if (job.state === 'done') return set({ state: { phase: 'removed', count: total } });
      const { code, message, ...more } = job.error ?? { code: 'cancelled' as const, message: 'The job was stopped.' };
      failed(new AppError(code, message, more));
    }

    return {
      state: { phase: 'reading' },

      async read() {
        try {
          const ids = await selectedIds(client.tokens, selected);
          const [only, losses] = await Promise.all([
            ids.length === 1 ? client.tokens.get({ id: ids[0]! }) : null,
            client.tokens.previewRemove({ ids }),
          ]);
          set({ state: { phase: 'asking', ids, losses, serial: only?.serial ?? null } });
        } catch (error) {
          set({ state: { phase: 'unreadable', error } });
        }
      },

      async remove() {
        const { state } = get();
        if (state.phase !== 'asking') return;
        const ids = [...state.ids];
        set({ state: { phase: 'removing', done: 0, total: ids.length } });
        try {
          const { jobId } = await client.tokens.remove({ ids });
          watch = watchJob(client, jobId, { onJob: (job) => show(job, ids.length), onLost: failed });
        } catch (error) {
          failed(error);
        }
      },

      stop: () => watch?.stop(),
    };
  });
}
