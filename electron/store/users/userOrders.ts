import type { DatabaseSync } from 'node:sqlite';
import { readIds } from './userConnection.ts';
import { isBefore, orderBy } from './userOrder.ts';
import type { UserSort } from './userOrder.ts';

/** Everybody in one order. */
export interface Order {
  readonly ids: Uint32Array<ArrayBuffer>;
  /** Position by id. Made when a search needs it. */
  ranks(): Uint32Array<ArrayBuffer>;
}

interface HeldOrder extends Order {
  readonly version: number;
  usedAt: number;
}

/** So many changed users are moved to their new places; more make a new order cheaper. */
const mostMoves = 64;
/** 4 MB each with a million users, 8 when searched. */
const mostOrders = 24;

export interface UserOrders {
  /** The order as it is at `version`, or null. Inside a read transaction that is at this version. */
  at(sort: UserSort, version: number): Order | null;
  keep(sort: UserSort, version: number, ids: Uint32Array<ArrayBuffer>): void;
  /**
   * Brings one order that is behind to this version, or drops it; false when none is behind. To be called soon after a
   * commit, while the log still knows what changed.
   */
  bringOne(version: number): boolean;
}

const nameOf = ({ column, descending }: UserSort) => `${column}${descending ? ':desc' : ''}`;

/** Orders held in memory, each good for one version of the list. After small changes they are mended instead of thrown away. */
export function createUserOrders(database: DatabaseSync): UserOrders {
  const held = new Map<string, HeldOrder & { readonly sort: UserSort }>();
  let uses = 0;

  const orders: UserOrders = {
    at(sort, version) {
      const order = held.get(nameOf(sort));
      if (!order || order.version > version) return null;
      if (order.version < version) {
        held.delete(nameOf(sort));
        const changed = changedSince(database, order.version);
        if (!changed) return null;
        orders.keep(sort, version, moved(database, order.ids, sort, changed));
        return orders.at(sort, version);
      }
      order.usedAt = ++uses;
      return order;
    },

    keep(sort, version, ids) {
      const before = held.get(nameOf(sort));
      if (before && before.version > version) return;
      held.set(nameOf(sort), { sort, version, usedAt: ++uses, ids, ranks: lazily(() => ranksOf(ids)) });
      if (held.size <= mostOrders) return;
      const [oldest] = [...held].sort(([, a], [, b]) => a.usedAt - b.usedAt);
      if (oldest) held.delete(oldest[0]);
    },

    bringOne(version) {
      const behind = [...held.values()].find((order) => order.version < version);
      if (behind) orders.at(behind.sort, version);
      return behind !== undefined;
    },
  };
  return orders;
}

/** Ids of users that changed after `version`, or null when the log does not reach back that far or there are too many. */
function changedSince(database: DatabaseSync, version: number): Uint32Array | null {
  const { first } = database.prepare('SELECT min(seq) AS first FROM users_unindexed').get() as { first: number | null };
  if (first === null || first > version + 1) return null;
  const changed = readIds(database, `SELECT DISTINCT user_id AS id FROM users_unindexed WHERE seq > ? LIMIT ${mostMoves + 1}`, version);
  return changed.length > mostMoves ? null : changed;
}

function moved(database: DatabaseSync, ids: Uint32Array, sort: UserSort, changed: Uint32Array): Uint32Array<ArrayBuffer> {
  const rest = without(ids, changed);
  const list = JSON.stringify(Array.from(changed));
  const movers = readIds(database, `SELECT id FROM users WHERE id IN (SELECT value FROM json_each(?)) ORDER BY ${orderBy(sort)}`, list);
  const compare = database.prepare(`SELECT ${isBefore(sort)} AS before FROM users AS a, users AS b WHERE a.id = ? AND b.id = ?`);

  const result = new Uint32Array(rest.length + movers.length);
  let copied = 0;
  movers.forEach((mover, index) => {
    let low = copied;
    let high = rest.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const { before } = compare.get(rest[middle] ?? 0, mover) as { before: number };
      if (before) low = middle + 1;
      else high = middle;
    }
    result.set(rest.subarray(copied, low), copied + index);
    result[low + index] = mover;
    copied = low;
  });
  result.set(rest.subarray(copied), copied + movers.length);
  return result;
}

/** A look for each id, and one copy: several times faster than asking about every place. */
function without(ids: Uint32Array, gone: Uint32Array): Uint32Array<ArrayBuffer> {
  const places = Array.from(gone, (id) => ids.indexOf(id)).filter((place) => place >= 0);
  places.sort((a, b) => a - b);
  const rest = new Uint32Array(ids.length - places.length);
  let from = 0;
  places.forEach((place, index) => {
    rest.set(ids.subarray(from, place), from - index);
    from = place + 1;
  });
  rest.set(ids.subarray(from), from - places.length);
  return rest;
}

function ranksOf(ids: Uint32Array): Uint32Array<ArrayBuffer> {
  const ranks = new Uint32Array(ids.reduce((most, id) => Math.max(most, id), 0) + 1);
  for (let position = 0; position < ids.length; position++) ranks[ids[position] ?? 0] = position;
  return ranks;
}

function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** `found` in the given order. */
export function inOrder(order: Order, found: Uint32Array): Uint32Array<ArrayBuffer> {
  const ranks = order.ranks();
  if (found.length < order.ids.length / 32) {
    return found
      .map((id) => ranks[id] ?? 0)
      .sort()
      .map((rank) => order.ids[rank] ?? 0);
  }
  // Marking all places and walking over them beats sorting from a few per cent on.
  const isFound = new Uint8Array(order.ids.length);
  for (const id of found) isFound[ranks[id] ?? 0] = 1;
  return order.ids.filter((_, position) => isFound[position]);
}
