import { createStore, type StoreApi } from 'zustand/vanilla';
import type { TokenRow } from '../../../shared/contract/tokens.contract.ts';
import type { ConsoleClient } from '../../app/client.tsx';
import type { Found } from '../../ui/FindCombobox.tsx';

export type AssignTokenState =
  | { readonly phase: 'loading' }
  | { readonly phase: 'unreadable'; readonly error: unknown }
  /** `error`: why the last try failed. */
  | { readonly phase: 'ready' | 'assigning'; readonly token: TokenRow; readonly error: unknown }
  | { readonly phase: 'assigned'; readonly token: TokenRow };

export interface AssignTokenStore {
  readonly state: AssignTokenState;
  readonly user: Found | null;
  /** As typed; empty for none. */
  readonly code: string;
  readonly nextCode: string;
  load(): Promise<void>;
  choose(user: Found | null): void;
  type(typed: { readonly code?: string; readonly nextCode?: string }): void;
  assign(): Promise<void>;
}

/** One token on its way to a user. */
export function createAssignTokenStore(client: Pick<ConsoleClient, 'tokens'>, id: number): StoreApi<AssignTokenStore> {
  return createStore<AssignTokenStore>()((set, get) => ({
    state: { phase: 'loading' },
    user: null,
    code: '',
    nextCode: '',

    async load() {
      try {
        set({ state: { phase: 'ready', token: await client.tokens.get({ id }), error: null } });
      } catch (error) {
        set({ state: { phase: 'unreadable', error } });
      }
    },

    choose: (user) => set({ user }),
    type: (typed) => set(typed),

    async assign() {
      const { state, user, code, nextCode } = get();
      if (state.phase !== 'ready' || !user) return;
      set({ state: { ...state, phase: 'assigning', error: null } });
      try {
        const codes = { ...(code !== '' && { code }), ...(code !== '' && nextCode !== '' && { nextCode }) };
        set({ state: { phase: 'assigned', token: await client.tokens.assign({ id, userId: user.id, ...codes }) } });
      } catch (error) {
        // A code is good once.
        set({ state: { ...state, error }, code: '', nextCode: '' });
      }
    },
  }));
}
