/** Remembers distinguished names by 64 bits of hash: 8 to 16 bytes a name, so that a million of them stay within 16 MB. */
export interface SeenNames {
  readonly size: number;
  /** Answers false if the name was there already. */
  add(dn: string): boolean;
  /** Gives the memory back now; nothing may be added any more. */
  release(): void;
}

/** Names are compared as the server spells them; within one read it spells each the same way. */
export function createSeenNames(): SeenNames {
  let capacity = 64;
  let high = new Uint32Array(capacity);
  let low = new Uint32Array(capacity);
  let size = 0;

  /** Open addressing; a free slot has both halves 0. Answers false if it was there. */
  function insert(h1: number, h2: number): boolean {
    const mask = capacity - 1;
    for (let slot = h1 & mask; ; slot = (slot + 1) & mask) {
      if (high[slot] === 0 && low[slot] === 0) {
        high[slot] = h1;
        low[slot] = h2;
        return true;
      }
      if (high[slot] === h1 && low[slot] === h2) return false;
    }
  }

  function grow(): void {
    const [oldHigh, oldLow] = [high, low];
    capacity *= 2;
    high = new Uint32Array(capacity);
    low = new Uint32Array(capacity);
    for (let slot = 0; slot < oldHigh.length; slot += 1) {
      const h1 = oldHigh[slot] as number;
      const h2 = oldLow[slot] as number;
      if (h1 !== 0 || h2 !== 0) insert(h1, h2);
    }
    // Gives the memory back now, not when the collector comes by.
    oldHigh.buffer.transfer(0);
    oldLow.buffer.transfer(0);
  }

  return {
    get size() {
      return size;
    },
    add(dn) {
      // cyrb53 by bryc (public domain), both halves kept.
      let h1 = 0xdeadbeef;
      let h2 = 0x41c6ce57;
      for (let i = 0; i < dn.length; i += 1) {
        const unit = dn.charCodeAt(i);
        h1 = Math.imul(h1 ^ unit, 2654435761);
        h2 = Math.imul(h2 ^ unit, 1597334677);
      }
      h1 = Math.imul(h1 ^ (h1 >>> 16), 2246822507) ^ Math.imul(h2 ^ (h2 >>> 13), 3266489909);
      h2 = Math.imul(h2 ^ (h2 >>> 16), 2246822507) ^ Math.imul(h1 ^ (h1 >>> 13), 3266489909);
      if (!insert(h1 >>> 0, (h2 | 1) >>> 0)) return false;
      size += 1;
      if (size * 3 > capacity * 2) grow();
      return true;
    },
    release() {
      high.buffer.transfer(0);
      low.buffer.transfer(0);
    },
  };
}
