import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Certificate } from '../../../../shared/contract/directory.contract.ts';
import type { EmailSettings } from '../../../../shared/contract/email.contract.ts';
import type { AppError } from '../../../../shared/contract/errors.ts';
import type { ConsoleClient } from '../../../app/client.tsx';
import { asAppError } from '../../../ui/asAppError.ts';
import { withCertificatePin } from '../../../ui/certificatePins.ts';
import type { PasswordState } from '../../../ui/StoredPasswordField.tsx';
import { keepsPassword, problemsOf, toForm, toSettings, type EmailField, type EmailForm, type EmailProblem } from './emailForm.ts';

/** Settings as typed, for a test; without a password the stored one is used. */
export interface EmailDraft {
  readonly settings: EmailSettings;
  readonly password?: string;
}

export interface EmailSettingsStore {
  /** What the form began with. Null before the first answer. */
  readonly saved: EmailForm | null;
  readonly form: EmailForm | null;
  readonly passwordStored: boolean;
  /** One that was typed; empty: the stored one stays. */
  readonly password: string;
  /** Fields whose problems are shown: those that were left, or all after Apply or Test. */
  readonly left: ReadonlySet<EmailField> | 'apply' | 'test';
  readonly isSaving: boolean;
  /** Applied, and nothing was changed since. */
  readonly wasSaved: boolean;
  readonly readError: AppError | null;
  readonly saveError: AppError | null;
  /** Reads the settings, unless something is typed that is not applied. */
  load(): Promise<void>;
  change(change: Partial<EmailForm>): void;
  changeRelay(change: Partial<EmailForm['relay']>): void;
  setPassword(password: string): void;
  leave(field: EmailField): void;
  /** Trusts a certificate for the relay as it is typed. Holds for others once it is applied. */
  trust(certificate: Certificate): void;
  discard(): void;
  /** Saves everything; true when the server has it. What has problems is not sent. */
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
    const begin = (saved: EmailForm) => ({ saved, form: saved, password: '', left: new Set<EmailField>(), saveError: null });

    return {
      saved: null,
      form: null,
      passwordStored: false,
      password: '',
      left: new Set(),
      isSaving: false,
      wasSaved: false,
      readError: null,
      saveError: null,

      async load() {
        try {
          const { settings, passwordStored } = await email.get(null);
          if (get().isSaving || isChanged(get())) return;
          set({ ...begin(toForm(settings)), passwordStored, readError: null });
        } catch (error) {
          set({ readError: asAppError(error) });
        }
      },

      change(change) {
        const { form } = get();
        if (form) set({ form: { ...form, ...change }, wasSaved: false, saveError: null });
      },

      changeRelay(change) {
        const { form } = get();
        if (form) get().change({ relay: { ...form.relay, ...change } });
      },

      setPassword: (password) => set({ password, wasSaved: false, saveError: null }),

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
        const { saved } = get();
        if (saved) set({ ...begin(saved), wasSaved: false });
      },

      async apply() {
        const { form, password, isSaving } = get();
        if (!form || isSaving || !isChanged(get())) return false;
        if (problemsOf(form).size > 0) {
          set({ left: 'apply' });
          return false;
        }
        set({ isSaving: true, saveError: null });
        try {
          const settings = toSettings(form);
          const { passwordStored } = await email.set({ settings, ...(isSent(form, password) && { password }) });
          // What was typed while the server was at it is the next change.
          const { form: now, password: typed } = get();
          set({
            ...begin(toForm(settings)),
            ...(now === form ? {} : { form: now }),
            ...(typed === password ? {} : { password: typed }),
            passwordStored,
            isSaving: false,
            wasSaved: true,
          });
          return true;
        } catch (error) {
          set({ isSaving: false, saveError: asAppError(error) });
          return false;
        }
      },

      requestDraft() {
        const { form, password } = get();
        if (!form) return null;
        if (problemsOf(form, { isTest: true }).size > 0) {
          set({ left: 'test' });
          return null;
        }
        return { settings: toSettings(form), ...(isSent(form, password) && { password }) };
      },
    };
  });
}

/** A password without a user is nobody's. */
function isSent({ relay }: EmailForm, password: string): boolean {
  return password !== '' && relay.user.trim() !== '' && relay.auth !== 'oauth2';
}

/** Whether something would be lost by leaving. */
export function isChanged({ saved, form, password }: Pick<EmailSettingsStore, 'saved' | 'form' | 'password'>): boolean {
  if (!saved || !form) return false;
  return password !== '' || JSON.stringify(form) !== JSON.stringify(saved);
}

/** How it stands with the password for the relay and the user that are typed now. */
export function passwordState({ saved, form, password, passwordStored }: EmailSettingsStore): PasswordState {
  if (password !== '') return 'typed';
  if (!passwordStored || !form || !saved) return 'none';
  return keepsPassword(form, saved) ? 'stored' : 'forgotten';
}

/** The problems to show now. */
export function shownProblems({ form, left }: Pick<EmailSettingsStore, 'form' | 'left'>): ReadonlyMap<EmailField, EmailProblem> {
  if (!form) return new Map();
  const problems = problemsOf(form, { isTest: left === 'test' });
  return typeof left === 'string' ? problems : new Map([...problems].filter(([field]) => left.has(field)));
}
