import { createStore } from 'zustand/vanilla';
import type { DirectorySettings, ServerState } from '../../../shared/contract/directory.contract.ts';
import type { AppError } from '../../../shared/contract/errors.ts';
import type { ConsoleClient } from '../../app/client.tsx';
import { asAppError } from '../../ui/asAppError.ts';

export type DirectoryState =
  | { readonly phase: 'loading' }
  | { readonly phase: 'not-configured' }
  | {
      readonly phase: 'configured';
      readonly settings: DirectorySettings;
      readonly passwordStored: boolean;
      readonly servers: readonly ServerState[];
    }
  | { readonly phase: 'failed'; readonly error: AppError };

export interface DirectoryStore {
  readonly state: DirectoryState;
  readonly isSwitching: boolean;
  load(): Promise<void>;
  /** Makes the sample directory the configured one. */
  useSample(): Promise<void>;
}

/** The directory that is configured. */
export function createDirectoryStore(client: Pick<ConsoleClient, 'directory'>) {
  return createStore<DirectoryStore>()((set, get) => ({
    state: { phase: 'loading' },
    isSwitching: false,

    async load() {
      try {
        const [{ settings, passwordStored }, { servers }] = await Promise.all([client.directory.get(null), client.directory.servers(null)]);
        set({ state: settings === null ? { phase: 'not-configured' } : { phase: 'configured', settings, passwordStored, servers } });
      } catch (error) {
        set({ state: { phase: 'failed', error: asAppError(error) } });
      }
    },

    async useSample() {
      set({ isSwitching: true });
      try {
        await client.directory.useSample(null);
        await get().load();
      } catch (error) {
        set({ state: { phase: 'failed', error: asAppError(error) } });
      } finally {
        set({ isSwitching: false });
      }
    },
  }));
}
