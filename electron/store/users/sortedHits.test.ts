import { expect, it } from 'vitest';
import { hitsFromIds, idsOfHits } from './hits.ts';
import { sortHits } from './sortedHits.ts';
import { createRandom } from './testing.ts';

const random = createRandom(5);
/** More than two of the steps whose hits are counted. */
const userCount = 10_000;
const order = Uint32Array.from({ length: userCount }, (_, index) => ((index * 7_919) % userCount) + 1);

it.each([0, 1, 40, 5_000, userCount])('shows any window of %i hits, in any succession', (count) => {
  const ids = [...order].sort(() => random(3) - 1).slice(0, count);
  const found = new Set(ids);
  const expected = [...order].filter((id) => found.has(id));
  const hits = hitsFromIds(Uint32Array.from(ids));
  const sorted = sortHits(order, hits);

  expect(hits.count).toBe(count);
  expect([...idsOfHits(hits)]).toEqual([...ids].sort((a, b) => a - b));
  for (let round = 0; round < 60; round++) {
    const offset = round % 10 === 0 ? Math.max(0, count - 50) : random(count + 200);
    expect([...sorted.window(offset, 100)]).toEqual(expected.slice(offset, offset + 100));
  }
});

it('takes users whose ids are beyond the bits for not found', () => {
  const sorted = sortHits(Uint32Array.of(500, 3, 70, 1), hitsFromIds(Uint32Array.of(1, 3)));

  expect([...sorted.window(0, 100)]).toEqual([3, 1]);
});
