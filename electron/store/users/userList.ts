import type { DatabaseSync } from 'node:sqlite';
import type { UserRow } from '../../../shared/contract/users.contract.ts';
import type { UserSelection, UserWindow } from '../../services/users/userReader.ts';
import { filterIds, findFew } from './findUsers.ts';
import { concatIds, readIds } from './userConnection.ts';
import type { SlowAnswer, SlowQuery } from './userMessages.ts';
import { indexedParts, orderBy } from './userOrder.ts';
import type { UserSort } from './userOrder.ts';
import { createUserOrders, inOrder } from './userOrders.ts';
import type { Order } from './userOrders.ts';
import { createUserRows } from './userRows.ts';
import { parseSearch, readVersion } from './userSearch.ts';
import type { Search } from './userSearch.ts';
import { shareCalls } from './shareCalls.ts';
import { createVersionedCache } from './versionedCache.ts';

export interface UserListPorts {
  /** A connection of openForReading. */
  readonly database: DatabaseSync;
  /** Asks another thread, see answerSlowly. */
  slow(query: SlowQuery, signal?: AbortSignal): Promise<SlowAnswer>;
  now(): number;
}

export interface UserList {
  list(window: UserWindow, signal?: AbortSignal): Promise<UserRow[]>;
  count(selection: UserSelection, signal?: AbortSignal): Promise<number>;
  /** To be called now and then: small changes are taken over while the log still has them. */
  refresh(): void;
}

/** For so long a walk along the list may look for the first hits of a search. */
const walkMs = 12;
const walkStep = 400;
/** Up to here a window is found faster without an order. */
const topRows = 5_000;
/** So few hits are sorted by SQL where there is no order yet. */
const fewToSort = 1_000;

/** A window's ids, or what another thread must find first. */
type Found = { readonly ids: Uint32Array } | { readonly ask: SlowQuery };

/**
 * Answers windows and counts from what is held in memory for the present version of the list, and from indexes where
 * that is quick; everything else comes from the other thread and is kept. No turn takes more than some 20 ms.
 */
export function createUserList({ database, slow, now }: UserListPorts): UserList {
  const rows = createUserRows(database);
  const orders = createUserOrders(database);
  const found = createVersionedCache<Uint32Array<ArrayBuffer>>(12);
  const sorted = createVersionedCache<Uint32Array>(8);
  const shared = shareCalls(slow);
  const wanted = new Set<string>();

  /** Runs `read` in one read transaction, so that all it sees is of one version. */
  function at<T>(read: (version: number) => T): T {
    database.exec('BEGIN');
    try {
      return read(readVersion(database));
    } finally {
      database.exec('ROLLBACK');
    }
  }

  /** Has an order made in the background. */
  function want(sort: UserSort): void {
    const name = JSON.stringify(sort);
    if (wanted.has(name)) return;
    wanted.add(name);
    // Failing costs speed only: the next window asks again, and says what is wrong where it cannot do without.
    void ask({ kind: 'order', sort })
      .catch(() => undefined)
      .finally(() => wanted.delete(name));
  }

  async function ask(query: SlowQuery, signal?: AbortSignal): Promise<SlowAnswer> {
    const answer = await shared(query, signal);
    if (query.kind === 'order') orders.keep(query.sort, answer.version, answer.ids);
    if (query.kind === 'found') found.set(parseSearch(query.selection).key, answer.version, answer.ids);
    return answer;
  }

  function refresh(): void {
    // One order a turn: others are answered in between.
    if (at((version) => orders.bringOne(version))) setImmediate(refresh);
  }

  function everybody(window: UserWindow, version: number): Found {
    const { sort, offset, limit } = window;
    const order = orders.at(sort, version);
    if (order) return { ids: order.ids.subarray(offset, offset + limit) };
    const parts = indexedParts(sort);
    if (!parts && offset + limit > topRows) return { ask: { kind: 'order', sort } };
    // After the top, so that the first rows do not wait for the order.
    setImmediate(() => want(sort));
    return parts ? { ids: fromIndex(parts, offset, limit) } : { ask: { kind: 'top', selection: window, sort, offset, limit } };
  }

  function fromIndex(parts: readonly string[], offset: number, limit: number): Uint32Array {
    let skip = offset;
    const result: Uint32Array[] = [];
    let missing = limit;
    for (const [index, part] of parts.entries()) {
      const ids = readIds(database, `SELECT id FROM users ${part} LIMIT ? OFFSET ?`, missing, skip);
      result.push(ids);
      missing -= ids.length;
      if (missing === 0 || index === parts.length - 1) break;
      // Rows of this part that were skipped do not count in the next.
      const passed = readIds(database, `SELECT count(*) AS id FROM users ${part.replace(/ORDER BY.*/, '')}`)[0] ?? 0;
      skip = Math.max(0, skip - passed);
    }
    return concatIds(result);
  }

  /** Everybody found, or null when finding them takes long. */
  function findNow(search: Search, version: number): Uint32Array<ArrayBuffer> | null {
    const known = found.get(search.key, version);
    if (known) return known;
    const few = findFew(database, search);
    if (few) found.set(search.key, version, few);
    return few;
  }

  function searched(window: UserWindow, search: Search, version: number): Found {
    const { sort, offset, limit } = window;
    const end = offset + limit;
    const name = `${search.key} ${sort.column} ${String(sort.descending)}`;
    const known = sorted.get(name, version);
    if (known) return { ids: known.subarray(offset, end) };

    const order = orders.at(sort, version);
    const all = findNow(search, version);
    if (all && order) {
      const ids = inOrder(order, all);
      sorted.set(name, version, ids);
      return { ids: ids.subarray(offset, end) };
    }
    if (all) {
      if (all.length > fewToSort) return { ask: { kind: 'order', sort } };
      return { ids: sortFew(database, all, sort).subarray(offset, end) };
    }
    const first = walk(search, sort, end, order);
    if (first) return { ids: first.subarray(offset, end) };
    return { ask: { kind: 'found', selection: selectionOf(window) } };
  }

  /** Looks along the list from its top until `end` hits are found; null when that takes long. */
  function walk(search: Search, sort: UserSort, end: number, order: Order | null): Uint32Array | null {
    const parts = indexedParts(sort);
    if (!order && !parts) return null;
    const stopAt = now() + walkMs;
    const hits: Uint32Array[] = [];
    let count = 0;
    for (let from = 0; count < end; from += walkStep) {
      if (from > 0 && now() >= stopAt) return null;
      const ids = order ? order.ids.subarray(from, from + walkStep) : fromIndex(parts ?? [], from, walkStep);
      const some = filterIds(database, ids, search);
      hits.push(some);
      count += some.length;
      if (ids.length < walkStep) break;
    }
    return concatIds(hits);
  }

  return {
    async list(window, signal) {
      const search = parseSearch(window);
      for (let round = 0; ; round++) {
        const step = at((version) => {
          const part = search.key === '' ? everybody(window, version) : searched(window, search, version);
          return 'ids' in part ? { rows: rows.byIds(part.ids) } : part;
        });
        if ('rows' in step) return step.rows;
        // A list that changes faster than it can be looked through: one state of it is found and sorted in one go.
        const query: SlowQuery =
          round < 3 ? step.ask : { kind: 'top', selection: window, sort: window.sort, offset: window.offset, limit: window.limit };
        const answer = await ask(query, signal);
        if (query.kind === 'top') return rows.byIds(answer.ids);
      }
    },

    async count(selection, signal) {
      const search = parseSearch(selection);
      const sort: UserSort = { column: 'username', descending: false };
      const count = at((version) => (search.key === '' ? orders.at(sort, version)?.ids.length : findNow(search, version)?.length));
      return (
        count ??
        (await ask(search.key === '' ? { kind: 'order', sort } : { kind: 'found', selection: selectionOf(selection) }, signal)).ids.length
      );
    },

    refresh,
  };
}

function sortFew(database: DatabaseSync, ids: Uint32Array, sort: UserSort): Uint32Array {
  return readIds(
    database,
    `SELECT id FROM users WHERE id IN (SELECT value FROM json_each(?)) ORDER BY ${orderBy(sort)}`,
    JSON.stringify(Array.from(ids)),
  );
}

/** Without what else a window says, so that its count asks for the same. */
function selectionOf({ search, importJobId }: UserSelection): UserSelection {
  return { search, importJobId };
}
