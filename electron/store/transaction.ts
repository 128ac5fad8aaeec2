import type { DatabaseSync } from 'node:sqlite';

/**
 * Runs `work` in one transaction: all of it is committed, or none. `BEGIN IMMEDIATE` takes the write lock at once, so that
 * nothing read inside can be outdated when it is written. Throws what `work` throws, after the rollback.
 */
export function transaction<T>(database: DatabaseSync, begin: 'BEGIN' | 'BEGIN IMMEDIATE', work: () => T): T {
  database.exec(begin);
  return commitOrUndo(database, work);
}

/** The rest of a transaction that has begun: runs `work` and commits, or throws what it throws, after the rollback. */
export function commitOrUndo<T>(database: DatabaseSync, work: () => T): T {
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
