/**
 * Finds texts that may have come before, among millions and in little memory: of each text only 53 bits are kept, so
 * hardly any is suspected wrongly, even among millions. Whoever asks looks again at those.
 */
export interface RepeatDetector {
  /** False: this text certainly comes for the first time. */
  mayRepeat(text: string): boolean;
}

const firstCapacity = 1 << 12;

export function createRepeatDetector(): RepeatDetector {
  let slots = new Float64Array(firstCapacity);
  let count = 0;

  function insert(into: Float64Array, hash: number): boolean {
    const mask = into.length - 1;
    // The lower 32 bits are well mixed.
    let at = hash & mask;
    for (let found = into[at]; found !== 0; found = into[at]) {
      if (found === hash) return false;
      at = (at + 1) & mask;
    }
    into[at] = hash;
    return true;
  }

  return {
    mayRepeat(text) {
      if (!insert(slots, hashOf(text))) return true;
      count += 1;
      if (count * 2 > slots.length) {
        const larger = new Float64Array(slots.length * 2);
        for (const hash of slots) if (hash !== 0) insert(larger, hash);
        slots = larger;
      }
      return false;
    },
  };
}

/** Two FNV-1a hashes over UTF-16 units, from different starts and mixed differently. Never 0, which marks an empty slot. */
function hashOf(text: string): number {
  let low = 0x811c9dc5;
  let high = 0x1b873593;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ unit, 0x85ebca6b);
    high ^= high >>> 13;
  }
  low = Math.imul(low ^ (low >>> 16), 0xc2b2ae35);
  low ^= low >>> 13;
  return (high >>> 11) * 0x1_0000_0000 + (low >>> 0) || 1;
}
