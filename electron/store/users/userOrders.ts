import type { DatabaseSync } from 'node:sqlite';
import { changedSince } from './changedSince.ts';
import { readIds } from './userConnection.ts';
import { isBefore, orderBy } from './userOrder.ts';
import type { UserSort } from './userOrder.ts';

interface HeldOrder {
  readonly version: number;
  readonly sort: UserSort;
  readonly ids: Uint32Array<ArrayBuffer>;
}

/** So many changed users are moved to their new places; more make a new order cheaper. */
const mostMoves = 64;
export interface UserOrders {
  /** Everybody in this order as it is at `version`, or null. Inside a read transaction that is at this version. */
  at(sort: UserSort, version: number): Uint32Array<ArrayBuffer> | null;
  /** Whether there is an order, perhaps of an older version. */
  has(sort: UserSort): boolean;
  /** The order if it is of exactly this version already, or null. */
  held(sort: UserSort, version: number): Uint32Array<ArrayBuffer> | null;
  keep(sort: UserSort, version: number, ids: Uint32Array<ArrayBuffer>): void;
  /**
   * Brings one order that is behind to this version, or drops it; false when none is behind. To be called soon after a
   * commit, while the log still knows what changed.
   */
  bringOne(version: number): boolean;
}

const nameOf = ({ column, descending }: UserSort) => `${column}${descending ? ':desc' : ''}`;

/**
 * Orders held in memory, 4 MB each with a million users, 88 when there are all. Each is good for one version of the
 * list; after small changes they are mended instead of thrown away.
 */
export function createUserOrders(database: DatabaseSync): UserOrders {
  const held = new Map<string, HeldOrder>();

  const orders: UserOrders = {
    at(sort, version) {
      const order = held.get(nameOf(sort));
      if (!order || order.version > version) return null;
      if (order.version < version) {
        held.delete(nameOf(sort));
        const changed = changedSince(database, order.version, mostMoves);
        if (!changed) return null;
        orders.keep(sort, version, moved(database, order.ids, sort, changed));
        return orders.at(sort, version);
      }
      return order.ids;
    },

    has: (sort) => held.has(nameOf(sort)),

    held(sort, version) {
      const order = held.get(nameOf(sort));
      return order?.version === version ? order.ids : null;
    },

    keep(sort, version, ids) {
      const before = held.get(nameOf(sort));
      if (before && before.version > version) return;
      held.set(nameOf(sort), { sort, version, ids });
    },

    bringOne(version) {
      const behind = [...held.values()].find((order) => order.version < version);
      if (behind) orders.at(behind.sort, version);
      return behind !== undefined;
    },
  };
  return orders;
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
