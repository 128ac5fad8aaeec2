import { createStore, type StoreApi } from 'zustand/vanilla';
import { AppError, isAppError } from '../../../shared/contract/errors.ts';
import type { ConsoleClient } from '../../app/client.tsx';
import type { SelectedUsers } from '../../app/dialogs.store.ts';
import { sendEmailText as text } from '../../i18n/en/sendEmail.ts';
import { selectedIds } from '../../ui/table/selectedIds.ts';
import { runUserJob, type UserJobRun, type UserJobState } from '../jobReport/runUserJob.ts';

export type SendEmailsState =
  { readonly phase: 'reading' } | { readonly phase: 'unreadable'; readonly error: unknown } | { readonly phase: 'asking' } | UserJobState;

type Plan = Awaited<ReturnType<ConsoleClient['outbox']['plan']>>;

/** Who would get a mail; null until something was asked. */
export type PlanState =
  | { readonly phase: 'planning' }
  | { readonly phase: 'planned'; readonly plan: Plan }
  | { readonly phase: 'failed'; readonly error: unknown };

export interface SendEmailsStore {
  readonly state: SendEmailsState;
  readonly whom: 'selected' | 'listed';
  readonly ids: readonly number[];
  /** How many users the list shows. */
  readonly listed: number;
  /** Empty: by the rules. */
  readonly template: string;
  readonly plan: PlanState | null;
  /** Finds out whose places these are; from then on it is about these people. */
  read(): Promise<void>;
  choose(whom: SendEmailsStore['whom']): void;
  chooseTemplate(template: string): void;
  send(): void;
  cancel(): void;
  /** Stops watching; what was begun goes on. */
  stop(): void;
}

/** Mails for a selection or for everybody in the list, planned before they are made. */
export function createSendEmailsStore(
  client: Pick<ConsoleClient, 'users' | 'jobs' | 'outbox'>,
  selected: SelectedUsers,
): StoreApi<SendEmailsStore> {
  let run: UserJobRun | null = null;
  let planning: AbortController | null = null;
  const { sort: _order, ...where } = selected.list;

  return createStore<SendEmailsStore>()((set, get) => {
    function request(): Parameters<ConsoleClient['outbox']['send']>[0] {
      const { whom, ids, template } = get();
      return { target: whom === 'selected' ? { ids: [...ids] } : { where }, ...(template !== '' && { template }) };
    }

    /** A new plan takes the place of the one before, which is given up. */
    async function plan() {
      planning?.abort();
      const own = (planning = new AbortController());
      set({ plan: { phase: 'planning' } });
      try {
        const answer = await client.outbox.plan(request(), { signal: own.signal });
        if (planning === own) set({ plan: { phase: 'planned', plan: answer } });
      } catch (error) {
        if (planning === own && !isAppError(error, 'cancelled')) set({ plan: { phase: 'failed', error } });
      }
    }

    return {
      state: { phase: 'reading' },
      whom: 'selected',
      ids: [],
      listed: 0,
      template: '',
      plan: null,

      async read() {
        try {
          const [ids, { count: listed }] = await Promise.all([selectedIds(client.users, selected), client.users.count(where)]);
          if (ids.length === 0) throw new AppError('not-found', text.nobody);
          set({ ids, listed, state: { phase: 'asking' } });
          await plan();
        } catch (error) {
          set({ state: { phase: 'unreadable', error } });
        }
      },

      choose(whom) {
        set({ whom });
        void plan();
      },

      chooseTemplate(template) {
        set({ template });
        void plan();
      },

      send() {
        if (get().state.phase !== 'asking') return;
        planning?.abort();
        run = runUserJob(
          client,
          () => client.outbox.send(request()),
          (state) => set({ state }),
        );
      },

      cancel: () => run?.cancel(),

      stop() {
        planning?.abort();
        run?.stop();
      },
    };
  });
}
