import { createStore, type StoreApi } from 'zustand/vanilla';
import type { z } from 'zod';
import type { DirectorySettings } from '../../shared/contract/directory.contract.ts';
import { isAppError } from '../../shared/contract/errors.ts';
import type { appContract, VaultState } from '../../shared/contract/app.contract.ts';
import type { PaneId } from '../i18n/en/shell.ts';
import type { ConsoleClient } from './client.tsx';
import type { ConnectionState } from './durableChannel.ts';
import { paneOfStep, type SetupStepId } from './setup/setupSteps.ts';

export type ServerStatus = z.output<(typeof appContract)['status']['output']>;

/** Commands that a pane lends to the menus while it is shown. */
export interface PaneCommands {
  refresh?(): void;
  chooseColumns?(): void;
  focusSearch?(): void;
  /** Offers what the list shows, and what is selected in it, beside all users. */
  exportUsers?(): void;
}

/** What a pane says in the status line. */
export interface PaneStatus {
  /** One sentence behind a triangle, at the left. */
  readonly warning?: string;
  /** At the right. */
  readonly counts?: string;
}

/** What would be lost if the pane that is shown were left. */
export interface UnsavedInput {
  /** What it is, as a sentence. */
  readonly text: string;
  discard(): void;
}

/** What of a pane is wanted: the tab with the mails that wait or failed; users who are enabled and cannot use a second factor yet. */
export type PaneAim = 'outbox' | 'incomplete';

/** Where to go once it is decided what becomes of unsaved input. */
interface Way {
  readonly paneId: PaneId;
  readonly importJobId?: string | null;
  readonly setupStep?: SetupStepId | null;
  readonly aim?: PaneAim | null;
}

export interface ShellStore {
  readonly connection: ConnectionState;
  /** Null until the server has answered for the first time. */
  readonly server: ServerStatus | null;
  /** Null where none is configured; undefined until the server has answered. */
  readonly directory: DirectorySettings | null | undefined;
  readonly paneId: PaneId;
  /** With what in mind the pane was opened; null: with nothing. It looks at this when it appears. */
  readonly aim: PaneAim | null;
  /** The Users pane shows only what this import added or updated. */
  readonly importJobId: string | null;
  /** Where the Authentication Configuration Wizard is; null while it is closed. */
  readonly setupStep: SetupStepId | null;
  readonly paneCommands: PaneCommands;
  readonly paneStatus: PaneStatus;
  readonly unsaved: UnsavedInput | null;
  /** The way that waits for an answer. */
  readonly leaving: Way | null;

  /** Unsaved input of the pane that is shown is asked about first; so it is in `showImport`. */
  showPane(paneId: PaneId, aim?: PaneAim): void;
  /** Goes to the Users pane and shows who came with this import; null shows everybody again. */
  showImport(jobId: string | null): void;
  /** Shows a step of the wizard, which is a pane; null closes it. */
  showSetup(step: SetupStepId | null): void;
  setConnection(connection: ConnectionState): void;
  holdPane(unsaved: UnsavedInput | null): void;
  /** The answer: goes on without the unsaved input, or stays with it. */
  leave(): void;
  stay(): void;
  lendCommands(commands: PaneCommands): void;
  setPaneStatus(status: PaneStatus): void;
  /** Asks the server for its name, version and vault. */
  readServer(): Promise<void>;
  /** Asks the server which directory is configured. Answers what it found. */
  readDirectory(): Promise<DirectorySettings | null>;
  setVault(vault: VaultState): void;
}

/** State of the window around the panes. */
export function createShellStore(client: Pick<ConsoleClient, 'app' | 'directory'>, firstPane: PaneId): StoreApi<ShellStore> {
  return createStore<ShellStore>()((set, get) => {
    function go(way: Way) {
      const { unsaved, paneId } = get();
      const whole = { aim: null, ...way };
      set(unsaved && way.paneId !== paneId ? { leaving: whole } : whole);
    }

    return {
      connection: 'connecting',
      server: null,
      directory: undefined,
      paneId: firstPane,
      aim: null,
      importJobId: null,
      setupStep: null,
      paneCommands: {},
      paneStatus: {},
      unsaved: null,
      leaving: null,

      showPane: (paneId, aim) => go({ paneId, aim: aim ?? null }),
      showImport: (importJobId) => go({ importJobId, paneId: 'users' }),
      showSetup: (setupStep) => go({ setupStep, paneId: setupStep === null ? get().paneId : paneOfStep(setupStep) }),
      holdPane: (unsaved) => set({ unsaved }),
      leave() {
        const { unsaved, leaving } = get();
        unsaved?.discard();
        set({ ...leaving, unsaved: null, leaving: null });
      },
      stay: () => set({ leaving: null }),
      setConnection: (connection) => set({ connection }),
      lendCommands: (paneCommands) => set({ paneCommands }),
      setPaneStatus: (paneStatus) => set({ paneStatus }),
      setVault: (vault) => set(({ server }) => ({ server: server && { ...server, vault } })),

      async readDirectory() {
        try {
          const { settings } = await client.directory.get(null);
          set({ directory: settings });
          return settings;
        } catch (error) {
          if (!isAppError(error)) throw error;
          return null;
        }
      },

      async readServer() {
        try {
          set({ server: await client.app.status(null) });
        } catch (error) {
          // The banner about the connection says it already; without a name the title is the product's alone.
          if (!isAppError(error)) throw error;
        }
      },
    };
  });
}
