import { createStore, type StoreApi } from 'zustand/vanilla';
import type { TokenRow } from '../../../shared/contract/tokens.contract.ts';
import type { ConsoleClient } from '../../app/client.tsx';

export type ResyncTokenState =
  | { readonly phase: 'loading' }
  | { readonly phase: 'unreadable'; readonly error: unknown }
  /** `error`: why the last search found nothing. */
  | { readonly phase: 'ready' | 'searching'; readonly token: TokenRow; readonly error: unknown }
  | { readonly phase: 'found'; readonly token: TokenRow };

export interface ResyncTokenStore {
  readonly state: ResyncTokenState;
  /** As typed. */
  readonly code: string;
  readonly nextCode: string;
  load(): Promise<void>;
  type(typed: { readonly code?: string; readonly nextCode?: string }): void;
  resync(): Promise<void>;
}

/** Finds a token again by its codes. */
export function createResyncTokenStore(client: Pick<ConsoleClient, 'tokens'>, id: number): StoreApi<ResyncTokenStore> {
  return createStore<ResyncTokenStore>()((set, get) => ({
    state: { phase: 'loading' },
    code: '',
    nextCode: '',

    async load() {
      try {
        set({ state: { phase: 'ready', token: await client.tokens.get({ id }), error: null } });
      } catch (error) {
        set({ state: { phase: 'unreadable', error } });
      }
    },

    type: (typed) => set(typed),

    async resync() {
      const { state, code, nextCode } = get();
      if (state.phase !== 'ready') return;
      set({ state: { ...state, phase: 'searching', error: null } });
      try {
        const token = await client.tokens.resync({ id, code, ...(nextCode.trim() !== '' && { nextCode }) });
        set({ state: { phase: 'found', token } });
      } catch (error) {
        set({ state: { ...state, error }, code: '', nextCode: '' });
      }
    },
  }));
}
