import type { DatabaseSync } from 'node:sqlite';
import { fold } from '../../../shared/lib/fold.ts';
import { concatIds, readIds } from './userConnection.ts';
import { conditionBesideWords, indexQuery, rowCondition, unfoldedSearchTextSql } from './userSearch.ts';
import type { Search } from './userSearch.ts';

/** Rows that are looked at, or places of the index that are read, before others get a turn: 20 to 50 ms. */
const rowStep = 10_000;
const indexStep = 100_000;

export interface FewLimits {
  /** More hits than this are too many to fetch: some 10 µs each. */
  readonly hits: number;
  /** More rows than this are too many to look at: some 5 µs each. */
  readonly rows: number;
}

/** Everybody whom a search finds, in parts and in no order. Between two parts the caller may do other things, in one read transaction. */
export function* findAll(database: DatabaseSync, search: Search): Generator<Uint32Array<ArrayBuffer>, void> {
  const { id } = database.prepare('SELECT max(id) AS id FROM users').get() as { id: number | null };
  const lastId = id ?? 0;
  const row = rowCondition(search);
  const inIndex = indexQuery(database, search, { withShortWords: true });

  if (search.importJobId !== undefined && !inIndex) {
    const ids = readIds(database, 'SELECT id FROM users WHERE import_job = ?', search.importJobId);
    if (search.words.length === 0 && !search.filter) yield ids;
    else yield* filterInParts(database, ids, search);
    return;
  }
  if (!inIndex) {
    for (let from = 0; from < lastId; from += rowStep) {
      yield readIds(database, `SELECT id FROM users WHERE id > ? AND id <= ? AND ${row.sql}`, from, from + rowStep, ...row.parameters);
    }
    return;
  }

  const isPending = new Uint8Array(lastId + 1);
  const pending = readIds(database, 'SELECT DISTINCT user_id AS id FROM users_unindexed');
  for (const changed of pending) if (changed <= lastId) isPending[changed] = 1;
  for (let from = 0; from < lastId; from += indexStep) {
    const sql = 'SELECT rowid AS id FROM users_search WHERE rowid > ? AND rowid <= ? AND users_search MATCH ?';
    const found = readIds(database, sql, from, from + indexStep, inIndex.match);
    const settled = pending.length === 0 ? found : found.filter((hit) => !isPending[hit]);
    if (inIndex.isExact) yield settled;
    else yield* filterInParts(database, settled, search);
  }
  yield* filterInParts(database, pending, search);
}

/**
 * Everybody whom a search finds, in no order, or null when there may be more than the limits allow, or when the words are
 * too short for the index: then ask another thread.
 */
export function findFew(database: DatabaseSync, search: Search, limits: FewLimits): Uint32Array<ArrayBuffer> | null {
  const inIndex = indexQuery(database, search, { withShortWords: false });
  if (!inIndex) return search.importJobId === undefined ? null : findFewOfJob(database, search, search.importJobId, limits);

  const pending = readIds(database, `SELECT user_id AS id FROM users_unindexed LIMIT ${limits.rows + 1}`);
  if (pending.length > limits.rows) return null;
  const most = inIndex.isExact ? limits.hits : limits.rows;
  const found = readIds(database, `SELECT rowid AS id FROM users_search WHERE users_search MATCH ? LIMIT ${most + 1}`, inIndex.match);
  if (found.length > most) return null;

  const changed = new Set(pending);
  const settled = changed.size === 0 ? found : found.filter((id) => !changed.has(id));
  const sure = inIndex.isExact ? settled : filterIds(database, settled, search);
  return changed.size === 0 ? sure : concatIds([sure, filterIds(database, [...changed], search)]);
}

function findFewOfJob(database: DatabaseSync, search: Search, jobId: string, limits: FewLimits): Uint32Array<ArrayBuffer> | null {
  const isExact = search.words.length === 0 && !search.filter;
  const most = isExact ? limits.hits : limits.rows;
  const ids = readIds(database, `SELECT id FROM users WHERE import_job = ? LIMIT ${most + 1}`, jobId);
  if (ids.length > most) return null;
  return isExact ? ids : filterIds(database, ids, search);
}

/** Those of `ids` whom the search finds, in the same order. Looks at the users themselves: some 5 µs each. */
export function filterIds(database: DatabaseSync, ids: ArrayLike<number>, search: Search): Uint32Array<ArrayBuffer> {
  if (ids.length === 0) return new Uint32Array(0);
  const { words } = search;
  const { sql, parameters } = conditionBesideWords(search);
  const list = JSON.stringify(Array.from(ids));
  const from = `FROM json_each(?) AS list CROSS JOIN users ON users.id = list.value WHERE ${sql} ORDER BY list.key`;
  if (words.length === 0) return readIds(database, `SELECT users.id ${from}`, list, ...parameters);
  const rows = database.prepare(`SELECT users.id, ${unfoldedSearchTextSql} AS text ${from}`).all(list, ...parameters);
  const hits = (rows as { id: number; text: string }[]).filter((row) => {
    const text = fold(row.text);
    return words.every((spellings) => spellings.some((spelling) => text.includes(spelling)));
  });
  return Uint32Array.from(hits, ({ id }) => id);
}

function* filterInParts(database: DatabaseSync, ids: Uint32Array, search: Search): Generator<Uint32Array<ArrayBuffer>, void> {
  for (let at = 0; at < ids.length; at += rowStep) yield filterIds(database, ids.subarray(at, at + rowStep), search);
}
