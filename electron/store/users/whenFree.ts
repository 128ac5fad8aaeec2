import type { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import { AppError, isAppError } from '../../../shared/contract/errors.ts';
import { toStoreError } from '../storeErrors.ts';
import { transaction } from '../transaction.ts';

const retryMs = 20;

/**
 * Runs `work` in one write transaction as soon as no other process or thread is writing, without holding up this thread
 * while it waits. Rejects with AppError `store-busy` after `patienceMs`. The connection needs a short busy timeout.
 */
export async function writeWhenFree<T>(database: DatabaseSync, patienceMs: number, work: () => T): Promise<T> {
  const until = performance.now() + patienceMs;
  for (;;) {
    try {
      return transaction(database, 'BEGIN IMMEDIATE', work);
    } catch (thrown) {
      const error = isAppError(thrown) ? thrown : toStoreError(thrown);
      if (!isAppError(error, 'store-busy')) throw thrown;
      if (performance.now() >= until) throw new AppError('store-busy', error.message, { cause: thrown });
    }
    await delay(retryMs);
  }
}
