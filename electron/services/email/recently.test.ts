import { expect, it } from 'vitest';
import { createRecent } from './recently.ts';

it('is read once in a while, at once when it was changed here, and again after a failure', () => {
  let now = 0;
  let value = 'a';
  let reads = 0;
  let isBroken = false;
  const recent = createRecent(
    () => {
      reads += 1;
      if (isBroken) throw new Error('broken');
      return value;
    },
    () => now,
    100,
  );
  expect([recent.read(), recent.read(), reads]).toEqual(['a', 'a', 1]);
  value = 'b';
  expect(recent.read()).toBe('a');
  now = 100;
  expect(recent.read()).toBe('b');
  value = 'c';
  recent.forget();
  expect(recent.read()).toBe('c');
  isBroken = true;
  now = 200;
  expect(() => recent.read()).toThrow('broken');
  isBroken = false;
  expect(recent.read()).toBe('c');
});
