import { createStore, type StoreApi } from 'zustand/vanilla';
import { AppError, isAppError } from '../../../shared/contract/errors.ts';
import { isConfirmed } from '../../../shared/email/manyMails.ts';
import type { ConsoleClient } from '../../app/client.tsx';
import type { SelectedUsers } from '../../app/dialogs.store.ts';
import { sendEmailText as text } from '../../i18n/en/sendEmail.ts';
import type { Found } from '../../ui/FindCombobox.tsx';
import { selectedIds } from '../../ui/table/selectedIds.ts';
import { runUserJob, type UserJobRun, type UserJobState } from '../jobReport/runUserJob.ts';

export type SendEmailsState =
  { readonly phase: 'reading' } | { readonly phase: 'unreadable'; readonly error: unknown } | { readonly phase: 'asking' } | UserJobState;

type MailRequest = Parameters<ConsoleClient['outbox']['send']>[0];
type Plan = Awaited<ReturnType<ConsoleClient['outbox']['plan']>>;

/** Who would get a mail; null until something was asked. */
export type PlanState =
  | { readonly phase: 'planning' }
  | { readonly phase: 'planned'; readonly plan: Plan }
  | { readonly phase: 'failed'; readonly error: unknown };

/** `selected`, `listed`: as a list showed them; `picked`, `search`, `all`: chosen here. */
export type MailWhom = 'selected' | 'listed' | 'picked' | 'search' | 'all';

export interface SendEmailsStore {
  readonly state: SendEmailsState;
  readonly whom: MailWhom;
  /** Of the selected ones. */
  readonly ids: readonly number[];
  /** Those who were found and picked here. */
  readonly picked: readonly Found[];
  readonly search: string;
  /** How many users the list shows. */
  readonly listed: number;
  /** Empty: by the rules. */
  readonly template: string;
  readonly plan: PlanState | null;
  /** What was typed to confirm the number of mails of the plan. */
  readonly confirmed: string;
  /** Finds out whose places these are; from then on it is about these people. Without a list there is nothing to find out. */
  read(): Promise<void>;
  choose(whom: SendEmailsStore['whom']): void;
  pick(user: Found): void;
  unpick(id: number): void;
  typeSearch(search: string): void;
  chooseTemplate(template: string): void;
  confirm(typed: string): void;
  send(): void;
  cancel(): void;
  /** Stops watching; what was begun goes on. */
  stop(): void;
}

/** Typing faster than this makes one plan of several letters. */
const typingMs = 200;

/** Mails for a selection or for everybody in the list, or for users who are chosen here, planned before they are made. */
export function createSendEmailsStore(
  client: Pick<ConsoleClient, 'users' | 'jobs' | 'outbox'>,
  { selected, template: begin = '' }: { readonly selected?: SelectedUsers | undefined; readonly template?: string | undefined },
): StoreApi<SendEmailsStore> {
  let run: UserJobRun | null = null;
  let planning: AbortController | null = null;
  let typing: ReturnType<typeof setTimeout> | undefined;
  const where = selected && listedIn(selected);

  return createStore<SendEmailsStore>()((set, get) => {
    /** Null while nobody is chosen. */
    function target(): MailRequest['target'] | null {
      const { whom, ids, picked, search } = get();
      switch (whom) {
        case 'selected':
          return { ids: [...ids] };
        case 'listed':
          return where ? { where } : null;
        case 'picked':
          return picked.length > 0 ? { ids: picked.map(({ id }) => id) } : null;
        case 'search':
          return search.trim() === '' ? null : { where: { search: search.trim() } };
        case 'all':
          return { where: { search: '' } };
      }
    }

    function request(): MailRequest | null {
      const { template } = get();
      const whom = target();
      return whom && { target: whom, ...(template !== '' && { template }) };
    }

    /** A new plan takes the place of the one before, which is given up. */
    async function plan() {
      planning?.abort();
      const own = (planning = new AbortController());
      const asked = request();
      set({ plan: asked && { phase: 'planning' }, confirmed: '' });
      if (!asked) return;
      try {
        const answer = await client.outbox.plan(asked, { signal: own.signal });
        if (planning === own) set({ plan: { phase: 'planned', plan: answer } });
      } catch (error) {
        if (planning === own && !isAppError(error, 'cancelled')) set({ plan: { phase: 'failed', error } });
      }
    }

    return {
      state: { phase: 'reading' },
      whom: selected ? 'selected' : 'picked',
      ids: [],
      picked: [],
      search: '',
      listed: 0,
      template: begin,
      plan: null,
      confirmed: '',

      async read() {
        if (!selected || !where) return set({ state: { phase: 'asking' } });
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

      pick(user) {
        const { picked } = get();
        if (picked.some(({ id }) => id === user.id)) return;
        set({ picked: [...picked, user] });
        void plan();
      },

      unpick(id) {
        set({ picked: get().picked.filter((one) => one.id !== id) });
        void plan();
      },

      typeSearch(search) {
        // What is typed was not planned yet, so it cannot be sent yet.
        planning?.abort();
        set({ search, plan: null, confirmed: '' });
        clearTimeout(typing);
        typing = setTimeout(() => void plan(), typingMs);
      },

      chooseTemplate(template) {
        set({ template });
        void plan();
      },

      confirm: (typed) => set({ confirmed: typed }),

      send() {
        const asked = request();
        const mails = mailsToSend(get());
        if (get().state.phase !== 'asking' || !asked || mails === 0) return;
        planning?.abort();
        run = runUserJob(
          client,
          () => client.outbox.send({ ...asked, atMost: mails }),
          (state) => set({ state }),
        );
      },

      cancel: () => run?.cancel(),

      stop() {
        clearTimeout(typing);
        planning?.abort();
        run?.stop();
      },
    };
  });
}

/** How many mails may go now: those of the plan once their number is confirmed, else 0. */
export function mailsToSend({ plan, confirmed }: Pick<SendEmailsStore, 'plan' | 'confirmed'>): number {
  return plan?.phase === 'planned' && isConfirmed(plan.plan.mails, confirmed) ? plan.plan.mails : 0;
}

function listedIn({ list: { sort: _order, ...where } }: SelectedUsers) {
  return where;
}
