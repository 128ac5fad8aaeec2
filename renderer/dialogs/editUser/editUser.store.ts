import { createStore, type StoreApi } from 'zustand/vanilla';
import type { CompanySettings } from '../../../shared/contract/companySettings.ts';
import { AppError, isAppError } from '../../../shared/contract/errors.ts';
import type { MailOutcome } from '../../../shared/contract/sendEmail.ts';
import type { UserDetail } from '../../../shared/contract/users.contract.ts';
import type { ConsoleClient } from '../../app/client.tsx';
import type { KnownUser } from '../../app/dialogs.store.ts';
import { asAppError } from '../../ui/asAppError.ts';
import { changesToSave, isChangedForm } from './formState.ts';
import { mergeValues, withValues } from './mergeValues.ts';
import { adopt, problemsOf, toForm, toValues, type FormField, type UserForm } from './userForm.ts';
import { baseOf, userValueNames, valuesOf, type ConflictName, type UserValue, type UserValues } from './userValues.ts';

/** What was changed elsewhere while the dialog is open. */
export interface Elsewhere {
  /** Shown already: nobody here had touched it. */
  readonly taken: readonly UserValue[];
  /** Changed here as well, to something else: has to be decided before it can be saved. */
  readonly conflicts: readonly ConflictName[];
}

export type EditState =
  | { readonly phase: 'loading' }
  /** `not-found`: somebody has removed the user. */
  | { readonly phase: 'failed'; readonly error: AppError }
  | EditingState;

export interface EditingState {
  /** `deciding`: the conflict view is open. */
  readonly phase: 'editing' | 'saving' | 'deciding';
  /** As he is stored, as far as this window knows. */
  readonly user: UserDetail;
  /** What changes are measured against: the stored values, but for undecided conflicts those before anybody changed them. */
  readonly before: UserValues;
  /** When the PIN was set that a new one would replace. */
  readonly pinBefore: number | null;
  readonly form: UserForm;
  readonly elsewhere: Elsewhere | null;
}

export interface EditUserStore {
  readonly state: EditState;
  /** Null until it was read; the form is shown then. */
  readonly company: CompanySettings | null;
  /** Fields that were left: their problems are shown. After Apply all are. */
  readonly left: ReadonlySet<FormField> | 'all';
  readonly saveError: AppError | null;
  /** Saves of the user who is shown. */
  readonly saves: number;
  /** What is saved is mailed as the rules say. */
  readonly sendEmail: boolean;
  /** What became of the mail of the last save; null where none was asked for. */
  readonly mail: MailOutcome | null;

  /** Shows a user; the one before stays until he is there. The one who is shown is read again, and what was typed stays. */
  open(id: number): Promise<void>;
  /** Follows what happens elsewhere until the returned function is called. */
  follow(): () => void;
  setSendEmail(sendEmail: boolean): void;
  change(change: Partial<UserForm>): void;
  leave(field: FormField): void;
  /** Reads the user again: after something on a tab was saved by itself (tokens, devices, answers). */
  refresh(): Promise<void>;
  /** Saves. Answers whether everything was saved. */
  apply(): Promise<boolean>;
  /** Opens the conflict view for what was changed here and elsewhere. */
  decide(): void;
  /** Back to the form; nothing is decided. */
  postpone(): void;
  /** Takes what was chosen for each conflict, and saves. */
  resolve(choice: ReadonlyMap<ConflictName, 'mine' | 'theirs'>): Promise<boolean>;
}

/** Several events come with one change: one look is enough for them. */
const lookMs = 100;

/** One user while he is edited; at first the known one, if any. */
export function createEditUserStore(client: Pick<ConsoleClient, 'users' | 'company'>, known?: KnownUser): StoreApi<EditUserStore> {
  let opening: AbortController | null = null;

  return createStore<EditUserStore>()((set, get) => {
    const company = () => get().company!;

    function editing(): EditingState | null {
      const { state } = get();
      return 'form' in state ? state : null;
    }

    const show = (user: UserDetail) => set({ state: untouched(user, company()), left: new Set(), saveError: null });

    /** Brings what was changed elsewhere into the form, except where that would overwrite what was typed here. */
    function takeOver(theirs: UserDetail) {
      const state = editing();
      if (!state || state.user.id !== theirs.id || state.user.revision === theirs.revision) return;
      const { form, before, pinBefore } = state;
      const now = valuesOf(theirs);
      const { values, conflicts, taken } = mergeValues(before, toValues(form, before, company()), now);
      const isPinConflict = form.pin !== '' && theirs.pin.setAt !== pinBefore;
      const seen = state.elsewhere?.taken ?? [];
      set({
        state: {
          ...state,
          user: theirs,
          before: withValues(now, before, conflicts),
          pinBefore: isPinConflict ? pinBefore : theirs.pin.setAt,
          form: adopt(form, values, [...taken, 'tags'], company()),
          elsewhere:
            taken.length > 0 || conflicts.length > 0 || isPinConflict || state.elsewhere
              ? {
                  taken: userValueNames.filter((name) => (seen.includes(name) || taken.includes(name)) && !conflicts.includes(name)),
                  conflicts: isPinConflict ? [...conflicts, 'pin'] : conflicts,
                }
              : null,
        },
      });
    }

    /** Sends what was changed. What somebody else has changed meanwhile is merged, and sent again where nobody has to decide. */
    async function save(tries: number): Promise<boolean> {
      const state = editing();
      if (!state) return false;
      const { user, before, form } = state;
      const changes = changesToSave(form, before, company());
      const input = { id: user.id, base: baseOf(before), changes, ...(get().sendEmail && { sendEmail: true }) };
      const answer = await client.users.edit(input).catch((error: unknown) => asAppError(error));
      if (!(answer instanceof Error)) {
        const isPinKept = changes.pin !== undefined && answer.pin.setAt === user.pin.setAt;
        show(answer);
        if (isPinKept) throw pinNotSet();
        set({ saves: get().saves + 1, mail: answer.mail ?? null });
        return true;
      }
      if (!isAppError(answer, 'changed-meanwhile')) throw answer;
      takeOver(await client.users.get({ id: user.id }));
      const undecided = editing()?.elsewhere?.conflicts.length ?? 0;
      if (undecided === 0 && tries > 0) return save(tries - 1);
      if (undecided === 0) throw answer;
      setPhase('deciding');
      return false;
    }

    function setPhase(phase: EditingState['phase']) {
      const state = editing();
      if (state) set({ state: { ...state, phase } });
    }

    return {
      state: known ? untouched(known.user, known.company) : { phase: 'loading' },
      company: known?.company ?? null,
      left: new Set<FormField>(),
      saveError: null,
      saves: 0,
      sendEmail: false,
      mail: null,

      async open(id) {
        opening?.abort();
        if (editing()?.user.id === id) return get().refresh();
        const own = (opening = new AbortController());
        const options = { signal: own.signal };
        try {
          const [user, settings] = await Promise.all([
            client.users.get({ id }, options),
            get().company ?? client.company.get(null, options).then((saved) => saved.settings),
          ]);
          if (opening !== own) return;
          set({ company: settings, saves: 0, mail: null });
          show(user);
        } catch (error) {
          if (opening === own && !isAppError(error, 'cancelled')) set({ state: { phase: 'failed', error: asAppError(error) } });
        }
      },

      follow() {
        let look: ReturnType<typeof setTimeout> | undefined;
        const stop = client.users.onChanged(() => {
          look ??= setTimeout(() => {
            look = undefined;
            void get().refresh();
          }, lookMs);
        });
        const stopCompany = client.company.onChanged(() => {
          void client.company.get(null).then(
            ({ settings }) => set({ company: settings }),
            () => {}, // what is shown of the company stays as it was
          );
        });
        return () => {
          stop();
          stopCompany();
          clearTimeout(look);
          opening?.abort();
        };
      },

      setSendEmail: (sendEmail) => set({ sendEmail }),

      change(change) {
        const state = editing();
        if (state?.phase !== 'editing') return;
        set({ state: { ...state, form: { ...state.form, ...change } }, saveError: null });
      },

      leave(field) {
        const { left } = get();
        if (left !== 'all' && !left.has(field)) set({ left: new Set([...left, field]) });
      },

      async refresh() {
        const shown = editing();
        // What is being saved comes back with the answer.
        if (!shown || shown.phase === 'saving') return;
        try {
          const user = await client.users.get({ id: shown.user.id });
          const state = editing();
          if (state && state.phase !== 'saving') takeOver(user);
        } catch (error) {
          if (!isAppError(error)) throw error;
          // Without a connection the window says so; what was typed stays.
          if (isAppError(error, 'not-found')) set({ state: { phase: 'failed', error } });
        }
      },

      async apply() {
        const state = editing();
        if (state?.phase !== 'editing') return false;
        if (!isChangedForm(state.form, state.before, company())) return true;
        if (problemsOf(state.form, state.before, company()).size > 0) {
          set({ left: 'all' });
          return false;
        }
        set({ state: { ...state, phase: 'saving' }, saveError: null });
        try {
          // A PIN is no value that the server could compare.
          if (state.form.pin !== '') takeOver(await client.users.get({ id: state.user.id }));
          if (editing()?.elsewhere?.conflicts.length) {
            setPhase('deciding');
            return false;
          }
          return await save(2);
        } catch (error) {
          set({ saveError: asAppError(error) });
          return false;
        } finally {
          if (editing()?.phase === 'saving') setPhase('editing');
        }
      },

      decide: () => setPhase('deciding'),
      postpone: () => setPhase('editing'),

      async resolve(choice) {
        const state = editing();
        if (state?.phase !== 'deciding') return false;
        const now = valuesOf(state.user);
        const theirs = [...choice].filter(([name, side]) => name !== 'pin' && side === 'theirs').map(([name]) => name as UserValue);
        const form = adopt(state.form, now, theirs, company());
        set({
          state: {
            ...state,
            phase: 'editing',
            before: now,
            pinBefore: state.user.pin.setAt,
            form: choice.get('pin') === 'theirs' ? { ...form, pin: '', confirmPin: '' } : form,
            elsewhere: null,
          },
        });
        return get().apply();
      },
    };
  });
}

/** A user as he is stored, nothing typed yet. */
function untouched(user: UserDetail, company: CompanySettings): EditingState {
  const before = valuesOf(user);
  return { phase: 'editing', user, before, pinBefore: user.pin.setAt, form: toForm(before, company), elsewhere: null };
}

/** A PIN that the server took without setting it must not be told to the user. */
export function pinNotSet(): AppError {
  return new AppError('internal', 'The server saved everything but the PIN.');
}

/** What differs from the stored user, for the view that compares. */
export function conflictValues({ before, form, user }: EditingState, company: CompanySettings) {
  return { before, mine: toValues(form, before, company), theirs: valuesOf(user) };
}
