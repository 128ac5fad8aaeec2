import { hasBit } from './hits.ts';
import type { Hits } from './hits.ts';

export interface SortedHits {
  /** Ids of the hits from `offset` on, in order. Walks at most once along the whole order, about 5 ms with a million users. */
  window(offset: number, limit: number): Uint32Array<ArrayBuffer>;
}

const stepBits = 12;

/** The hits of a search in an order. Remembers how many hits lie before every 4096th place, as far as it has come. */
export function sortHits(order: Uint32Array, { bits, count }: Hits): SortedHits {
  const hitsBefore = new Uint32Array((order.length >>> stepBits) + 2);
  let knownSteps = 0;

  /** How many hits are among the places of one step. */
  function countStep(step: number): number {
    const end = Math.min(order.length, (step + 1) << stepBits);
    let found = 0;
    for (let place = step << stepBits; place < end; place++) {
      const id = order[place] ?? 0;
      if (hasBit(bits, id)) found++;
    }
    return found;
  }

  /** The last step with at most `offset` hits before it. */
  function stepOf(offset: number): number {
    while (knownSteps << stepBits < order.length && (hitsBefore[knownSteps] ?? 0) <= offset) {
      hitsBefore[knownSteps + 1] = (hitsBefore[knownSteps] ?? 0) + countStep(knownSteps);
      knownSteps++;
    }
    let low = 0;
    let high = knownSteps;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((hitsBefore[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  return {
    window(offset, limit) {
      const ids = new Uint32Array(Math.max(0, Math.min(limit, count - offset)));
      if (ids.length === 0) return ids;
      const step = stepOf(offset);
      let skip = offset - (hitsBefore[step] ?? 0);
      let at = 0;
      for (let place = step << stepBits; at < ids.length && place < order.length; place++) {
        const id = order[place] ?? 0;
        if (!hasBit(bits, id)) continue;
        if (skip > 0) skip--;
        else ids[at++] = id;
      }
      return ids;
    },
  };
}
