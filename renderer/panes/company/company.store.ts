import { createStore, type StoreApi } from 'zustand/vanilla';
import { checkCompany } from '../../../shared/company/checkCompany.ts';
import { changedPaths, rebased, withLeaf, type Leaf } from '../../../shared/company/settingPaths.ts';
import type { SavedCompany } from '../../../shared/contract/company.contract.ts';
import type { CompanySettings } from '../../../shared/contract/companySettings.ts';
import type { AppError } from '../../../shared/contract/errors.ts';
import type { ConsoleClient } from '../../app/client.tsx';
import { countries } from '../../dialogs/editUser/phoneInput.ts';
import { companyProblemText, companyText } from '../../i18n/en/company.ts';
import { asAppError } from '../../ui/asAppError.ts';

export interface CompanyForm {
  readonly settings: CompanySettings;
  /** The days until a PIN expires, as they are typed. */
  readonly days: string;
}

export interface CompanyStore {
  /** What the form began with. Null before the first answer. */
  readonly saved: SavedCompany | null;
  readonly form: CompanyForm | null;
  /** What somebody else saved while the form was edited. Until it is decided what to do with it nothing can be saved. */
  readonly theirs: SavedCompany | null;
  readonly isSaving: boolean;
  /** What happened last; gone with the next change. */
  readonly notice: 'saved' | 'kept-mine' | null;
  readonly readError: AppError | null;
  readonly saveError: AppError | null;
  /** Reads the settings and follows what others save until the returned function is called. */
  follow(): () => void;
  load(): Promise<void>;
  /** Gives a setting another value; undefined takes the company's own text away. */
  change(path: string, value: Leaf | undefined): void;
  typeDays(days: string): void;
  discard(): void;
  /** Saves everything; true when the server has it. What has problems or was changed by somebody else is not sent. */
  apply(): Promise<boolean>;
  /** Gives up what was typed for what the other saved. */
  loadTheirs(): void;
  /** Puts what was changed here on top of what the other saved. Nothing is saved yet. */
  keepMine(): void;
}

/** Company Settings as one form over all tabs. */
export function createCompanyStore(client: { readonly company: ConsoleClient['company'] }): StoreApi<CompanyStore> {
  return createStore<CompanyStore>()((set, get) => {
    const begin = (saved: SavedCompany) => ({ saved, form: formOf(saved.settings), theirs: null, readError: null, saveError: null });

    function edit(change: (form: CompanyForm) => CompanyForm) {
      const { form } = get();
      if (form) set({ form: change(form), notice: null, saveError: null });
    }

    return {
      saved: null,
      form: null,
      theirs: null,
      isSaving: false,
      notice: null,
      readError: null,
      saveError: null,

      follow() {
        void get().load();
        return client.company.onChanged(({ revision }) => {
          // What is being saved here is told as well, maybe before the answer.
          if (!get().isSaving && revision !== get().saved?.revision) void get().load();
        });
      },

      async load() {
        try {
          const fresh = await client.company.get(null);
          const { saved, form, isSaving } = get();
          if (isSaving) return;
          if (!isChanged({ saved, form })) return set(begin(fresh));
          set({ theirs: fresh.revision === saved?.revision ? null : fresh, readError: null });
        } catch (error) {
          set({ readError: asAppError(error) });
        }
      },

      change: (path, value) => edit((form) => ({ ...form, settings: withLeaf(form.settings, path, value) })),
      typeDays: (days) => edit((form) => ({ ...form, days })),

      discard() {
        const { saved, theirs } = get();
        if (saved) set({ ...begin(theirs ?? saved), notice: null });
      },

      async apply() {
        const { saved, form, theirs, isSaving } = get();
        if (!saved || !form || theirs || isSaving || !isChanged({ saved, form }) || problemsOf(form).size > 0) return false;
        set({ isSaving: true, saveError: null, notice: null });
        try {
          const stored = await client.company.save({ settings: settingsOf(form), revision: saved.revision });
          // What was typed while the server was at it is the next change.
          const { form: now } = get();
          set({ ...begin(stored), ...(now === form ? {} : { form: now }), isSaving: false, notice: 'saved' });
          return true;
        } catch (thrown) {
          const error = asAppError(thrown);
          set({ isSaving: false, saveError: error.code === 'changed-meanwhile' ? null : error });
          if (error.code === 'changed-meanwhile') await get().load();
          return false;
        }
      },

      loadTheirs: () => get().discard(),

      keepMine() {
        const { saved, form, theirs } = get();
        if (!saved || !form || !theirs) return;
        const days = form.days === String(saved.settings.pinRules.expirationDays) ? theirs.settings.pinRules.expirationDays : form.days;
        const settings = rebased(saved.settings, form.settings, theirs.settings);
        set({ ...begin(theirs), form: { settings, days: String(days) }, notice: 'kept-mine' });
      },
    };
  });
}

function formOf(settings: CompanySettings): CompanyForm {
  return { settings, days: String(settings.pinRules.expirationDays) };
}

/** The settings that the form says; the days are those before while what is typed is no number of days. */
export function settingsOf({ settings, days }: CompanyForm): CompanySettings {
  return areDays(days) ? withLeaf(settings, 'pinRules.expirationDays', Number(days)) : settings;
}

export function isChanged({ saved, form }: Pick<CompanyStore, 'saved' | 'form'>): boolean {
  if (!saved || !form) return false;
  return !areDays(form.days) || changedPaths(saved.settings, settingsOf(form)).length > 0;
}

/** What is wrong, as sentences by the path of the setting. */
export function problemsOf(form: CompanyForm): ReadonlyMap<string, string> {
  const problems = new Map<string, string>();
  if (!areDays(form.days)) problems.set('pinRules.expirationDays', companyText.daysProblem);
  for (const problem of checkCompany(form.settings, (code) => countries.some((country) => country.code === code))) {
    const before = problems.get(problem.field);
    problems.set(problem.field, [before, companyProblemText(problem)].filter(Boolean).join(' '));
  }
  return problems;
}

function areDays(days: string): boolean {
  return /^\s*\d{1,3}\s*$/.test(days);
}
