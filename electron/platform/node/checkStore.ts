import { Worker } from 'node:worker_threads';
import type { DatabaseSync } from 'node:sqlite';
import { isLarge } from '../../store/database.ts';
import { workerFile } from './installFolder.ts';

/** The thread reads the whole file; it may as well wait until the console has answered its first calls. */
const startAfterMs = 5_000;

export interface StoreCheck {
  /** What was found wrong; undefined while nothing was. */
  damage(): string | undefined;
  stop(): void;
}

/** Checks a file that was too large to be checked before the start. Small ones have been checked by `openDatabase`. */
export function checkStore(database: DatabaseSync, file: string, report: (damage: string) => void): StoreCheck {
  let damage: string | undefined;
  let worker: Worker | undefined;
  const timer = setTimeout(() => {
    worker = new Worker(workerFile('checkWorker'), { workerData: { file }, name: 'store check' });
    worker.unref();
    worker.once('message', (found: string | null) => {
      if (found === null) return;
      damage = found;
      report(found);
    });
    worker.once('error', (error) => report(String(error)));
  }, startAfterMs).unref();
  if (!isLarge(database)) clearTimeout(timer);
  return {
    damage: () => damage,
    stop() {
      clearTimeout(timer);
      void worker?.terminate();
    },
  };
}
