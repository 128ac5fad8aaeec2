import { createStore, type StoreApi } from 'zustand/vanilla';
import { bypassSeconds } from '../../../shared/contract/bypasses.contract.ts';
import type { ConsoleClient } from '../../app/client.tsx';

export type BypassState =
  | { readonly phase: 'loading' }
  | { readonly phase: 'unreadable'; readonly error: unknown }
  /** `openUntil`: the end of the one that is open now. `error`: why the last start failed. */
  | { readonly phase: 'ready' | 'starting'; readonly username: string; readonly openUntil: number | null; readonly error: unknown }
  | { readonly phase: 'started'; readonly username: string; readonly expiresAt: number };

export interface BypassFormStore {
  readonly state: BypassState;
  /** As typed. */
  readonly seconds: string;
  readonly reason: string;
  load(): Promise<void>;
  type(typed: { readonly seconds?: string; readonly reason?: string }): void;
  start(seconds: number): Promise<void>;
}

export function createBypassStore(client: Pick<ConsoleClient, 'users' | 'verify' | 'bypasses'>, id: number): StoreApi<BypassFormStore> {
  const ref = { user: { id } };
  return createStore<BypassFormStore>()((set, get) => ({
    state: { phase: 'loading' },
    seconds: String(bypassSeconds.usual),
    reason: '',
    async load() {
      try {
        const [{ username }, { bypass }] = await Promise.all([client.users.get({ id }), client.verify.state(ref)]);
        set({ state: { phase: 'ready', username, openUntil: bypass?.expiresAt ?? null, error: null } });
      } catch (error) {
        set({ state: { phase: 'unreadable', error } });
      }
    },
    type: (typed) => set(typed),
    async start(seconds) {
      const { state, reason } = get();
      if (state.phase !== 'ready') return;
      set({ state: { ...state, phase: 'starting', error: null } });
      try {
        const { expiresAt } = await client.bypasses.start({ ...ref, seconds, reason });
        set({ state: { phase: 'started', username: state.username, expiresAt } });
      } catch (error) {
        set({ state: { ...state, phase: 'ready', error } });
      }
    },
  }));
}
