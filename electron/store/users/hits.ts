/** A set of users: bit `id % 32` of word `id / 32`. 125 KB with a million users. */
export interface Hits {
  readonly bits: Uint32Array<ArrayBuffer>;
  readonly count: number;
}

export const noBits = (lastId: number) => new Uint32Array((lastId >>> 5) + 1);

export function hasBit(bits: Uint32Array, id: number): boolean {
  return (((bits[id >>> 5] ?? 0) >>> (id & 31)) & 1) === 1;
}

export function addBit(bits: Uint32Array, id: number): void {
  const word = id >>> 5;
  bits[word] = (bits[word] ?? 0) | (1 << (id & 31));
}

export function removeBit(bits: Uint32Array, id: number): void {
  const word = id >>> 5;
  bits[word] = (bits[word] ?? 0) & ~(1 << (id & 31));
}

export function hitsOf(bits: Uint32Array<ArrayBuffer>): Hits {
  let count = 0;
  for (const word of bits) {
    let rest = word - ((word >>> 1) & 0x55555555);
    rest = (rest & 0x33333333) + ((rest >>> 2) & 0x33333333);
    count += Math.imul((rest + (rest >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
  }
  return { bits, count };
}

export function hitsFromIds(ids: Uint32Array): Hits {
  const bits = noBits(ids.reduce((most, id) => Math.max(most, id), 0));
  for (const id of ids) addBit(bits, id);
  return hitsOf(bits);
}

/** The ids in the set, smallest first. */
export function idsOfHits({ bits, count }: Hits): Uint32Array<ArrayBuffer> {
  const ids = new Uint32Array(count);
  let at = 0;
  for (const [word, set] of bits.entries()) {
    for (let rest = set; rest !== 0; rest &= rest - 1) ids[at++] = word * 32 + 31 - Math.clz32(rest & -rest);
  }
  return ids;
}
