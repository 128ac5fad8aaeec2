import { hostname } from 'node:os';
import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises';
import manifest from '../../../package.json' with { type: 'json' };
import type { RestoreOutcome } from '../../../shared/contract/backups.contract.ts';
import { AppError, isAppError } from '../../../shared/contract/errors.ts';
import type { Restores } from '../../services/backups/backupService.ts';
import { passphraseEntry } from '../../services/vault/vault.ts';
import { createRestoreThread } from '../../store/backups/restoreThread.ts';
import { workerFile } from './installFolder.ts';
import { openConsole, type OpenConsole, type OpenOptions } from './openConsole.ts';
import { openWithRecovery, withNextStep, type DamagedStore } from './openWithRecovery.ts';

/** What a host does with its console. */
export interface ConsoleHost {
  /** See openWithRecovery. */
  ask(damaged: DamagedStore): Promise<boolean>;
  /** The console is about to stop: nobody may reach it any more. */
  hide(): void;
  /** Another console has taken its place. */
  show(console: OpenConsole): void;
  /** None could: it stopped, and this is why. */
  lost(error: unknown): void;
}

export interface RunningConsole {
  /** The one that runs now. */
  readonly router: OpenConsole['router'];
  stop(): Promise<void>;
}

/** A program that is just ending has let go of the store by then. */
const busyTries = 10;
const busyMs = 500;

/**
 * Opens a console, and another one in its place whenever a backup was restored from within. Who is signed in to the host stays so: that is no
 * part of the store. Throws what openWithRecovery throws.
 */
export async function runConsole(
  { kind, dataFolder }: Pick<OpenOptions, 'kind' | 'dataFolder'>,
  host: ConsoleHost,
): Promise<RunningConsole> {
  const thread = createRestoreThread(workerFile('restoreWorker'), dataFolder);
  let changing = Promise.resolve();

  const restores: Restores = {
    stage: (request, options) => thread.stage({ ...request, keyBinding: passphraseEntry }, options),
    carryOut(order) {
      // In the next turn: the job that asks for it has ended by then, and whoever watches it knows.
      changing = nextTurn().then(() => exchange(order));
    },
  };
  const options = { kind, dataFolder, restores };
  let current: OpenConsole | null = await openWithRecovery(options, host.ask);

  async function exchange(order: Parameters<Restores['carryOut']>[0]): Promise<void> {
    host.hide();
    try {
      await current?.stop();
      current = null;
      current = await openConsole({ ...options, restoreFailure: await apply(order) });
    } catch (error) {
      current = null;
      return host.lost(withNextStep(error, dataFolder).advised);
    }
    host.show(current);
  }

  /** Answers why it could not be done. */
  async function apply({ account, file }: Parameters<Restores['carryOut']>[0]): Promise<RestoreOutcome | null> {
    const order = { account, file, host: `${kind} on ${hostname()}`, version: manifest.version, serverName: hostname() };
    for (let tried = 1; ; tried++) {
      try {
        await thread.apply(order);
        return null;
      } catch (error) {
        // Windows says it only when a file is moved.
        if ((isAppError(error, 'store-in-use') || isAppError(error, 'store-busy')) && tried < busyTries) {
          await wait(busyMs);
          continue;
        }
        await thread.abandon();
        const { code, message, details } = isAppError(error)
          ? error
          : new AppError('internal', 'Something went wrong in the console.', { details: { cause: String(error) } });
        return { at: Date.now(), file, restored: null, error: { code, message, ...(details && { details }) } };
      }
    }
  }

  return {
    get router() {
      if (!current) throw new Error('No console runs.');
      return current.router;
    },
    async stop() {
      await changing;
      await current?.stop();
      current = null;
      await thread.close();
    },
  };
}
