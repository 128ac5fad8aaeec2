import { DatabaseSync } from 'node:sqlite';
import { addressKind } from '../../../shared/email/mailPlan.ts';
import { fold } from '../../../shared/lib/fold.ts';

/** Adds the functions that our SQL about users calls: `fold(text)`, `digits(text)` and `address_kind(email, username)`. Needed once per connection. */
export function addUserFunctions(database: DatabaseSync): void {
  database.function('fold', { deterministic: true }, (text) => fold(String(text)));
  database.function('digits', { deterministic: true }, (text) => digitsOf(String(text)));
  addMailFunctions(database);
}

/** Adds what `alikeUsers` calls. Part of `addUserFunctions`. */
export function addMailFunctions(database: DatabaseSync): void {
  database.function('address_kind', { deterministic: true }, (email, username) => addressKind(String(email), String(username)));
}

/** Opens the store for reading users. What others commit is seen at the next statement; nothing waits for a writer. */
export function openForReading(file: string): DatabaseSync {
  const database = new DatabaseSync(file, { readOnly: true, timeout: 5_000 });
  database.exec('PRAGMA trusted_schema=OFF; PRAGMA cache_size=-16000; PRAGMA temp_store=MEMORY;');
  // The trigrams of the search index, in order.
  database.exec('CREATE VIRTUAL TABLE temp.users_search_terms USING fts5vocab (main, users_search, row)');
  addUserFunctions(database);
  return database;
}

/** Opens the store for the search index, which can be made again: a commit that a power cut takes back is no loss. */
export function openForIndexing(file: string): DatabaseSync {
  const database = new DatabaseSync(file, { timeout: 5_000 });
  database.exec('PRAGMA synchronous=NORMAL; PRAGMA trusted_schema=OFF; PRAGMA cache_size=-16000;');
  addUserFunctions(database);
  return database;
}

/** SQL for `fold(expression)`. Plain ASCII, which has as many characters as bytes and is nearly everything, is folded without calling back into JavaScript. */
export function foldedSql(expression: string): string {
  return `CASE WHEN octet_length(${expression}) = length(${expression}) THEN lower(${expression}) ELSE fold(${expression}) END`;
}

export function digitsOf(text: string): string {
  return text.replaceAll(/\D+/g, '');
}

/** Ids that a statement selects in its only column, in the order of its rows. One text is several times faster to fetch than many rows. */
export function readIds(database: DatabaseSync, sql: string, ...parameters: (string | number)[]): Uint32Array<ArrayBuffer> {
  const row = database.prepare(`SELECT count(*) AS n, group_concat(id) AS ids FROM (${sql})`).get(...parameters) as {
    n: number;
    ids: string | null;
  };
  return parseIds(row.ids, row.n);
}

/** `count` numbers, separated by commas, as group_concat writes them. */
export function parseIds(list: string | null, count: number): Uint32Array<ArrayBuffer> {
  const ids = new Uint32Array(count);
  const text = list ?? '';
  let at = 0;
  let id = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 44) {
      ids[at++] = id;
      id = 0;
    } else {
      id = id * 10 + code - 48;
    }
  }
  if (count > 0) ids[at] = id;
  return ids;
}

export function concatIds(parts: readonly Uint32Array[]): Uint32Array<ArrayBuffer> {
  const all = new Uint32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
