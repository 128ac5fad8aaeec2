import { hitsOf, type Hits } from './hits.ts';
import type { SearchWord } from './userSearch.ts';

/** Searches that are remembered; 125 KB each with a million users. */
const mostHeld = 8;
/** Looking at users one by one costs as much as looking through the text of ten times as many. */
const worthwhile = 10;

interface Earlier {
  readonly words: readonly SearchWord[];
  readonly hits: Hits;
}

/** What was found before somebody typed on: whoever has "bergm" is among those who have "berg". */
export interface TypedOn {
  /** Users among whom is everybody with these words at `version`; null where nothing of use is known. */
  within(words: readonly SearchWord[], version: number): Uint32Array<ArrayBuffer> | null;
  /** Everybody with these words at `version`, as bits by id. */
  keep(words: readonly SearchWord[], version: number, bits: Uint32Array<ArrayBuffer>): void;
}

export function createTypedOn(): TypedOn {
  let held: Earlier[] = [];
  let heldVersion = -1;
  return {
    within(words, version) {
      if (version !== heldVersion) return null;
      const wider = held.filter((earlier) => earlier.words.every((word) => words.some((longer) => isWithin(longer, word))));
      const least = wider.reduce<Hits | null>((best, { hits }) => (best && best.count <= hits.count ? best : hits), null);
      return least && least.count * worthwhile <= least.bits.length * 32 ? least.bits : null;
    },
    keep(words, version, bits) {
      if (version !== heldVersion) held = [];
      heldVersion = version;
      // A copy: the bits themselves go to another thread.
      held = [{ words, hits: hitsOf(bits.slice()) }, ...held].slice(0, mostHeld);
    },
  };
}

/** Whether every text that contains a spelling of `longer` also contains one of `word`. */
function isWithin(longer: SearchWord, word: SearchWord): boolean {
  return longer.every((long) => word.some((short) => long.includes(short)));
}
