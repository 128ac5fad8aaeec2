import { createStore, type StoreApi } from 'zustand/vanilla';
import type { CompanySettings } from '../../../shared/contract/companySettings.ts';
import type { AppError } from '../../../shared/contract/errors.ts';
import type { MailOutcome } from '../../../shared/contract/sendEmail.ts';
import type { ConsoleClient } from '../../app/client.tsx';
import { asAppError } from '../../ui/asAppError.ts';
import { pinNotSet } from './editUser.store.ts';
import { changesToSave } from './formState.ts';
import { newValues, problemsOf, toForm, type FormField, type UserForm } from './userForm.ts';
import type { UserValues } from './userValues.ts';

export type AddState =
  | { readonly phase: 'loading' }
  | { readonly phase: 'failed'; readonly error: AppError }
  | {
      readonly phase: 'editing' | 'adding';
      readonly company: CompanySettings;
      /** What Company Settings give to a new user. */
      readonly before: UserValues;
      readonly form: UserForm;
    };

export interface AddUserStore {
  readonly state: AddState;
  readonly left: ReadonlySet<FormField> | 'all';
  readonly addError: AppError | null;
  /** Usernames that were added since the dialog opened, the last at the end. */
  readonly added: readonly string[];
  /** The next user is mailed what the rules say. */
  readonly sendEmail: boolean;
  /** What became of the mail of the last; null where none was asked for. */
  readonly mail: MailOutcome | null;

  load(): Promise<void>;
  setSendEmail(sendEmail: boolean): void;
  change(change: Partial<UserForm>): void;
  leave(field: FormField): void;
  /** Adds the user; the form is then ready for the next. Answers whether he was added. */
  add(): Promise<boolean>;
}

/** Users who are added one after the other. */
export function createAddUserStore(client: Pick<ConsoleClient, 'users' | 'company'>): StoreApi<AddUserStore> {
  return createStore<AddUserStore>()((set, get) => {
    function begin(company: CompanySettings) {
      const before = newValues(company);
      set({ state: { phase: 'editing', company, before, form: toForm(before, company) }, left: new Set(), addError: null });
    }

    return {
      state: { phase: 'loading' },
      left: new Set<FormField>(),
      addError: null,
      added: [],
      sendEmail: false,
      mail: null,

      async load() {
        try {
          begin((await client.company.get(null)).settings);
        } catch (error) {
          set({ state: { phase: 'failed', error: asAppError(error) } });
        }
      },

      setSendEmail: (sendEmail) => set({ sendEmail }),

      change(change) {
        const { state } = get();
        if (state.phase === 'editing') set({ state: { ...state, form: { ...state.form, ...change } }, addError: null });
      },

      leave(field) {
        const { left } = get();
        if (left !== 'all' && !left.has(field)) set({ left: new Set([...left, field]) });
      },

      async add() {
        const { state } = get();
        if (state.phase !== 'editing') return false;
        const { form, before, company } = state;
        if (problemsOf(form, before, company).size > 0) {
          set({ left: 'all' });
          return false;
        }
        set({ state: { ...state, phase: 'adding' }, addError: null });
        const username = form.username.trim();
        try {
          const changes = changesToSave(form, before, company);
          const { id, mail = null } = await client.users.add({ ...changes, username, ...(get().sendEmail && { sendEmail: true }) });
          begin(company);
          set({ added: [...get().added, username], mail });
          if (changes.pin !== undefined && !(await client.users.get({ id })).hasPin) set({ addError: pinNotSet() });
          return true;
        } catch (error) {
          if (get().state.phase === 'adding') set({ state });
          set({ addError: asAppError(error) });
          return false;
        }
      },
    };
  });
}
