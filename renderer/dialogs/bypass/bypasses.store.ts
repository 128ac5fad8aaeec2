import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Bypass } from '../../../shared/contract/bypasses.contract.ts';
import type { ConsoleClient } from '../../app/client.tsx';

export type BypassShow = 'open' | 'all';

export interface BypassesStore {
  readonly show: BypassShow;
  readonly list:
    | { readonly phase: 'loading' }
    | { readonly phase: 'shown'; readonly bypasses: readonly Bypass[]; readonly total: number }
    | { readonly phase: 'failed'; readonly error: unknown };
  /** The last revocation; `found` is false where the bypass was over already. */
  readonly revoked: { readonly username: string; readonly found: boolean } | null;
  readonly revokeError: unknown;
  load(): Promise<void>;
  choose(show: BypassShow): void;
  revoke(bypass: Bypass): Promise<void>;
  /** Reads the list again when one is started, used or revoked, and when one ends; until the returned function is called. */
  watch(): () => void;
}

/** An ended bypass shows as ended within this time. */
const refreshMs = 5_000;

export function createBypassesStore(client: Pick<ConsoleClient, 'bypasses'>): StoreApi<BypassesStore> {
  return createStore<BypassesStore>()((set, get) => ({
    show: 'open',
    list: { phase: 'loading' },
    revoked: null,
    revokeError: null,
    async load() {
      const { show } = get();
      try {
        const answer = await client.bypasses.list({ show, limit: 200 });
        if (get().show === show) set({ list: { phase: 'shown', ...answer } });
      } catch (error) {
        if (get().show === show) set({ list: { phase: 'failed', error } });
      }
    },
    choose(show) {
      set({ show, list: { phase: 'loading' } });
      void get().load();
    },
    async revoke({ userId, username }) {
      set({ revokeError: null, revoked: null });
      try {
        const { revoked } = await client.bypasses.revoke({ user: { id: userId } });
        set({ revoked: { username, found: revoked > 0 } });
      } catch (revokeError) {
        set({ revokeError });
      }
      await get().load();
    },
    watch() {
      const stop = client.bypasses.onChanged(() => void get().load());
      const timer = setInterval(() => void get().load(), refreshMs);
      return () => {
        stop();
        clearInterval(timer);
      };
    },
  }));
}
