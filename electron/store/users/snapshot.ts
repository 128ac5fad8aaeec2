import type { DatabaseSync } from 'node:sqlite';
import { readVersion } from './userSearch.ts';

/** Runs `read` in one read transaction, so that all it sees is of the version of the list that it is given. */
export function inSnapshot<T>(database: DatabaseSync, read: (version: number) => T): T {
  database.exec('BEGIN');
  try {
    return read(readVersion(database));
  } finally {
    database.exec('ROLLBACK');
  }
}
