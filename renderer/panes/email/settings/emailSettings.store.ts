import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Certificate } from '../../../../shared/contract/directory.contract.ts';
import type { EmailSettings, SavedEmail } from '../../../../shared/contract/email.contract.ts';
import type { AppError } from '../../../../shared/contract/errors.ts';
import type { ConsoleClient } from '../../../app/client.tsx';
import { asAppError } from '../../../ui/asAppError.ts';
import { withCertificatePin } from '../../../ui/certificatePins.ts';
import type { PasswordState } from '../../../ui/StoredPasswordField.tsx';
import {
  keepsClientSecret,
  keepsPassword,
  problemsOf,
  rebasedForm,
  toForm,
  toSettings,
  type EmailField,
  type EmailForm,
  type EmailProblem,
} from './emailForm.ts';

/** Settings as typed, for a test; without a password the stored one is used. */
export interface EmailDraft {
  readonly settings: EmailSettings;
  readonly password?: string;
  readonly clientSecret?: string;
}

/** Whose save the form began with. */
type SavedMark = Pick<SavedEmail, 'revision' | 'savedAt' | 'savedBy'>;

export interface EmailSettingsStore {
  /** What the form began with. Null before the first answer. */
  readonly saved: EmailForm | null;
  readonly form: EmailForm | null;
  readonly mark: SavedMark;
  /** What somebody else saved while the form was edited. Until it is decided what to do with it nothing can be saved. */
  readonly theirs: SavedEmail | null;
  readonly passwordStored: boolean;
  /** One that was typed; empty: the stored one stays. */
  readonly password: string;
  readonly clientSecretStored: boolean;
  readonly clientSecret: string;
  /** Fields whose problems are shown: those that were left, or all after Apply or Test. */
  readonly left: ReadonlySet<EmailField> | 'apply' | 'test';
  readonly isSaving: boolean;
  /** What happened last; gone with the next change. */
  readonly notice: 'saved' | 'kept-mine' | null;
  readonly readError: AppError | null;
  readonly saveError: AppError | null;
  /** Reads the settings, unless something is typed that is not applied. */
  load(): Promise<void>;
  change(change: Partial<EmailForm>): void;
  changeRelay(change: Partial<EmailForm['relay']>): void;
  setPassword(password: string): void;
  setClientSecret(clientSecret: string): void;
  leave(field: EmailField): void;
  /** Trusts a certificate for the relay as it is typed. Holds for others once it is applied. */
  trust(certificate: Certificate): void;
  discard(): void;
  /** Gives up what was typed for what the other saved. */
  loadTheirs(): void;
  /** Puts what was changed here on top of what the other saved. Nothing is saved yet. */
  keepMine(): void;
  /** Saves everything; true when the server has it. What has problems or was changed by somebody else is not sent. */
  apply(): Promise<boolean>;
  /** What a test needs; null, with the problems shown, where that is not complete. */
  requestDraft(): EmailDraft | null;
}

/** The email settings as one form. */
export function createEmailSettingsStore({
  email,
}: {
  readonly email: Pick<ConsoleClient['email'], 'get' | 'set'>;
}): StoreApi<EmailSettingsStore> {
  return createStore<EmailSettingsStore>()((set, get) => {
    const begin = ({ settings, ...mark }: SavedEmail) => {
      const saved = toForm(settings);
      return { saved, form: saved, mark, theirs: null, password: '', clientSecret: '', left: new Set<EmailField>(), saveError: null };
    };

    return {
      saved: null,
      form: null,
      mark: { revision: 0, savedAt: null, savedBy: '' },
      theirs: null,
      passwordStored: false,
      password: '',
      clientSecretStored: false,
      clientSecret: '',
      left: new Set(),
      isSaving: false,
      notice: null,
      readError: null,
      saveError: null,

      async load() {
        try {
          const { passwordStored, clientSecretStored, ...fresh } = await email.get(null);
          const now = get();
          if (now.isSaving) return;
          const isOthers = fresh.revision !== now.mark.revision;
          // What is typed is not lost by what somebody else saved.
          if (isChanged(now)) return set({ theirs: isOthers ? fresh : null, readError: null });
          const kept = isOthers ? {} : { notice: now.notice };
          set({ ...begin(fresh), notice: null, ...kept, passwordStored, clientSecretStored, readError: null });
        } catch (error) {
          set({ readError: asAppError(error) });
        }
      },

      change(change) {
        const { form } = get();
        if (form) set({ form: { ...form, ...change }, notice: null, saveError: null });
      },

      changeRelay(change) {
        const { form } = get();
        if (form) get().change({ relay: { ...form.relay, ...change } });
      },

      setPassword: (password) => set({ password, notice: null, saveError: null }),
      setClientSecret: (clientSecret) => set({ clientSecret, notice: null, saveError: null }),

      leave(field) {
        const { left } = get();
        if (typeof left !== 'string') set({ left: new Set([...left, field]) });
      },

      trust(certificate) {
        const { form } = get();
        if (!form) return;
        const server = { host: form.relay.host.trim(), port: Number(form.relay.port) };
        get().changeRelay({ pins: withCertificatePin(form.relay.pins, server, certificate) });
      },

      discard() {
        const { saved, mark, theirs } = get();
        if (saved) set({ ...begin(theirs ?? { settings: toSettings(saved), ...mark }), notice: null });
      },

      loadTheirs: () => get().discard(),

      keepMine() {
        const { saved, form, theirs, password, clientSecret } = get();
        if (!saved || !form || !theirs) return;
        const next = begin(theirs);
        set({ ...next, form: rebasedForm(saved, form, next.saved), password, clientSecret, notice: 'kept-mine' });
      },

      async apply() {
        const { form, mark, theirs, password, clientSecret, isSaving } = get();
        if (!form || theirs || isSaving || !isChanged(get())) return false;
        if (problemsOf(form).size > 0) {
          set({ left: 'apply' });
          return false;
        }
        set({ isSaving: true, saveError: null, notice: null });
        try {
          const asked = { settings: toSettings(form), revision: mark.revision, ...secretsFor(get()) };
          const { passwordStored, clientSecretStored, ...stored } = await email.set(asked);
          // What was typed while the server was at it is the next change.
          const { form: now, password: typed, clientSecret: typedSecret } = get();
          set({
            ...begin(stored),
            ...(now === form ? {} : { form: now }),
            ...(typed === password ? {} : { password: typed }),
            ...(typedSecret === clientSecret ? {} : { clientSecret: typedSecret }),
            passwordStored,
            clientSecretStored,
            isSaving: false,
            notice: 'saved',
          });
          return true;
        } catch (thrown) {
          const error = asAppError(thrown);
          set({ isSaving: false, saveError: error.code === 'changed-meanwhile' ? null : error });
          if (error.code === 'changed-meanwhile') await get().load();
          return false;
        }
      },

      requestDraft() {
        const { form } = get();
        if (!form) return null;
        if (problemsOf(form, { isTest: true }).size > 0) {
          set({ left: 'test' });
          return null;
        }
        return { settings: toSettings(form), ...secretsFor(get()) };
      },
    };
  });
}

/** What was typed for the way of signing in that is chosen; a password without a user is nobody's. */
function secretsFor({ form, password, clientSecret }: Pick<EmailSettingsStore, 'form' | 'password' | 'clientSecret'>) {
  const { auth, user } = form!.relay;
  return {
    ...(password !== '' && auth === 'password' && user.trim() !== '' && { password }),
    ...(clientSecret !== '' && auth === 'oauth2' && { clientSecret }),
  };
}

/** Whether something would be lost by leaving. */
export function isChanged({
  saved,
  form,
  password,
  clientSecret,
}: Pick<EmailSettingsStore, 'saved' | 'form' | 'password' | 'clientSecret'>): boolean {
  if (!saved || !form) return false;
  return password !== '' || clientSecret !== '' || JSON.stringify(form) !== JSON.stringify(saved);
}

/** How it stands with the password for the relay and the user that are typed now. */
export function passwordState({ saved, form, password, passwordStored }: EmailSettingsStore): PasswordState {
  if (password !== '') return 'typed';
  if (!passwordStored || !form || !saved) return 'none';
  return keepsPassword(form, saved) ? 'stored' : 'forgotten';
}

/** The same of the client secret. */
export function clientSecretState({ saved, form, clientSecret, clientSecretStored }: EmailSettingsStore): PasswordState {
  if (clientSecret !== '') return 'typed';
  if (!clientSecretStored || !form || !saved) return 'none';
  return keepsClientSecret(form, saved) ? 'stored' : 'forgotten';
}

/** The problems to show now. */
export function shownProblems({ form, left }: Pick<EmailSettingsStore, 'form' | 'left'>): ReadonlyMap<EmailField, EmailProblem> {
  if (!form) return new Map();
  const problems = problemsOf(form, { isTest: left === 'test' });
  return typeof left === 'string' ? problems : new Map([...problems].filter(([field]) => left.has(field)));
}
