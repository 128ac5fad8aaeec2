import { createStore, type StoreApi } from 'zustand/vanilla';
import type { VerifyResult } from '../../../shared/contract/verify.contract.ts';
import type { ConsoleClient } from '../../app/client.tsx';

type User = Awaited<ReturnType<ConsoleClient['users']['get']>>;
type Standing = Awaited<ReturnType<ConsoleClient['verify']['state']>>;

export type TestUserState =
  | { readonly phase: 'loading' }
  | { readonly phase: 'unreadable'; readonly error: unknown }
  | { readonly phase: 'ready'; readonly test: TestPhase; readonly user: User; readonly standing: Standing };

export type TestPhase =
  | { readonly is: 'idle' }
  | { readonly is: 'testing' }
  | { readonly is: 'done'; readonly result: VerifyResult }
  | { readonly is: 'failed'; readonly error: unknown };

export interface TestUserStore {
  readonly state: TestUserState;
  load(): Promise<void>;
  /** Empty text counts as not entered. */
  test(secrets: { readonly code: string; readonly pin: string }): Promise<void>;
  unlock(): Promise<void>;
}

export function createTestUserStore(client: Pick<ConsoleClient, 'users' | 'verify'>, id: number): StoreApi<TestUserStore> {
  const ref = { user: { id } };

  return createStore<TestUserStore>()((set, get) => {
    /** Whatever the test did, afterwards the user may be locked, or a bypass used up. */
    async function settle(test: TestPhase) {
      const { state } = get();
      if (state.phase !== 'ready') return;
      set({ state: { ...state, test } });
      const standing = await client.verify.state(ref).catch(() => state.standing);
      const now = get().state;
      if (now.phase === 'ready') set({ state: { ...now, standing } });
    }

    return {
      state: { phase: 'loading' },
      async load() {
        try {
          const [user, standing] = await Promise.all([client.users.get({ id }), client.verify.state(ref)]);
          set({ state: { phase: 'ready', test: { is: 'idle' }, user, standing } });
        } catch (error) {
          set({ state: { phase: 'unreadable', error } });
        }
      },
      async test({ code, pin }) {
        const { state } = get();
        if (state.phase !== 'ready' || state.test.is === 'testing') return;
        set({ state: { ...state, test: { is: 'testing' } } });
        const secrets = { ...(code !== '' && { code }), ...(pin !== '' && { pin }) };
        await client.verify.check({ ...ref, ...secrets }).then(
          (result) => settle({ is: 'done', result }),
          (error: unknown) => settle({ is: 'failed', error }),
        );
      },
      async unlock() {
        await client.verify.unlock(ref).then(
          () => settle({ is: 'idle' }),
          (error: unknown) => settle({ is: 'failed', error }),
        );
      },
    };
  });
}
