import { expect, it } from 'vitest';
import { sortKeys } from './sortKeys.ts';
import { createRandom } from './testing.ts';

const random = createRandom(11);

function sorted(texts: readonly string[]) {
  const parts = texts.map((text) => Buffer.from(text));
  let at = 0;
  const ends = Uint32Array.from(parts, ({ length }) => (at += length));
  const starts = ends.map((end, row) => end - (parts[row]?.length ?? 0));
  const rows = Uint32Array.from(texts.keys());
  const isSame = sortKeys({ bytes: Buffer.concat(parts), starts, ends }, rows);
  return { rows: [...rows], isSame: [...isSame] };
}

function expected(texts: readonly string[]) {
  const rows = [...texts.keys()].sort((a, b) => Buffer.compare(Buffer.from(texts[a] ?? ''), Buffer.from(texts[b] ?? '')) || a - b);
  return { rows, isSame: rows.map((row, place) => Number(place > 0 && texts[row] === texts[rows[place - 1] ?? 0])) };
}

const letters = (alphabet: readonly string[], most: number) =>
  Array.from({ length: random(most + 1) }, () => alphabet[random(alphabet.length)]).join('');

it.each([
  ['few letters', ['a', 'b', 'c'], ''],
  ['what is in no alphabet', ['\0', 'a', 'é', '王', '😀', '\uffff'], ''],
  ['a long beginning that all share', ['0', '1'], '+4930555'],
])('sorts keys of %s by their bytes, and equal keys by number', (_, alphabet, start) => {
  for (const most of [0, 1, 4, 9]) {
    const texts = Array.from({ length: 2_000 }, () => start + letters(alphabet, most));

    expect(sorted(texts)).toEqual(expected(texts));
  }
});

it('sorts none and one', () => {
  expect(sorted([])).toEqual({ rows: [], isSame: [] });
  expect(sorted(['a'])).toEqual({ rows: [0], isSame: [0] });
});
