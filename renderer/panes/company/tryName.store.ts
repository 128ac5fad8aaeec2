import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AppError } from '../../../shared/contract/errors.ts';
import type { UsernameResolution } from '../../../shared/contract/usernames.contract.ts';
import type { ConsoleClient } from '../../app/client.tsx';
import { asAppError } from '../../ui/asAppError.ts';

export interface TryNameStore {
  readonly name: string;
  readonly isAsking: boolean;
  readonly isNameMissing: boolean;
  readonly result: UsernameResolution | null;
  readonly error: AppError | null;
  type(name: string): void;
  /** Asks whom the name means. An answer for a name that was changed meanwhile is not shown. */
  find(): Promise<void>;
}

/** Tries out which user a name means. */
export function createTryNameStore(client: { readonly usernames: ConsoleClient['usernames'] }): StoreApi<TryNameStore> {
  return createStore<TryNameStore>()((set, get) => ({
    name: '',
    isAsking: false,
    isNameMissing: false,
    result: null,
    error: null,

    type: (name) => set({ name, isNameMissing: false, result: null, error: null }),

    async find() {
      const { name, isAsking } = get();
      if (isAsking) return;
      if (name.trim() === '') return set({ isNameMissing: true });
      set({ isAsking: true, result: null, error: null });
      try {
        const result = await client.usernames.resolve({ name });
        if (get().name === name) set({ result });
      } catch (error) {
        if (get().name === name) set({ error: asAppError(error) });
      } finally {
        set({ isAsking: false });
      }
    },
  }));
}
