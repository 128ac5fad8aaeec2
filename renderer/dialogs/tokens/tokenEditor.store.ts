import { createStore, type StoreApi } from 'zustand/vanilla';
import { isAppError, type AppError } from '../../../shared/contract/errors.ts';
import type { TokenRow } from '../../../shared/contract/tokens.contract.ts';
import type { ConsoleClient } from '../../app/client.tsx';
import { asAppError } from '../../ui/asAppError.ts';
import type { Found } from '../../ui/FindCombobox.tsx';
import { baseOf, mergeToken, tokenConflicts, type EditedToken, type TokenConflict, type TokenElsewhere } from './mergeToken.ts';
import { emptyForm, formOf, hasTypo, nextForm, problemsOf, toChanges, toNewToken, type TokenField, type TokenForm } from './tokenForm.ts';

export type TokenEditorState = { readonly phase: 'loading' } | { readonly phase: 'failed'; readonly error: AppError } | EditingToken;

export interface EditingToken extends EditedToken {
  /** `deciding`: the conflict view is open. */
  readonly phase: 'editing' | 'saving' | 'deciding';
  /** As it is stored, as far as this window knows. Null while a token is added. */
  readonly token: TokenRow | null;
  readonly elsewhere: TokenElsewhere | null;
}

export interface TokenEditorStore {
  readonly state: TokenEditorState;
  /** Fields that were left: their problems are shown. After a try to save all are. */
  readonly left: ReadonlySet<TokenField> | 'all';
  readonly saveError: AppError | null;
  /** Serial numbers of the tokens that were saved, the last at the end. */
  readonly saved: readonly string[];

  /** Reads the token that is edited. */
  load(): Promise<void>;
  /** Follows what happens to it elsewhere until the returned function is called. */
  follow(): () => void;
  change(change: Partial<TokenForm>): void;
  leave(field: TokenField): void;
  /** Adds the token, after which the form is ready for the next one; or saves the changes. Answers whether that was done. */
  save(): Promise<boolean>;
  /** Opens the conflict view for what was changed here and elsewhere. */
  decide(): void;
  /** Back to the form; nothing is decided. */
  postpone(): void;
  /** Takes what was chosen for each conflict, and saves. */
  resolve(choice: ReadonlyMap<TokenConflict, 'mine' | 'theirs'>): Promise<boolean>;
}

/** Several events come with one change: one look is enough for them. */
const lookMs = 100;
/** How often a save is tried again because others changed something else meanwhile. */
const tries = 3;

/** One token while it is edited, or tokens that are added one after the other: `id` null, for `user` if given. */
export function createTokenEditorStore(
  client: Pick<ConsoleClient, 'tokens'>,
  id: number | null,
  user: Found | null = null,
): StoreApi<TokenEditorStore> {
  return createStore<TokenEditorStore>()((set, get) => {
    const begin = (token: TokenRow | null, form: TokenForm) => set({ state: untouched(token, form), left: new Set(), saveError: null });
    const firstForm = { ...emptyForm, user };

    function editing(): EditingToken | null {
      const { state } = get();
      return 'form' in state ? state : null;
    }

    function setPhase(phase: EditingToken['phase']) {
      const state = editing();
      if (state) set({ state: { ...state, phase } });
    }

    /** Brings what was changed elsewhere into the form, except where that would overwrite what was typed here. */
    function takeOver(theirs: TokenRow) {
      const state = editing();
      if (!state?.token) return;
      const { conflicts, taken, ...merged } = mergeToken(state, theirs);
      const seen = [...(state.elsewhere?.taken ?? []), ...taken];
      const elsewhere = { conflicts, taken: tokenConflicts.filter((name) => seen.includes(name) && !conflicts.includes(name)) };
      set({ state: { ...state, ...merged, token: theirs, elsewhere } });
    }

    async function refresh() {
      const { token, phase } = editing() ?? {};
      // What is being saved comes back with the answer.
      if (!token || phase === 'saving') return;
      try {
        const theirs = await client.tokens.get({ id: token.id });
        if (editing()?.phase !== 'saving') takeOver(theirs);
      } catch (error) {
        if (!isAppError(error)) throw error;
        // Without a connection the window says so; what was typed stays.
        if (isAppError(error, 'not-found')) set({ state: { phase: 'failed', error } });
      }
    }

    /** Sends what was changed. What somebody else has changed meanwhile is merged, and sent again where nobody has to decide. */
    async function edit(token: TokenRow): Promise<TokenRow | null> {
      for (let left = tries; ; left -= 1) {
        const { form, before, base } = editing()!;
        const answer = await client.tokens.edit({ id: token.id, base, changes: toChanges(form, before) }).catch(asAppError);
        if (!(answer instanceof Error)) return answer;
        if (!isAppError(answer, 'changed-meanwhile') || left === 0) throw answer;
        takeOver(await client.tokens.get({ id: token.id }));
        if (editing()?.elsewhere?.conflicts.length) return null;
      }
    }

    return {
      state: id === null ? untouched(null, firstForm) : { phase: 'loading' },
      left: new Set<TokenField>(),
      saveError: null,
      saved: [],

      async load() {
        if (id === null) return;
        try {
          const token = await client.tokens.get({ id });
          begin(token, formOf(token));
        } catch (error) {
          set({ state: { phase: 'failed', error: asAppError(error) } });
        }
      },

      follow() {
        let look: ReturnType<typeof setTimeout> | undefined;
        const stop = client.tokens.onChanged(() => {
          look ??= setTimeout(() => {
            look = undefined;
            void refresh();
          }, lookMs);
        });
        return () => {
          stop();
          clearTimeout(look);
        };
      },

      change(change) {
        const { state } = get();
        if (state.phase === 'editing') set({ state: { ...state, form: { ...state.form, ...change } }, saveError: null });
      },

      leave(field) {
        const { left } = get();
        if (left !== 'all' && !left.has(field)) set({ left: new Set([...left, field]) });
      },

      async save() {
        const { state } = get();
        if (state.phase !== 'editing') return false;
        const { form, token } = state;
        if (problemsOf(form, { isNew: token === null }).size > 0) {
          set({ left: 'all' });
          return false;
        }
        if (state.elsewhere?.conflicts.length) {
          setPhase('deciding');
          return false;
        }
        set({ state: { ...state, phase: 'saving' }, saveError: null });
        try {
          const stored = token ? await edit(token) : await client.tokens.add(toNewToken(form));
          if (!stored) {
            setPhase('deciding');
            return false;
          }
          if (token) begin(stored, formOf(stored));
          else begin(null, nextForm(form));
          set({ saved: [...get().saved, stored.serial] });
          return true;
        } catch (error) {
          setPhase('editing');
          set({ saveError: asAppError(error) });
          return false;
        }
      },

      decide: () => setPhase('deciding'),
      postpone: () => setPhase('editing'),

      async resolve(choice) {
        const state = editing();
        if (state?.phase !== 'deciding' || !state.token) return false;
        const now = formOf(state.token);
        const theirs = [...choice].filter(([, side]) => side === 'theirs').map(([name]) => [name, now[name]]);
        const form = { ...state.form, ...Object.fromEntries(theirs) };
        set({ state: { ...untouched(state.token, now), form } });
        return get().save();
      },
    };
  });
}

/** A token as it is stored, or the form for a new one. */
function untouched(token: TokenRow | null, form: TokenForm): EditingToken {
  return { phase: 'editing', token, base: token ? baseOf(token) : {}, before: form, form, elsewhere: null };
}

/** The problems to show now, and what the server said about a field. A typo in a secret key is said while it is typed. */
export function shownProblems(
  form: TokenForm,
  isNew: boolean,
  { left, saveError }: Pick<TokenEditorStore, 'left' | 'saveError'>,
): ReadonlyMap<TokenField, string> {
  const shown = new Map<TokenField, string>();
  for (const [field, problem] of problemsOf(form, { isNew })) {
    if (left === 'all' || left.has(field) || (field === 'secret' && hasTypo(form))) shown.set(field, problem);
  }
  const refused = saveError && refusedField(saveError);
  if (refused && !shown.has(refused)) shown.set(refused, saveError.message);
  return shown;
}

/** The field that the server refused, where it named one. */
export function refusedField({ code, details }: AppError): TokenField | null {
  if (code === 'serial-taken') return 'serial';
  const field = String(details?.['field'] ?? '');
  if (field === 'expiresAt') return 'expiresOn';
  return field === 'serial' || field === 'secret' || field === 'manufacturer' || field === 'model' ? field : null;
}
