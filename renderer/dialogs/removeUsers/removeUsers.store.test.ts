import { expect, it, vi } from 'vitest';
import { AppError } from '../../../shared/contract/errors.ts';
import type { Job } from '../../../shared/contract/jobs.contract.ts';
import type { ConsoleClient } from '../../app/client.tsx';
import { job } from '../testing/fakeConsole.ts';
import { createRemoveUsersStore } from './removeUsers.store.ts';

const selected = {
  list: { search: '', sort: { column: 'username', descending: false } },
  ranges: [
    { from: 0, to: 0 },
    { from: 3, to: 9 },
  ],
} as const;

/** A server with eight users at these places, whose jobs end at once as `ends` says. */
function setUp(ends: Partial<Job> = {}) {
  const idsAt = vi.fn<ConsoleClient['users']['idsAt']>(async () => ({ ids: [11, 14, 15, 16, 17, 18, 19, 20] }));
  const remove = vi.fn<ConsoleClient['users']['remove']>(async () => ({ jobId: 'remove-1' }));
  const restore = vi.fn<ConsoleClient['users']['restore']>(async () => ({ jobId: 'restore-1' }));
  const get = async ({ jobId }: { jobId: string }) => job(jobId, { state: 'done', done: 8, total: 8, ...ends });
  const client = {
    users: { idsAt, remove, restore, get: async ({ id }: { id: number }) => ({ username: `user${id}` }) },
    jobs: { get, onChanged: () => () => {} },
  } as unknown as Pick<ConsoleClient, 'users' | 'jobs'>;
  return { store: createRemoveUsersStore(client, selected), idsAt, remove, restore };
}

it('names whom it is about and removes exactly these, also when the list has changed since', async () => {
  const { store, idsAt, remove } = setUp();

  await store.getState().read();
  expect(store.getState().state).toMatchObject({ phase: 'asking', names: ['user11', 'user14', 'user15', 'user16', 'user17'] });
  expect(idsAt.mock.calls[0]?.[0].ranges).toEqual([
    { from: 0, to: 1 },
    { from: 3, to: 10 },
  ]);
  idsAt.mockResolvedValue({ ids: [99] });
  store.getState().remove();

  await vi.waitFor(() => expect(store.getState().state).toMatchObject({ phase: 'removed', done: 8, stayed: 0 }));
  expect(remove.mock.calls[0]?.[0]).toEqual({ target: { ids: [11, 14, 15, 16, 17, 18, 19, 20] } });
});

it('takes it back', async () => {
  const { store, restore } = setUp();
  await store.getState().read();
  store.getState().remove();
  await vi.waitFor(() => expect(store.getState().state.phase).toBe('removed'));

  store.getState().undo();

  await vi.waitFor(() => expect(store.getState().state).toMatchObject({ phase: 'restored', done: 8 }));
  expect(restore.mock.calls[0]?.[0].ids).toHaveLength(8);
});

it('says how many stayed, and where the report is', async () => {
  const { store } = setUp({ failures: 3 });
  await store.getState().read();
  store.getState().remove();

  await vi.waitFor(() => expect(store.getState().state).toMatchObject({ phase: 'removed', done: 5, stayed: 3, jobId: 'remove-1' }));
});

it('says whom it did not get to when somebody stops it, and can take the rest back', async () => {
  const { store, restore } = setUp({ state: 'cancelled', done: 6, failures: 1 });
  await store.getState().read();
  store.getState().remove();
  await vi.waitFor(() => expect(store.getState().state).toMatchObject({ phase: 'removed', done: 5, stayed: 1, left: 2 }));

  store.getState().undo();
  expect(restore).toHaveBeenCalledOnce();
});

it('never says that users were removed when the job failed', async () => {
  const { store } = setUp({ state: 'failed', error: { code: 'disk-full', message: 'No room.', ref: 'r' } });
  await store.getState().read();
  store.getState().remove();

  await vi.waitFor(() => expect(store.getState().state.phase).toBe('failed'));
  expect(store.getState().state).toMatchObject({ during: 'removing', error: { code: 'disk-full', message: 'No room.', ref: 'r' } });
});

it('asks nothing when it cannot find out who is selected', async () => {
  const { store, idsAt, remove } = setUp();
  idsAt.mockRejectedValue(new AppError('invalid-input', 'Too many.'));

  await store.getState().read();
  store.getState().remove();

  expect(store.getState().state).toMatchObject({ phase: 'unreadable' });
  expect(remove).not.toHaveBeenCalled();
});
