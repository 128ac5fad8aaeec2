import type { DatabaseSync } from 'node:sqlite';
import { findAll } from './findUsers.ts';
import { concatIds, readIds } from './userConnection.ts';
import type { SlowAnswer, SlowQuery } from './userMessages.ts';
import { orderBy } from './userOrder.ts';
import { parseSearch, readVersion } from './userSearch.ts';

/**
 * Answers one slow query from one committed state of the store. Calls `pause` between steps; where that rejects, the
 * work ends. One at a time per connection.
 */
export async function answerSlowly(database: DatabaseSync, query: SlowQuery, pause: () => Promise<void>): Promise<SlowAnswer> {
  database.exec('BEGIN');
  try {
    const version = readVersion(database);
    return { version, ids: await readAnswer(database, query, pause) };
  } finally {
    database.exec('ROLLBACK');
  }
}

async function readAnswer(database: DatabaseSync, query: SlowQuery, pause: () => Promise<void>): Promise<Uint32Array<ArrayBuffer>> {
  if (query.kind === 'order') return readIds(database, `SELECT id FROM users ORDER BY ${orderBy(query.sort)}`);
  const search = parseSearch(query.selection);
  const window = `ORDER BY ${query.kind === 'top' ? orderBy(query.sort) : ''} LIMIT ? OFFSET ?`;
  if (query.kind === 'top' && search.key === '') return readIds(database, `SELECT id FROM users ${window}`, query.limit, query.offset);

  const parts: Uint32Array<ArrayBuffer>[] = [];
  for (const part of findAll(database, search)) {
    parts.push(part);
    await pause();
  }
  const found = concatIds(parts);
  if (query.kind === 'found') return found;
  const sql = `SELECT id FROM users WHERE id IN (SELECT value FROM json_each(?)) ${window}`;
  return readIds(database, sql, JSON.stringify(Array.from(found)), query.limit, query.offset);
}
