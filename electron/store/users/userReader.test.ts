import { afterEach, beforeEach, expect, it } from 'vitest';
import type { UserReader } from '../../services/users/userReader.ts';
import { startSearchIndexer } from './searchIndexer.ts';
import { createRandom, createTestStore, inventUser } from './testing.ts';
import type { TestStore } from './testing.ts';
import { createUserReader } from './userReader.ts';

const workerFile = new URL('../../workers/listWorker.ts', import.meta.url);
const everybody = { search: '', sort: { column: 'username', descending: false }, offset: 0, limit: 100 } as const;
const random = createRandom(3);
let store: TestStore;
let reader: UserReader & { close(): Promise<void> };

beforeEach(() => {
  store = createTestStore();
  store.write(Array.from({ length: 300 }, (_, index) => inventUser(index + 1, random)));
  reader = createUserReader({ workerFile, storeFile: store.file });
});

afterEach(async () => {
  await reader.close();
  store.close();
});

it('answers windows, counts and users from a thread of its own', async () => {
  const rows = await reader.list({ ...everybody, sort: { column: 'email', descending: true }, offset: 250 });

  expect(rows).toHaveLength(50);
  expect(await reader.count({ search: '@corp' })).toBe(300);
  const first = rows[0];
  expect(await reader.get({ username: first?.username.toUpperCase() ?? '' })).toMatchObject({ id: first?.id, origin: { kind: 'manual' } });
  expect(await reader.get({ id: 4711 })).toBeNull();
});

it('shows what was committed, also while somebody else writes', async () => {
  store.database.exec('BEGIN IMMEDIATE; INSERT INTO users_unindexed (user_id) SELECT id FROM users; DELETE FROM users');

  expect(await reader.count({ search: '' })).toBe(300);
  store.database.exec('COMMIT');

  expect(await reader.count({ search: '' })).toBe(0);
  expect(await reader.list(everybody)).toEqual([]);
});

it('goes on from what it found when somebody types on', async () => {
  // Whatever was handed over to this thread, the other one still has.
  for (const [search, count] of [
    ['@', 300],
    ['@corp', 300],
    ['@corpq', 0],
    ['@corpqq', 0],
    ['@corp.test', 300],
  ] as const)
    expect(await reader.count({ search })).toBe(count);
});

it('rejects a cancelled question with the reason of its signal, and answers the others', async () => {
  const controller = new AbortController();
  const cancelled = reader.count({ search: 'corp' }, controller.signal);
  const other = reader.count({ search: 'corp' });

  controller.abort(new Error('superseded'));

  await expect(cancelled).rejects.toThrow('superseded');
  expect(await other).toBe(300);
});

it('reports a store that cannot be opened, and reads it once it is there', async () => {
  const other = createUserReader({ workerFile, storeFile: `${store.file}.none` });

  await expect(other.list(everybody)).rejects.toMatchObject({ code: 'folder-not-writable' });
  store.database.exec(`VACUUM INTO '${store.file}.none'`);

  expect(await other.list(everybody)).toHaveLength(100);
  await other.close();
});

it('brings the search index up to date in the background', async () => {
  const failures: string[] = [];
  const indexer = startSearchIndexer({ workerFile, storeFile: store.file, failed: (message) => failures.push(message) });
  const waiting = () => (store.database.prepare('SELECT count(*) AS n FROM users_unindexed').get() as { n: number }).n;

  await expect.poll(waiting, { timeout: 10_000 }).toBe(0);
  await indexer.stop();

  expect(failures).toEqual([]);
  expect(store.database.prepare(`SELECT count(*) AS n FROM users_search WHERE users_search MATCH '"@corp.test"'`).get()).toEqual({
    n: 300,
  });
});
