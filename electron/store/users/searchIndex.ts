import type { DatabaseSync } from 'node:sqlite';
import { transaction } from '../transaction.ts';
import { searchTextSql } from './userSearch.ts';

/**
 * Takes up to `limit` changes from the front of the log into the search index, in one short transaction.
 * Answers how many changes it took; 0 means that the index is up to date. The connection needs `addUserFunctions`.
 */
export function indexSome(database: DatabaseSync, limit: number): number {
  const ahead = database.prepare('SELECT min(seq) AS first FROM users_unindexed').get() as { first: number | null };
  if (ahead.first === null) return 0;
  return transaction(database, 'BEGIN IMMEDIATE', () => {
    // Read again inside the transaction: another process may have been here.
    const { first } = database.prepare('SELECT min(seq) AS first FROM users_unindexed').get() as { first: number | null };
    if (first === null) return 0;
    const end = first + limit;
    const changed = `SELECT user_id FROM users_unindexed WHERE seq < ${end}`;
    database.exec(`DELETE FROM users_search WHERE rowid IN (${changed})`);
    database.exec(`INSERT INTO users_search (rowid, text) SELECT id, ${searchTextSql} FROM users WHERE id IN (${changed})`);
    return Number(database.prepare(`DELETE FROM users_unindexed WHERE seq < ${end}`).run().changes);
  });
}
