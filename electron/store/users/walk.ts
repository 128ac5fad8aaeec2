import type { DatabaseSync } from 'node:sqlite';
import { filterIds } from './findUsers.ts';
import { hasBit } from './hits.ts';
import type { Hits } from './hits.ts';
import type { KeptOrder } from './keptOrders.ts';
import { concatIds, readIds } from './userConnection.ts';
import { indexedParts } from './userOrder.ts';
import type { UserSort } from './userOrder.ts';
import type { Search } from './userSearch.ts';

/** For so long at a time a walk may look for the first hits of a search. */
const walkMs = 10;
const walkStep = 400;
/** The same where it is known already who is found. */
const knownStep = 16_000;

/** A walk along the list at one version of it: up to the place `from` these were found. */
export interface Walked {
  readonly version: number;
  readonly found: Uint32Array[];
  count: number;
  from: number;
}

interface Walk {
  readonly search: Search;
  readonly sort: UserSort;
  /** So many hits are wanted. */
  readonly end: number;
  /** Null: each user is looked at. Where they are known, only their order is not. */
  readonly hits: Hits | null;
}

/**
 * Looks along the list, from where it has come, until `end` hits are found; false when that takes longer than others may wait. Inside a
 * read transaction at the version of the walk.
 */
export function walk(
  database: DatabaseSync,
  now: () => number,
  walked: Walked,
  { search, sort, end, hits }: Walk,
  order: KeptOrder | null,
): boolean {
  const parts = indexedParts(sort);
  if (!order && !parts) return false;
  const step = hits ? knownStep : walkStep;
  const stopAt = now() + walkMs;
  for (let isFirst = true; walked.count < Math.min(end, hits?.count ?? end); isFirst = false) {
    if (!isFirst && now() >= stopAt) return false;
    const { from } = walked;
    const ids = order ? order.slice(from, from + step) : fromIndex(database, parts ?? [], from, step);
    if (!ids) return false;
    const some = hits ? ids.filter((id) => hasBit(hits.bits, id)) : filterIds(database, ids, search);
    walked.found.push(some);
    walked.count += some.length;
    walked.from += step;
    if (ids.length < step) break;
  }
  return true;
}

/** A window of the list out of the index whose parts these are, see indexedParts. */
export function fromIndex(database: DatabaseSync, parts: readonly string[], offset: number, limit: number): Uint32Array {
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
