import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AppError } from '../../../shared/contract/errors.ts';
import type { TokenRow } from '../../../shared/contract/tokens.contract.ts';
import type { ConsoleClient } from '../../app/client.tsx';
import { asAppError } from '../../ui/asAppError.ts';
import type { Found } from '../../ui/FindCombobox.tsx';
import { emptyForm, formOf, hasTypo, nextForm, problemsOf, toChanges, toNewToken, type TokenField, type TokenForm } from './tokenForm.ts';

export type TokenEditorState =
  | { readonly phase: 'loading' }
  | { readonly phase: 'failed'; readonly error: AppError }
  | {
      readonly phase: 'editing' | 'saving';
      /** Null while a token is added. */
      readonly token: TokenRow | null;
      readonly before: TokenForm;
      readonly form: TokenForm;
    };

export interface TokenEditorStore {
  readonly state: TokenEditorState;
  /** Fields that were left: their problems are shown. After a try to save all are. */
  readonly left: ReadonlySet<TokenField> | 'all';
  readonly saveError: AppError | null;
  /** Serial numbers of the tokens that were saved, the last at the end. */
  readonly saved: readonly string[];

  /** Reads the token that is edited. */
  load(): Promise<void>;
  change(change: Partial<TokenForm>): void;
  leave(field: TokenField): void;
  /** Adds the token, after which the form is ready for the next one; or saves the changes. Answers whether that was done. */
  save(): Promise<boolean>;
}

/** One token while it is edited, or tokens that are added one after the other: `id` null, for `user` if given. */
export function createTokenEditorStore(
  client: Pick<ConsoleClient, 'tokens'>,
  id: number | null,
  user: Found | null = null,
): StoreApi<TokenEditorStore> {
  return createStore<TokenEditorStore>()((set, get) => {
    const begin = (token: TokenRow | null, form: TokenForm) =>
      set({ state: { phase: 'editing', token, before: form, form }, left: new Set(), saveError: null });
    const firstForm = { ...emptyForm, user };

    return {
      state: id === null ? { phase: 'editing', token: null, before: firstForm, form: firstForm } : { phase: 'loading' },
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
        const { form, before, token } = state;
        if (problemsOf(form, { isNew: token === null }).size > 0) {
          set({ left: 'all' });
          return false;
        }
        set({ state: { ...state, phase: 'saving' }, saveError: null });
        try {
          const stored = token
            ? await client.tokens.edit({ id: token.id, changes: toChanges(form, before) })
            : await client.tokens.add(toNewToken(form));
          if (token) begin(stored, formOf(stored));
          else begin(null, nextForm(form));
          set({ saved: [...get().saved, stored.serial] });
          return true;
        } catch (error) {
          set({ state, saveError: asAppError(error) });
          return false;
        }
      },
    };
  });
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
