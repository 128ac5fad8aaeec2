import { expect, it } from 'vitest';
import { countMethods } from './countMethods.ts';
import { createRandom, createTestStore, inventUser } from './testing.ts';

it('counts every user once, by method', async () => {
  const store = createTestStore();
  try {
    const random = createRandom(3);
    const people = Array.from({ length: 300 }, (_none, at) => inventUser(at * 200 + 1, random));
    store.write(people);
    let pauses = 0;

    const counts = await countMethods(store.database, async () => void (pauses += 1));

    const expected = (method: string, of: (user: (typeof people)[number]) => boolean) =>
      people.filter((user) => user.method === method && of(user)).length;
    expect(counts.map(({ method }) => method)).toEqual(['call', 'text', 'app', 'oath']);
    for (const { method, complete, incomplete, disabled } of counts) {
      expect(disabled).toBe(expected(method, ({ enabled }) => !enabled));
      expect(complete).toBe(expected(method, (user) => user.enabled && user.complete));
      expect(incomplete).toBe(expected(method, (user) => user.enabled && !user.complete));
    }
    expect(pauses).toBe(3);
  } finally {
    store.close();
  }
});
