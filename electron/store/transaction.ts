import type { DatabaseSync } from 'node:sqlite';

/**
 * Runs `work` in one transaction: all of it is committed, or none. `BEGIN IMMEDIATE` takes the write lock at once, so that
 * nothing read inside can be outdated when it is written. Throws what `work` throws, after the rollback.
 */
export function transaction<T>(database: DatabaseSync, begin: 'BEGIN' | 'BEGIN IMMEDIATE', work: () => T): T {
  database.exec(begin);
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    // SQLite has rolled back by itself after some errors, a full disk among them.
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}
