import { createStore } from 'zustand/vanilla';
import type { Certificate, DirectoryKind, DirectoryServer, DirectorySettings } from '../../../shared/contract/directory.contract.ts';
import type { AppError } from '../../../shared/contract/errors.ts';
import type { ConsoleClient } from '../../app/client.tsx';
import { asAppError } from '../../ui/asAppError.ts';
import type { PasswordState } from '../../ui/StoredPasswordField.tsx';
import {
  blankForm,
  isEqual,
  keepsPassword,
  problemsOf,
  toForm,
  toSettings,
  withPin,
  type FieldPath,
  type Problem,
  type SettingsForm,
} from './settingsForm.ts';
import type { TestDraft } from './test.store.ts';

type Defaults = Readonly<Record<DirectoryKind, DirectorySettings>>;
export type Mapping = Awaited<ReturnType<ConsoleClient['directory']['sampleMapping']>>;

export type ConfigurationState =
  | { readonly phase: 'loading' }
  | { readonly phase: 'failed'; readonly error: AppError }
  | { readonly phase: 'editing' | 'saving'; readonly form: SettingsForm; readonly defaults: Defaults };

/** Something that is asked of the directory while the dialog is open. */
export type Asked<T> =
  | { readonly phase: 'idle' }
  | { readonly phase: 'asking' }
  | { readonly phase: 'answered'; readonly answer: T }
  | { readonly phase: 'failed'; readonly error: AppError };

export interface ConfigurationStore {
  readonly state: ConfigurationState;
  /** What is stored; null where nothing is, and for the sample directory, which nobody edits. */
  readonly saved: SettingsForm | null;
  readonly passwordStored: boolean;
  /** The sample directory is in use; what is saved here takes its place. */
  readonly replacesSample: boolean;
  /** Typed and not yet saved; empty: the stored one is kept. */
  readonly password: string;
  /** Fields that were left: their problems are shown. After Apply all are. */
  readonly left: ReadonlySet<FieldPath> | 'all';
  /** Something was saved since the dialog opened. */
  readonly wasSaved: boolean;
  readonly saveError: AppError | null;
  readonly baseDns: Asked<readonly string[]>;
  readonly mapping: Asked<Mapping>;

  load(): Promise<void>;
  change(change: Partial<SettingsForm>): void;
  replace(update: (form: SettingsForm, defaults: Defaults) => SettingsForm): void;
  setPassword(password: string): void;
  leave(field: FieldPath): void;
  trust(server: Pick<DirectoryServer, 'host' | 'port'>, certificate: Certificate): void;
  findBaseDns(): Promise<void>;
  showSamples(): Promise<void>;
  /** Saves. Answers whether it was saved; problems are then shown beside their fields. */
  apply(): Promise<boolean>;
  /** The settings as typed, for a test; null, with all problems shown, while something in them is not valid. */
  requestDraft(): TestDraft | null;
}

/** What the directory dialog edits. */
export function createConfigurationStore(client: Pick<ConsoleClient, 'directory'>) {
  return createStore<ConfigurationStore>()((set, get) => {
    function edit(update: (form: SettingsForm, defaults: Defaults) => SettingsForm) {
      const { state } = get();
      if (state.phase === 'editing') set({ state: { ...state, form: update(state.form, state.defaults) }, saveError: null });
    }

    async function ask<T>(key: 'baseDns' | 'mapping', question: (draft: TestDraft) => Promise<T>) {
      const draft = get().requestDraft();
      if (draft === null) return;
      set({ [key]: { phase: 'asking' } });
      try {
        set({ [key]: { phase: 'answered', answer: await question(draft) } });
      } catch (error) {
        set({ [key]: { phase: 'failed', error: asAppError(error) } });
      }
    }

    return {
      state: { phase: 'loading' },
      saved: null,
      passwordStored: false,
      replacesSample: false,
      password: '',
      left: new Set<FieldPath>(),
      wasSaved: false,
      saveError: null,
      baseDns: { phase: 'idle' },
      mapping: { phase: 'idle' },

      async load() {
        set({ state: { phase: 'loading' } });
        try {
          const [{ settings, passwordStored }, defaults] = await Promise.all([client.directory.get(null), client.directory.defaults(null)]);
          const saved = settings && !settings.sample ? toForm(settings) : null;
          const form = saved ?? blankForm(defaults.ad);
          set({
            state: { phase: 'editing', form, defaults },
            saved,
            passwordStored: passwordStored && saved !== null,
            replacesSample: settings?.sample === true,
          });
        } catch (error) {
          set({ state: { phase: 'failed', error: asAppError(error) } });
        }
      },

      change: (change) => edit((form) => ({ ...form, ...change })),
      replace: edit,
      setPassword: (password) => set({ password, saveError: null }),

      leave(field) {
        const { left } = get();
        if (left !== 'all') set({ left: new Set(left).add(field) });
      },

      trust: (server, certificate) => edit((form) => withPin(form, server, certificate)),

      async findBaseDns() {
        await ask('baseDns', async (draft) => (await client.directory.baseDns(draft)).baseDns);
        const { baseDns, state } = get();
        // One base DN leaves nothing to choose.
        const only = baseDns.phase === 'answered' && baseDns.answer.length === 1 ? baseDns.answer[0] : undefined;
        if (only !== undefined && state.phase === 'editing' && state.form.baseDn.trim() === '') get().change({ baseDn: only });
      },

      showSamples: () => ask('mapping', (draft) => client.directory.sampleMapping(draft)),

      async apply() {
        const { state, password } = get();
        if (state.phase !== 'editing') return false;
        if (problemsOf(state.form).size > 0) {
          set({ left: 'all' });
          return false;
        }
        set({ state: { ...state, phase: 'saving' }, saveError: null });
        try {
          const settings = toSettings(state.form);
          const { passwordStored } = await client.directory.set({ settings, ...(password === '' ? {} : { password }) });
          const form = toForm(settings);
          set({
            state: { ...state, phase: 'editing', form },
            saved: form,
            passwordStored,
            password: '',
            left: new Set(),
            wasSaved: true,
            replacesSample: false,
          });
          return true;
        } catch (error) {
          set({ state: { ...state, phase: 'editing' }, saveError: asAppError(error) });
          return false;
        }
      },

      requestDraft() {
        const { state, password } = get();
        if (state.phase !== 'editing') return null;
        // The base DN may still be unknown: looking for it is what some of these calls are for.
        const problems = [...problemsOf(state.form).keys()].filter((field) => field !== 'baseDn');
        if (problems.length > 0) {
          set({ left: 'all' });
          return null;
        }
        return { settings: toSettings(state.form), ...(password === '' ? {} : { password }) };
      },
    };
  });
}

/** Whether something would be lost by closing. */
export function isChanged({ state, saved, password }: Pick<ConfigurationStore, 'state' | 'saved' | 'password'>): boolean {
  if (state.phase !== 'editing' && state.phase !== 'saving') return false;
  return password !== '' || !isEqual(state.form, saved ?? blankForm(state.defaults.ad));
}

/** How it stands with the password for the servers and the user that are typed now. */
export function passwordState({ state, saved, password, passwordStored }: ConfigurationStore): PasswordState {
  if (password !== '') return 'typed';
  if (!passwordStored || !('form' in state)) return 'none';
  return keepsPassword(state.form, saved) ? 'stored' : 'forgotten';
}

/** The problems to show now: those of fields that were left, or all after Apply. */
export function shownProblems({ state, left }: Pick<ConfigurationStore, 'state' | 'left'>): ReadonlyMap<FieldPath, Problem> {
  if (!('form' in state)) return new Map();
  const problems = problemsOf(state.form);
  return left === 'all' ? problems : new Map([...problems].filter(([field]) => left.has(field)));
}
