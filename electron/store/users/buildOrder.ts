import type { DatabaseSync } from 'node:sqlite';
import type { UserColumn } from '../../../shared/contract/users.contract.ts';
import { sortKeys } from './sortKeys.ts';
import type { Keys } from './sortKeys.ts';
import { parseIds, readIds } from './userConnection.ts';
import { sortKey } from './userOrder.ts';

/** Everybody by one column, in both directions. */
export interface ColumnOrder {
  readonly ascending: Uint32Array<ArrayBuffer>;
  readonly descending: Uint32Array<ArrayBuffer>;
}

/** Ids whose keys are read before the work may be cancelled: some 20 ms. */
const readStep = 10_000;

/**
 * Makes the orders that orderBy describes, several times faster than SQL: keys are read in the order of the table and
 * sorted as bytes, which is how SQLite compares them. Inside a read transaction; `pause` as in answerSlowly.
 */
export async function buildOrder(database: DatabaseSync, column: UserColumn, pause: () => Promise<void>): Promise<ColumnOrder> {
  const byUsername = readIds(database, 'SELECT id FROM users ORDER BY username_key');
  await pause();
  if (column === 'username') return { ascending: byUsername, descending: byUsername.slice().reverse() };
  const keys = await readKeys(database, column, byUsername, pause);
  const empty = keys.isFilled.reduce((sum, filled) => sum - filled, byUsername.length);
  const rows = new Uint32Array(byUsername.length - empty);
  const last = new Uint32Array(empty);
  let [filledAt, emptyAt] = [0, 0];
  keys.isFilled.forEach((isFilled, row) => {
    if (isFilled) rows[filledAt++] = row;
    else last[emptyAt++] = byUsername[row] ?? 0;
  });
  const isSame = sortKeys(keys, rows);
  const filled = rows.map((row) => byUsername[row] ?? 0);
  return { ascending: joined(filled, last), descending: joined(turned(filled, isSame), last) };
}

/** Keys by the place of their user in `byUsername`, so that the number of a row decides between equal keys. */
async function readKeys(
  database: DatabaseSync,
  column: UserColumn,
  byUsername: Uint32Array,
  pause: () => Promise<void>,
): Promise<Keys & { readonly isFilled: Uint8Array }> {
  const { key, filled } = sortKey(column);
  const statement =
    database.prepare(`SELECT count(*) AS n, group_concat(id) AS ids, CAST(group_concat(key, '') AS BLOB) AS bytes, group_concat(octet_length(key)) AS lengths
    FROM (SELECT id, ${key} AS key FROM users WHERE id >= ? AND id < ? AND ${filled})`);
  const lastId = byUsername.reduce((most, id) => Math.max(most, id), 0);
  const rowOf = new Uint32Array(lastId + 1);
  byUsername.forEach((id, row) => (rowOf[id] = row));

  const [starts, ends] = [new Uint32Array(byUsername.length), new Uint32Array(byUsername.length)];
  const isFilled = new Uint8Array(byUsername.length);
  const parts: Uint8Array[] = [];
  let at = 0;
  for (let from = 0; from <= lastId; from += readStep) {
    const part = statement.get(from, from + readStep) as {
      n: number;
      ids: string | null;
      bytes: Uint8Array | null;
      lengths: string | null;
    };
    const lengths = parseIds(part.lengths, part.n);
    parseIds(part.ids, part.n).forEach((id, index) => {
      const row = rowOf[id] ?? 0;
      isFilled[row] = 1;
      starts[row] = at;
      at += lengths[index] ?? 0;
      ends[row] = at;
    });
    if (part.bytes) parts.push(part.bytes);
    await pause();
  }
  return { bytes: Buffer.concat(parts), starts, ends, isFilled };
}

function joined(first: Uint32Array, second: Uint32Array): Uint32Array<ArrayBuffer> {
  const all = new Uint32Array(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all;
}

/** From the last to the first, but people with equal cells stay as they are. */
function turned(ids: Uint32Array<ArrayBuffer>, isSame: Uint8Array): Uint32Array<ArrayBuffer> {
  const result = new Uint32Array(ids.length);
  let end = ids.length;
  for (let place = ids.length - 1; place >= 0; place--) {
    if (isSame[place]) continue;
    result.set(ids.subarray(place, end), ids.length - end);
    end = place;
  }
  return result;
}
