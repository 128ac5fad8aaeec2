import type { DatabaseSync } from 'node:sqlite';
import { changedSince } from './changedSince.ts';
import { filterIds } from './findUsers.ts';
import { addBit, hitsOf, noBits, removeBit } from './hits.ts';
import type { Hits } from './hits.ts';
import { sortHits } from './sortedHits.ts';
import type { SortedHits } from './sortedHits.ts';
import type { UserSort } from './userOrder.ts';
import type { Search } from './userSearch.ts';

interface HeldHits {
  readonly version: number;
  readonly hits: Hits;
  /** By sort, for this version. */
  readonly sorted: Map<string, SortedHits>;
}

/** So many changed users are looked at one by one; more make finding all again cheaper. */
const mostChanged = 256;
/** 125 KB each with a million users. */
const mostHeld = 64;

export interface UserHits {
  /** Whom this search finds at `version`, or null when that is not known. Inside a read transaction that is at this version. */
  at(search: Search, version: number): Hits | null;
  keep(search: Search, version: number, hits: Hits): void;
  /** The hits in `order`, which is everybody in this sort at `version`; null when the hits are not known. */
  sorted(search: Search, version: number, sort: UserSort, order: Uint32Array): SortedHits | null;
}

/** What the last searches found, each good for one version of the list. After small changes it is mended instead of thrown away. */
export function createUserHits(database: DatabaseSync): UserHits {
  const held = new Map<string, HeldHits>();

  function find(search: Search, version: number): HeldHits | null {
    let known = held.get(search.key);
    if (!known || known.version > version) return null;
    held.delete(search.key);
    if (known.version < version) {
      const changed = changedSince(database, known.version, mostChanged);
      if (!changed) return null;
      known = { version, hits: mended(database, known.hits, search, changed), sorted: new Map() };
    }
    // Last in the map is used last.
    held.set(search.key, known);
    return known;
  }

  return {
    at: (search, version) => find(search, version)?.hits ?? null,

    keep(search, version, hits) {
      if ((held.get(search.key)?.version ?? -1) > version) return;
      held.delete(search.key);
      held.set(search.key, { version, hits, sorted: new Map() });
      const [oldest] = held.keys();
      if (held.size > mostHeld && oldest !== undefined) held.delete(oldest);
    },

    sorted(search, version, sort, order) {
      const known = find(search, version);
      if (!known) return null;
      const name = `${sort.column} ${String(sort.descending)}`;
      const sorted = known.sorted.get(name) ?? sortHits(order, known.hits);
      known.sorted.set(name, sorted);
      return sorted;
    },
  };
}

function mended(database: DatabaseSync, { bits }: Hits, search: Search, changed: Uint32Array): Hits {
  const lastId = changed.reduce((most, id) => Math.max(most, id), bits.length * 32 - 1);
  const result = noBits(lastId);
  result.set(bits);
  for (const id of changed) removeBit(result, id);
  for (const id of filterIds(database, changed, search)) addBit(result, id);
  return hitsOf(result);
}
