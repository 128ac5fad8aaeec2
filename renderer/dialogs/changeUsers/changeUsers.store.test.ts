import { expect, it, vi } from 'vitest';
import { defaultCompanySettings } from '../../../shared/contract/companySettings.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import type { Job } from '../../../shared/contract/jobs.contract.ts';
import type { ConsoleClient } from '../../app/client.tsx';
import type { UserChange } from '../../app/dialogs.store.ts';
import { job } from '../testing/fakeConsole.ts';
import { createChangeUsersStore } from './changeUsers.store.ts';

/** A server on which these users are selected; its jobs end at once as `ends` says. */
function setUp(change: UserChange, ids: readonly number[], ends: Partial<Job> = {}) {
  const idsAt = vi.fn<ConsoleClient['users']['idsAt']>(async () => ({ ids: [...ids] }));
  const editMany = vi.fn<ConsoleClient['users']['editMany']>(async () => ({ jobId: 'users-edit-1' }));
  const previewMany = vi.fn<ConsoleClient['users']['previewMany']>(async () => ({ matched: ids.length, changing: 1 }));
  const settings = { ...defaultCompanySettings, userDefaults: { ...defaultCompanySettings.userDefaults, method: 'text' as const } };
  const client = {
    users: { idsAt, editMany, previewMany, get: async ({ id }: { id: number }) => ({ username: `user${id}` }) },
    company: { get: async () => ({ settings, revision: 1, savedAt: 1, savedBy: 'admin' }) },
    jobs: {
      get: async ({ jobId }: { jobId: string }) => job(jobId, { state: 'done', done: ids.length, total: ids.length, ...ends }),
      onChanged: () => () => {},
    },
  } as unknown as Pick<ConsoleClient, 'users' | 'jobs' | 'company'>;
  const list = { search: '', sort: { column: 'username', descending: false } } as const;
  const store = createChangeUsersStore(client, change, { list, ranges: [{ from: 0, to: ids.length - 1 }] });
  return { store, idsAt, editMany, previewMany };
}

it.each([
  ['disable', { enabled: false }],
  ['reset-pin', { pin: 'initial' }],
  ['reset-method', { method: { method: 'text', mode: 'one-way-otp' } }],
] as const)('%s asks first, says for how many it matters, and changes exactly these users', async (change, changes) => {
  const { store, idsAt, editMany, previewMany } = setUp(change, [11, 14]);

  await store.getState().read();
  expect(store.getState().state).toMatchObject({ phase: 'asking', names: ['user11', 'user14'], changing: 1 });
  expect(editMany).not.toHaveBeenCalled();
  idsAt.mockResolvedValue({ ids: [99] });
  store.getState().change();

  await vi.waitFor(() => expect(store.getState().state).toMatchObject({ phase: 'done', done: 2, stayed: 0, left: 0 }));
  expect(editMany.mock.calls).toEqual([[{ target: { ids: [11, 14] }, changes }]]);
  expect(previewMany.mock.calls).toEqual(editMany.mock.calls);
});

it('enables one user without a question, but asks before it enables many', async () => {
  const one = setUp('enable', [11]);
  await one.store.getState().read();
  await vi.waitFor(() => expect(one.store.getState().state).toMatchObject({ phase: 'done', done: 1 }));
  expect(one.editMany.mock.calls).toEqual([[{ target: { ids: [11] }, changes: { enabled: true } }]]);

  const many = setUp('enable', [11, 14]);
  await many.store.getState().read();
  expect(many.store.getState().state).toMatchObject({ phase: 'asking', ids: [11, 14] });
  expect(many.editMany).not.toHaveBeenCalled();
});

it('counts who stayed and whom it did not get to when somebody stops it', async () => {
  const { store } = setUp('disable', [1, 2, 3, 4], { state: 'cancelled', done: 2, failures: 1 });
  await store.getState().read();
  store.getState().change();
  await vi.waitFor(() => expect(store.getState().state).toMatchObject({ phase: 'done', done: 1, stayed: 1, left: 2 }));
});

it('says why nothing was changed: an error on the way, a locked vault', async () => {
  const unreadable = setUp('disable', [1]);
  unreadable.idsAt.mockRejectedValue(new AppError('invalid-input', 'Too many.'));
  await unreadable.store.getState().read();
  unreadable.store.getState().change();
  expect(unreadable.store.getState().state).toMatchObject({ phase: 'unreadable' });
  expect(unreadable.editMany).not.toHaveBeenCalled();

  const locked = setUp('reset-pin', [1], { state: 'failed', error: { code: 'keychain-locked', message: 'Locked.', ref: 'r' } });
  await locked.store.getState().read();
  locked.store.getState().change();
  await vi.waitFor(() => expect(locked.store.getState().state).toMatchObject({ phase: 'failed', error: { code: 'keychain-locked' } }));
});

it('changes nobody where nobody is left at these places', async () => {
  const { store, editMany, previewMany } = setUp('disable', []);
  await store.getState().read();
  store.getState().change();
  expect(store.getState().state).toMatchObject({ phase: 'asking', ids: [] });
  expect(previewMany).not.toHaveBeenCalled();
  expect(editMany).not.toHaveBeenCalled();
});
