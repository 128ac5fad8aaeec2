import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ManyChanges } from '../../../shared/contract/userCommands.ts';
import type { MailCounts, SendEmail } from '../../../shared/contract/sendEmail.ts';
import type { Method, Mode } from '../../../shared/contract/users.contract.ts';
import { defaultMode } from '../../../shared/users/userDefaults.ts';
import type { ConsoleClient } from '../../app/client.tsx';
import type { SelectedUsers, UserChange } from '../../app/dialogs.store.ts';
import { selectedIds } from '../../ui/table/selectedIds.ts';
import { runUserJob, type UserJobRun, type UserJobState } from '../jobReport/runUserJob.ts';

/** What is asked before many users are changed. */
export interface ChangeQuestion {
  readonly ids: readonly number[];
  /** Usernames of the first of them. */
  readonly names: readonly string[];
  /** For how many it would make a difference. */
  readonly changing: number;
  /** What a reset of the method leads to. */
  readonly method: { readonly method: Method; readonly mode: Mode } | null;
  /** Whoever the rules mail is mailed. */
  readonly sendEmail: boolean;
  /** The mails that there will be; null while they are counted, or where there are to be none. */
  readonly mails: MailCounts | null;
}

export type ChangeUsersState =
  | { readonly phase: 'reading' }
  | { readonly phase: 'unreadable'; readonly error: unknown }
  | ({ readonly phase: 'asking' } & ChangeQuestion)
  | UserJobState;

export interface ChangeUsersStore {
  readonly state: ChangeUsersState;
  /** Finds out whose places these are; from then on it is about these people. Where nothing needs to be asked, it changes them. */
  read(): Promise<void>;
  /** Switches mails on or off, and counts them. */
  mail(sendEmail: boolean): Promise<void>;
  change(): void;
  /** Whether the change that was begun mails users. */
  wasMailed(): boolean;
  cancel(): void;
  /** Stops watching; what was begun goes on. */
  stop(): void;
}

/** Who is named by hand is to be told of it, new or not. */
const mailed: SendEmail = 'new-and-updated';

/** So many names are shown in the question. */
const shownNames = 5;

/** One command of the Users pane on the users who are selected there. */
export function createChangeUsersStore(
  client: Pick<ConsoleClient, 'users' | 'jobs' | 'company'>,
  change: UserChange,
  selected: SelectedUsers,
): StoreApi<ChangeUsersStore> {
  let run: UserJobRun | null = null;
  let isStopped = false;
  let wasMailed = false;

  return createStore<ChangeUsersStore>()((set, get) => {
    /** What is asked is what is done, also where somebody saves other Company Settings meanwhile. */
    function changesOf({ method }: Pick<ChangeQuestion, 'method'>): ManyChanges {
      switch (change) {
        case 'enable':
          return { enabled: true };
        case 'disable':
          return { enabled: false };
        case 'reset-pin':
          return { pin: 'initial' };
        case 'reset-method':
          return { method: method ?? 'company' };
      }
    }

    async function companyMethod(): Promise<ChangeQuestion['method']> {
      if (change !== 'reset-method') return null;
      const { userDefaults } = (await client.company.get(null)).settings;
      return { method: userDefaults.method, mode: defaultMode(userDefaults, userDefaults.method) };
    }

    return {
      state: { phase: 'reading' },

      async read() {
        try {
          const ids = await selectedIds(client.users, selected);
          const method = await companyMethod();
          const [preview, ...first] = await Promise.all([
            ids.length === 0 ? { changing: 0 } : client.users.previewMany({ target: { ids }, changes: changesOf({ method }) }),
            ...ids.slice(0, shownNames).map((id) => client.users.get({ id })),
          ]);
          if (isStopped) return;
          const names = first.map(({ username }) => username);
          set({ state: { phase: 'asking', ids, names, changing: preview.changing, method, sendEmail: false, mails: null } });
          // One user who may sign in again loses nothing.
          if (change === 'enable' && ids.length === 1) get().change();
        } catch (error) {
          set({ state: { phase: 'unreadable', error } });
        }
      },

      async mail(sendEmail) {
        const { state } = get();
        if (state.phase !== 'asking') return;
        const asked: ChangeUsersState = { ...state, sendEmail, mails: null };
        set({ state: asked });
        if (!sendEmail) return;
        try {
          const { mails = null } = await client.users.previewMany({
            target: { ids: [...state.ids] },
            changes: changesOf(state),
            sendEmail: mailed,
          });
          if (get().state === asked) set({ state: { ...asked, mails } });
        } catch (error) {
          if (get().state === asked) set({ state: { phase: 'unreadable', error } });
        }
      },

      change() {
        const { state } = get();
        if (state.phase !== 'asking' || state.ids.length === 0) return;
        wasMailed = state.sendEmail;
        const input = { target: { ids: [...state.ids] }, changes: changesOf(state), ...(state.sendEmail && { sendEmail: mailed }) };
        run = runUserJob(
          client,
          () => client.users.editMany(input),
          (next) => set({ state: next }),
        );
      },

      wasMailed: () => wasMailed,
      cancel: () => run?.cancel(),

      stop() {
        isStopped = true;
        run?.stop();
      },
    };
  });
}
