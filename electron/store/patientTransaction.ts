import type { DatabaseSync } from 'node:sqlite';
import { AppError } from '../../shared/contract/errors.ts';
import { commitOrUndo } from './transaction.ts';

/** An import of a million people holds the write lock for some seconds. */
const patienceMs = 60_000;
/**
 * Whoever writes much leaves a gap of some milliseconds between two transactions, and who looks less often than that may miss it for
 * seconds. A failed look costs 0.02 ms.
 */
const pausesMs = { first: 1, atFirst: 4, after: 25 };
const atFirstMs = 2_000;

/**
 * Runs `work` in one transaction with the write lock, and lets other calls be answered while somebody else has it: SQLite's own
 * way of waiting stops the whole thread. Rejects with what `work` throws, after the rollback; with `store-busy` after a minute;
 * with the signal's reason when it aborts before the lock was had. `work` must not wait for anything.
 */
export async function patientTransaction<T>(database: DatabaseSync, work: () => T, signal?: AbortSignal): Promise<T> {
  const waitedFrom = performance.now();
  for (let pauseMs = pausesMs.first; !begin(database); pauseMs *= 2) {
    signal?.throwIfAborted();
    const waitedMs = performance.now() - waitedFrom;
    pauseMs = Math.min(pauseMs, waitedMs < atFirstMs ? pausesMs.atFirst : pausesMs.after);
    if (waitedMs > patienceMs) throw new AppError('store-busy', 'Another process is writing to the store.');
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
  return commitOrUndo(database, work);
}

/** SQLITE_BUSY, https://sqlite.org/rescode.html */
const busy = 5;

/** False when somebody else has the write lock. */
function begin(database: DatabaseSync): boolean {
  const { timeout } = database.prepare('PRAGMA busy_timeout').get() as { timeout: number };
  try {
    database.exec('PRAGMA busy_timeout=0; BEGIN IMMEDIATE');
    return true;
  } catch (error) {
    if (((error as { errcode?: number }).errcode ?? 0) % 256 === busy) return false;
    throw error;
  } finally {
    database.exec(`PRAGMA busy_timeout=${timeout}`);
  }
}
