import { expect, it } from 'vitest';
import { answerSlowly } from './answerSlowly.ts';
import { createOrderBuilder } from './buildOrder.ts';
import { findInHalves, isFoundInHalves } from './findInHalves.ts';
import type { StoredSelection } from './filterSql.ts';
import { createFinder, finderLimits } from './finder.ts';
import { idsOfHits } from './hits.ts';
import { createKeptFiles } from './keptFiles.ts';
import { createRandom, createTestStore, inventUser } from './testing.ts';
import { openForReading } from './userConnection.ts';
import type { SlowAnswer, SlowQuery } from './userMessages.ts';

const enabled: StoredSelection = {
  search: '',
  filter: { match: 'all', conditions: [{ kind: 'flag', field: 'enabled', is: true }], now: 0, pinExpirationDays: 0 },
};
const none = new Uint32Array(0);

function threadOn(file: string) {
  const database = openForReading(file);
  const files = createKeptFiles({ storeFile: file, database });
  const finder = createFinder(database, finderLimits, { files, now: () => 0 });
  const orders = createOrderBuilder(database);
  return (query: SlowQuery) => answerSlowly({ database, finder, orders, files }, query, () => Promise.resolve());
}

it('finds with two threads whom one finds', async () => {
  const store = createTestStore();
  try {
    const random = createRandom(7);
    store.write(Array.from({ length: 61 }, (_none, at) => inventUser(at + 1, random)));
    const [one, other] = [threadOn(store.file), threadOn(store.file)];

    const whole = await one({ kind: 'found', selection: enabled });
    const halves = await findInHalves(one, other, enabled);

    if (whole.kind !== 'found' || halves.kind !== 'found') throw new Error('Both find.');
    expect(halves.hits.count).toBe(whole.hits.count);
    expect(idsOfHits(halves.hits)).toEqual(idsOfHits(whole.hits));
    expect(whole.hits.count).toBeGreaterThan(1);
  } finally {
    store.close();
  }
});

it('does not join halves of two states of the store', async () => {
  const asked: SlowQuery[] = [];
  const answering = (version: number) => (query: SlowQuery) => {
    asked.push(query);
    return Promise.resolve<SlowAnswer>({ kind: 'found', version, hits: { bits: none, count: 0 } });
  };

  const answer = await findInHalves(answering(7), answering(8), enabled);

  expect(answer).toMatchObject({ version: 7 });
  expect(asked.map((query) => query.kind === 'found' && query.half)).toEqual(['lower', 'upper', undefined]);
});

it('leaves words and imports to what is faster than looking at everybody', () => {
  expect(isFoundInHalves(enabled)).toBe(true);
  expect(isFoundInHalves({ ...enabled, search: 'berg' })).toBe(false);
  expect(isFoundInHalves({ ...enabled, importJobId: 'job' })).toBe(false);
  expect(isFoundInHalves({ search: '' })).toBe(false);
});
