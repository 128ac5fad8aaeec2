/**
 * Finds texts that may have come before, among millions and in little memory: of each text only 32 bits are kept, so
 * about a hundred in a million are suspected wrongly. Whoever asks looks again at those.
 */
export interface RepeatDetector {
  /** False: this text certainly comes for the first time. */
  mayRepeat(text: string): boolean;
  /** Gives the memory back now; nothing may be asked any more. A thread that goes on in SQL makes no garbage that would have it collected. */
  release(): void;
}

const firstCapacity = 1 << 12;

export function createRepeatDetector(): RepeatDetector {
  let slots = new Uint32Array(firstCapacity);
  let count = 0;

  function insert(into: Uint32Array, hash: number): boolean {
    const mask = into.length - 1;
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
        const larger = new Uint32Array(slots.length * 2);
        for (const hash of slots) if (hash !== 0) insert(larger, hash);
        // Gives the memory back now, not when the collector comes by.
        slots.buffer.transfer(0);
        slots = larger;
      }
      return false;
    },
    release() {
      slots.buffer.transfer(0);
    },
  };
}

/** FNV-1a over UTF-16 units, mixed as MurmurHash3 does at its end. Never 0, which marks an empty slot. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0 || 1;
}
