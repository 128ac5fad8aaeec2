import { createStore, type StoreApi } from 'zustand/vanilla';
import type { TokenRow } from '../../../shared/contract/tokens.contract.ts';
import type { ConsoleClient } from '../../app/client.tsx';

export type UnassignTokenState =
  | { readonly phase: 'loading' }
  | { readonly phase: 'unreadable'; readonly error: unknown }
  /** `isLast`: its user has no other token. */
  | { readonly phase: 'asking' | 'working'; readonly token: TokenRow; readonly isLast: boolean; readonly error: unknown }
  | { readonly phase: 'unassigned'; readonly token: TokenRow };

export interface UnassignTokenStore {
  readonly state: UnassignTokenState;
  load(): Promise<void>;
  unassign(): Promise<void>;
}

/** One token that is taken from its user. */
export function createUnassignTokenStore(client: Pick<ConsoleClient, 'tokens'>, id: number): StoreApi<UnassignTokenStore> {
  return createStore<UnassignTokenStore>()((set, get) => ({
    state: { phase: 'loading' },

    async load() {
      try {
        const [token, losses] = await Promise.all([client.tokens.get({ id }), client.tokens.previewRemove({ ids: [id] })]);
        set({ state: { phase: 'asking', token, isLast: losses.usersWithout > 0, error: null } });
      } catch (error) {
        set({ state: { phase: 'unreadable', error } });
      }
    },

    async unassign() {
      const { state } = get();
      if (state.phase !== 'asking') return;
      set({ state: { ...state, phase: 'working', error: null } });
      try {
        set({ state: { phase: 'unassigned', token: await client.tokens.unassign({ id }) } });
      } catch (error) {
        set({ state: { ...state, error } });
      }
    },
  }));
}
