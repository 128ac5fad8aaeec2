import { expect, it } from 'vitest';
import { writeBehind } from './writeBehind.ts';

const turn = () => new Promise((resolve) => setImmediate(resolve));

it('makes the next part while one is written, and never more than that', async () => {
  const log: string[] = [];
  async function* parts() {
    for (const part of [1, 2, 3]) {
      log.push(`made ${part}`);
      yield part;
    }
  }
  await writeBehind(parts(), async (part) => {
    await turn();
    log.push(`wrote ${part}`);
  });

  expect(log).toEqual(['made 1', 'made 2', 'wrote 1', 'made 3', 'wrote 2', 'wrote 3']);
});

it('rejects with what writing threw, and makes no further part', async () => {
  let made = 0;
  async function* parts() {
    for (;;) yield ++made;
  }

  await expect(writeBehind(parts(), () => turn().then(() => Promise.reject(new Error('The disk is full.'))))).rejects.toThrow(
    'disk is full',
  );
  expect(made).toBe(2);
});

it('has nothing under way any more when it rejects with what making threw', async () => {
  let written = 0;
  async function* parts() {
    yield 1;
    throw new Error('cancelled');
  }
  const work = writeBehind(parts(), async () => {
    await turn();
    written += 1;
  });

  await expect(work).rejects.toThrow('cancelled');
  expect(written).toBe(1);
});
