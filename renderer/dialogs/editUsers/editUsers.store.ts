import { createStore, type StoreApi } from 'zustand/vanilla';
import { AppError, isAppError } from '../../../shared/contract/errors.ts';
import type { MailCounts, SendEmail } from '../../../shared/contract/sendEmail.ts';
import type { ConsoleClient } from '../../app/client.tsx';
import type { SelectedUsers } from '../../app/dialogs.store.ts';
import { selectedIds } from '../../ui/table/selectedIds.ts';
import { editUsersText as text } from '../../i18n/en/editUsers.ts';
import { runUserJob, type UserJobRun, type UserJobState } from '../jobReport/runUserJob.ts';
import { changesOf, choicesOf, type BulkChoice, type BulkField, type BulkForm } from './bulkForm.ts';

export type EditUsersState =
  { readonly phase: 'reading' } | { readonly phase: 'unreadable'; readonly error: unknown } | { readonly phase: 'editing' } | UserJobState;

/** How many users the form as it is now would change; null while nothing is ticked. */
export type BulkPreview =
  | { readonly phase: 'counting' }
  | { readonly phase: 'counted'; readonly matched: number; readonly changing: number; readonly mails?: MailCounts | undefined }
  | { readonly phase: 'failed'; readonly error: unknown };

export interface EditUsersStore {
  readonly state: EditUsersState;
  /** Whom it is about. */
  readonly whom: 'selected' | 'listed';
  readonly ids: readonly number[];
  /** How many users the list shows. */
  readonly listed: number;
  readonly tags: readonly BulkChoice[];
  readonly form: BulkForm;
  readonly preview: BulkPreview | null;
  readonly sendEmail: SendEmail;
  /** Finds out whose places these are; from then on it is about these people. */
  read(): Promise<void>;
  choose(whom: EditUsersStore['whom']): void;
  /** Ticks a field, or unticks it. */
  tick(field: BulkField, isOn: boolean): void;
  set(field: BulkField, value: string): void;
  chooseMail(sendEmail: SendEmail): void;
  apply(): void;
  cancel(): void;
  /** Stops watching; what was begun goes on. */
  stop(): void;
}

/** Counting goes through everybody: it waits until nobody types. */
const countMs = 250;

export function createEditUsersStore(
  client: Pick<ConsoleClient, 'users' | 'jobs' | 'tags'>,
  selected: SelectedUsers,
): StoreApi<EditUsersStore> {
  let run: UserJobRun | null = null;
  let counting: AbortController | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const { sort: _order, ...where } = selected.list;

  return createStore<EditUsersStore>()((set, get) => {
    const target = (): Parameters<ConsoleClient['users']['editMany']>[0]['target'] =>
      get().whom === 'selected' ? { ids: [...get().ids] } : { where };

    function request(): Parameters<ConsoleClient['users']['editMany']>[0] {
      const { form, sendEmail } = get();
      return { target: target(), changes: changesOf(form), ...(sendEmail !== 'none' && { sendEmail }) };
    }

    /** A new count takes the place of the one before, which is given up. */
    function countSoon() {
      clearTimeout(timer);
      counting?.abort();
      if (get().form.size === 0) return set({ preview: null });
      set({ preview: { phase: 'counting' } });
      const own = (counting = new AbortController());
      timer = setTimeout(() => void count(own), countMs);
    }

    async function count(own: AbortController) {
      try {
        const counted = await client.users.previewMany(request(), { signal: own.signal });
        if (counting === own) set({ preview: { phase: 'counted', ...counted } });
      } catch (error) {
        if (counting === own && !isAppError(error, 'cancelled')) set({ preview: { phase: 'failed', error } });
      }
    }

    function change(form: BulkForm) {
      if (get().state.phase !== 'editing') return;
      set({ form });
      countSoon();
    }

    return {
      state: { phase: 'reading' },
      whom: 'selected',
      ids: [],
      listed: 0,
      tags: [],
      form: new Map(),
      preview: null,
      sendEmail: 'none',

      async read() {
        try {
          const [ids, { count: listed }, { tags }] = await Promise.all([
            selectedIds(client.users, selected),
            client.users.count(where),
            client.tags.list(null),
          ]);
          if (ids.length === 0) throw new AppError('not-found', text.nobody);
          set({ ids, listed, tags: tags.map(({ id, name }) => ({ value: String(id), label: name })), state: { phase: 'editing' } });
        } catch (error) {
          set({ state: { phase: 'unreadable', error } });
        }
      },

      choose(whom) {
        set({ whom });
        countSoon();
      },

      tick(field, isOn) {
        const form = new Map(get().form);
        if (isOn) form.set(field, choicesOf(field, get().tags)?.[0]?.value ?? '');
        else form.delete(field);
        change(form);
      },

      set: (field, value) => change(new Map(get().form).set(field, value)),

      chooseMail(sendEmail) {
        set({ sendEmail });
        countSoon();
      },

      apply() {
        if (get().state.phase !== 'editing' || get().form.size === 0) return;
        clearTimeout(timer);
        counting?.abort();
        const wanted = request();
        run = runUserJob(
          client,
          () => client.users.editMany(wanted),
          (state) => set({ state }),
        );
      },

      cancel: () => run?.cancel(),

      stop() {
        clearTimeout(timer);
        counting?.abort();
        run?.stop();
      },
    };
  });
}
