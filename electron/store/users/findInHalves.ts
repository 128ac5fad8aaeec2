import type { StoredSelection } from './filterSql.ts';
import { hitsOf, type Hits } from './hits.ts';
import type { Half, SlowAnswer, SlowQuery } from './userMessages.ts';
import { parseSearch } from './userSearch.ts';

type Ask = (query: SlowQuery, signal?: AbortSignal) => Promise<SlowAnswer>;

/** Whether nothing but looking at every user tells who is in a selection. */
export function isFoundInHalves(selection: StoredSelection): boolean {
  const { words, importJobId, filter } = parseSearch(selection);
  return filter !== undefined && words.length === 0 && importJobId === undefined;
}

/** The ids of a half: above `from`, up to `to`. */
export function idsOfHalf(lastId: number, half: Half | undefined): { readonly from: number; readonly to: number } {
  const middle = lastId >>> 1;
  return { from: half === 'upper' ? middle : 0, to: half === 'lower' ? middle : lastId };
}

/**
 * Looks at all users with two threads at once, each at half of them. Where somebody changed a user between the two, the halves do not
 * belong together, and the first thread looks at all of them once more.
 */
export async function findInHalves(lower: Ask, upper: Ask, selection: StoredSelection, signal?: AbortSignal): Promise<SlowAnswer> {
  const ask = (thread: Ask, half: Half) => thread({ kind: 'found', selection, half }, signal);
  const [first, second] = await Promise.all([ask(lower, 'lower'), ask(upper, 'upper')]);
  if (first.kind !== 'found' || second.kind !== 'found' || first.version !== second.version) {
    return lower({ kind: 'found', selection }, signal);
  }
  return { kind: 'found', version: first.version, hits: joined(first.hits, second.hits) };
}

function joined({ bits: a }: Hits, { bits: b }: Hits): Hits {
  const [long, short] = a.length < b.length ? [b, a] : [a, b];
  const bits = Uint32Array.from(long);
  for (const [at, word] of short.entries()) bits[at] = (bits[at] ?? 0) | word;
  return hitsOf(bits);
}
