import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Call } from '../../runtime/call.ts';
import { createBypassService } from '../../services/bypasses/bypassService.ts';
import { createRandom, createTestStore, inventUser, type TestStore } from '../users/testing.ts';
import { createBypassRepository } from './bypassRepository.ts';

const user = { id: 1 };
const call: Call = {
  caller: { id: '', account: 'admin', access: new Set() },
  signal: new AbortController().signal,
  ref: '',
  note: () => {},
};

let store: TestStore;
let at: number;
beforeEach(() => {
  at = 1_000_000;
  store = createTestStore();
  store.write([{ ...inventUser(1, createRandom(1)), username: 'anna' }]);
});
afterEach(() => store.close());

function open() {
  const repository = createBypassRepository(store.database);
  const findUser = async (ref: object) => ('id' in ref && ref.id === 1 ? { id: 1, username: 'anna' } : null);
  return { repository, service: createBypassService({ store: repository, findUser, now: () => at, changed: () => {} }) };
}

it('is good for one sign-in within its seconds', async () => {
  const { repository, service } = open();
  expect(await service.start({ user, seconds: 300, reason: ' Phone at home ' }, call)).toMatchObject({
    ...{ username: 'anna', reason: 'Phone at home', startedBy: 'admin', expiresAt: at + 300_000, state: 'open', endedAt: null },
  });

  expect(await Promise.all([repository.use(1, at), repository.use(1, at)])).toEqual([true, false]);
  expect(await service.list({ show: 'open', offset: 0, limit: 10 }, call)).toEqual({ bypasses: [], total: 0 });
  expect((await service.list({ show: 'all', offset: 0, limit: 10 }, call)).bypasses).toMatchObject([{ state: 'used', endedAt: at }]);
});

it('ends by itself', async () => {
  const { repository, service } = open();
  await service.start({ user, seconds: 300, reason: 'x' }, call);
  at += 300_000;

  expect(await repository.use(1, at)).toBe(false);
  expect((await service.list({ show: 'all', offset: 0, limit: 10 }, call)).bypasses).toMatchObject([{ state: 'expired' }]);
});

it('can be revoked, once', async () => {
  const { repository, service } = open();
  await service.start({ user, seconds: 300, reason: 'x' }, call);

  expect(await service.revoke({ user }, call)).toEqual({ revoked: 1 });
  expect(await service.revoke({ user }, call)).toEqual({ revoked: 0 });
  expect(await repository.use(1, at)).toBe(false);
  expect((await service.list({ show: 'all', offset: 0, limit: 10 }, call)).bypasses).toMatchObject([
    { state: 'revoked', revokedBy: 'admin' },
  ]);
});

it('takes the place of one that is open', async () => {
  const { repository, service } = open();
  await service.start({ user, seconds: 300, reason: 'first' }, call);
  await service.start({ user, seconds: 300, reason: 'second' }, call);

  expect((await service.list({ show: 'open', offset: 0, limit: 10 }, call)).bypasses).toMatchObject([{ reason: 'second' }]);
  expect(await repository.use(1, at)).toBe(true);
  expect(await repository.use(1, at)).toBe(false);
});

it.each(['', '   ', 'x'.repeat(201), 'two\nlines'])('is not started for the reason %j', async (reason) => {
  await expect(open().service.start({ user, seconds: 300, reason }, call)).rejects.toMatchObject({ code: 'invalid-input' });
});

it('is not started for somebody who is not there', async () => {
  await expect(open().service.start({ user: { id: 2 }, seconds: 300, reason: 'x' }, call)).rejects.toMatchObject({ code: 'not-found' });
});
