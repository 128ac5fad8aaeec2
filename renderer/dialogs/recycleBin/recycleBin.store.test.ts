import { expect, it, onTestFinished, vi } from 'vitest';
import type { Job } from '../../../shared/contract/jobs.contract.ts';
import type { RemovedUser } from '../../../shared/contract/userCommands.ts';
import type { ConsoleClient } from '../../app/client.tsx';
import { selectAll, selectOnly } from '../../ui/table/selection.ts';
import { job } from '../testing/fakeConsole.ts';
import { chosenCount, createRecycleBinStore } from './recycleBin.store.ts';

const removed = (id: number): RemovedUser => ({
  id,
  username: `user${id}`,
  firstName: '',
  lastName: '',
  email: '',
  removedAt: id,
  removedBy: 'admin',
  forgottenAt: id + 1000,
});

/** A recycle bin with so many users, the last removed first, whose jobs end as `ends` says. */
function setUp(size: number, ends: Partial<Job> = {}) {
  const bin = Array.from({ length: size }, (_none, at) => removed(size - at));
  let announce = () => {};
  const list = vi.fn<ConsoleClient['users']['removed']>(async ({ offset = 0, limit = 100 }) => {
    if (limit > 1000) throw new RangeError('The server gives 1000 at a time.');
    return { users: bin.slice(offset, offset + limit), total: bin.length };
  });
  const restore = vi.fn<ConsoleClient['users']['restore']>(async () => ({ jobId: 'restore-1' }));
  const forget = vi.fn<ConsoleClient['users']['forget']>(async () => ({ jobId: 'forget-1' }));
  const onChanged = (listener: () => void) => {
    announce = listener;
    return () => {};
  };
  const get = async ({ jobId }: { jobId: string }) => job(jobId, { state: 'done', done: size, total: size, ...ends });
  const client = { users: { removed: list, restore, forget, onChanged }, jobs: { get, onChanged: () => () => {} } };
  const store = createRecycleBinStore(client as unknown as Pick<ConsoleClient, 'users' | 'jobs'>);
  onTestFinished(store.getState().follow());
  return { store, bin, list, restore, forget, announce: () => announce() };
}

const shown = (store: ReturnType<typeof setUp>['store'], count: number) =>
  vi.waitFor(() => expect(store.getState()).toMatchObject({ shownSearch: '', count }));

it('restores everybody who is selected, also those who were never on screen', async () => {
  const { store, restore } = setUp(2500);
  await shown(store, 2500);
  store.getState().select(selectAll(store.getState().selection, 2500));
  expect(chosenCount(store.getState().selection)).toBe(2500);

  await store.getState().restore();

  await vi.waitFor(() =>
    expect(store.getState().work).toMatchObject({ phase: 'done', command: 'restore', done: 2500, stayed: 0, left: 0 }),
  );
  expect(new Set(restore.mock.calls[0]?.[0].ids).size).toBe(2500);
});

it('asks before anybody is deleted, and deletes exactly those whom it named', async () => {
  const { store, forget } = setUp(9, { done: 1 });
  await shown(store, 9);
  store.getState().select(selectOnly(2));

  await store.getState().ask();
  expect(store.getState().work).toEqual({ phase: 'asking', ids: [7], names: ['user7'] });
  store.getState().answer(false);
  expect(forget).not.toHaveBeenCalled();

  await store.getState().ask();
  store.getState().answer(true);
  await vi.waitFor(() => expect(store.getState().work).toMatchObject({ phase: 'done', command: 'forget', done: 1 }));
  expect(forget.mock.calls).toEqual([[{ ids: [7] }]]);
});

it('does nothing where the bin has changed since it was shown, rather than meaning somebody else', async () => {
  const { store, bin, forget } = setUp(9);
  await shown(store, 9);
  store.getState().select(selectOnly(2));
  // One comes, one goes: as many as before.
  bin.unshift(removed(10));
  bin.pop();

  await store.getState().ask();

  expect(store.getState()).toMatchObject({ work: { phase: 'changed-meanwhile' }, selection: { ranges: [], active: -1 } });
  expect(forget).not.toHaveBeenCalled();
});

it('keeps the selection when a change was about others, and drops it when the list is another', async () => {
  const { store, bin, list, announce } = setUp(9);
  await shown(store, 9);
  store.getState().select(selectOnly(2));

  announce();
  await vi.waitFor(() => expect(list).toHaveBeenCalledTimes(2));
  await shown(store, 9);
  expect(chosenCount(store.getState().selection)).toBe(1);

  bin.unshift(removed(10));
  announce();
  await shown(store, 10);
  expect(chosenCount(store.getState().selection)).toBe(0);
});

it('says how many stayed, how many it did not get to, and why it failed', async () => {
  const stopped = setUp(9, { state: 'cancelled', done: 5, total: 9, failures: 2 });
  await shown(stopped.store, 9);
  stopped.store.getState().select(selectAll(stopped.store.getState().selection, 9));
  await stopped.store.getState().restore();
  await vi.waitFor(() => expect(stopped.store.getState().work).toMatchObject({ phase: 'done', done: 3, stayed: 2, left: 4 }));

  const broken = setUp(9, { state: 'failed', error: { code: 'disk-full', message: 'No room.', ref: 'r' } });
  await shown(broken.store, 9);
  broken.store.getState().select(selectOnly(0));
  await broken.store.getState().restore();
  await vi.waitFor(() => expect(broken.store.getState().work).toMatchObject({ phase: 'failed', error: { code: 'disk-full' } }));
});
