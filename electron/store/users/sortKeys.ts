/** Bytes of key `row` are `bytes` from `starts[row]` to `ends[row]`. */
export interface Keys {
  readonly bytes: Uint8Array;
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
}

/** So few keys are compared with each other instead. */
const fewKeys = 16;

/**
 * Sorts `rows` in place by their keys, byte by byte; rows with equal keys by number. Answers 1 for each place whose key
 * equals the one before. Takes three bytes of all keys at a time, so that the engine's own sort of numbers can do it:
 * a comparison function would take several times longer.
 */
export function sortKeys(keys: Keys, rows: Uint32Array): Uint8Array<ArrayBuffer> {
  const isSame = new Uint8Array(rows.length);
  const packed = new BigUint64Array(rows.length);
  const halves = new Uint32Array(packed.buffer);
  // Little-endian on every platform that Node runs on: the upper half decides, the lower is the row.
  const open: { from: number; to: number; depth: number }[] = [{ from: 0, to: rows.length, depth: 0 }];
  for (let range = open.pop(); range; range = open.pop()) {
    const { from, to } = range;
    if (to - from <= fewKeys) {
      sortFew(keys, rows, isSame, from, to, range.depth);
      continue;
    }
    const depth = range.depth + sharedLength(keys, rows, from, to, range.depth);
    for (let place = from; place < to; place++) {
      const row = rows[place] ?? 0;
      halves[2 * place] = row;
      halves[2 * place + 1] = prefixOf(keys, row, depth);
    }
    packed.subarray(from, to).sort();
    let begin = from;
    for (let place = from; place < to; place++) {
      rows[place] = halves[2 * place] ?? 0;
      const prefix = halves[2 * place + 1] ?? 0;
      if (place + 1 < to && halves[2 * place + 3] === prefix) continue;
      const isWhole = (prefix & 3) < 3;
      if (isWhole) isSame.fill(1, begin + 1, place + 1);
      else if (place > begin) open.push({ from: begin, to: place + 1, depth: depth + 3 });
      begin = place + 1;
    }
  }
  return isSame;
}

/** Three bytes of a key, then how many of them there are: keys that end here come before those that go on. */
function prefixOf({ bytes, starts, ends }: Keys, row: number, depth: number): number {
  const at = (starts[row] ?? 0) + depth;
  const left = (ends[row] ?? 0) - at;
  if (left <= 0) return 0;
  const [one, two, three] = [bytes[at] ?? 0, left > 1 ? (bytes[at + 1] ?? 0) : 0, left > 2 ? (bytes[at + 2] ?? 0) : 0];
  return ((one << 24) | (two << 16) | (three << 8) | Math.min(left, 3)) >>> 0;
}

/** How many bytes after `depth` all these keys have in common. */
function sharedLength({ bytes, starts, ends }: Keys, rows: Uint32Array, from: number, to: number, depth: number): number {
  const first = (starts[rows[from] ?? 0] ?? 0) + depth;
  let shared = (ends[rows[from] ?? 0] ?? 0) - first;
  for (let place = from + 1; place < to && shared > 0; place++) {
    const start = (starts[rows[place] ?? 0] ?? 0) + depth;
    shared = Math.min(shared, (ends[rows[place] ?? 0] ?? 0) - start);
    let same = 0;
    while (same < shared && bytes[first + same] === bytes[start + same]) same++;
    shared = same;
  }
  return Math.max(0, shared);
}

function sortFew(keys: Keys, rows: Uint32Array, isSame: Uint8Array, from: number, to: number, depth: number): void {
  for (let place = from + 1; place < to; place++) {
    const row = rows[place] ?? 0;
    let free = place;
    for (; free > from; free--) {
      const before = rows[free - 1] ?? 0;
      const order = compare(keys, before, row, depth);
      if (order < 0 || (order === 0 && before < row)) break;
      rows[free] = before;
    }
    rows[free] = row;
  }
  for (let place = from + 1; place < to; place++)
    isSame[place] = Number(compare(keys, rows[place - 1] ?? 0, rows[place] ?? 0, depth) === 0);
}

function compare({ bytes, starts, ends }: Keys, a: number, b: number, depth: number): number {
  let left = (starts[a] ?? 0) + depth;
  let right = (starts[b] ?? 0) + depth;
  const leftEnd = ends[a] ?? 0;
  const rightEnd = ends[b] ?? 0;
  for (; left < leftEnd && right < rightEnd; left++, right++) {
    const difference = (bytes[left] ?? 0) - (bytes[right] ?? 0);
    if (difference !== 0) return difference;
  }
  return leftEnd - left - (rightEnd - right);
}
