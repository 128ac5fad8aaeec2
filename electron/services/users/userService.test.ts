import { expect, it } from 'vitest';
import type { UserCondition } from '../../../shared/contract/userFilter.ts';
import type { UserDetail } from '../../../shared/contract/users.contract.ts';
import type { Call } from '../../runtime/call.ts';
import { defaultCompanySettings } from '../../../shared/contract/companySettings.ts';
import type { FilterPorts } from '../../../shared/users/resolveFilter.ts';
import { noMails } from './testing.ts';
import type { UserReader, UserSelection } from './userReader.ts';
import { createUserService, type UserPorts } from './userService.ts';

const call: Call = {
  caller: { id: 'test', account: 'test', access: new Set(['read']) },
  signal: new AbortController().signal,
  ref: 'r',
  note: () => {},
};
const noIds = () => Promise.resolve(new Uint32Array(0));
const nobody: UserReader = {
  list: () => Promise.resolve([]),
  count: () => Promise.resolve(0),
  get: () => Promise.resolve(null),
  idsAt: noIds,
  methods: () => Promise.resolve({ version: 0, methods: [] }),
  placesOf: () => Promise.resolve([]),
  ids: noIds,
};
const filterPorts: FilterPorts = { now: () => 1_800_000_059_999, pinExpirationDays: () => 90 };

const portsWith = (reader: UserReader): UserPorts => ({
  reader,
  // These tests only read.
  writer: {} as UserPorts['writer'],
  jobs: { start: () => Promise.reject(new Error('not asked')) },
  initialPins: () => Promise.reject(new Error('not asked')),
  companySettings: () => defaultCompanySettings,
  createPhoneParser: () => () => null,
  preparePin: () => Promise.reject(new Error('not asked')),
  usersChanged: () => {},
  mails: noMails,
  newId: () => 'c',
  ...filterPorts,
});

it('names the user that does not exist', async () => {
  const users = createUserService(portsWith(nobody));

  await expect(users.get({ username: 'anna@corp.test' }, call)).rejects.toMatchObject({
    code: 'not-found',
    details: { user: 'anna@corp.test' },
  });
  await expect(users.get({ id: 17 }, call)).rejects.toMatchObject({ code: 'not-found', details: { user: '17' } });
});

it('answers the user that exists', async () => {
  const anna = { id: 1, username: 'anna' } as UserDetail;
  const users = createUserService(
    portsWith({ ...nobody, get: (key) => Promise.resolve('username' in key && key.username === 'ANNA' ? anna : null) }),
  );

  expect(await users.get({ username: 'ANNA' }, call)).toBe(anna);
});

it('says with each window where it begins', async () => {
  const users = createUserService(portsWith(nobody));
  const window = { search: '', sort: { column: 'username', descending: false }, offset: 300, limit: 100 } as const;

  expect(await users.list(window, call)).toEqual({ rows: [], offset: 300 });
});

it('gives a filter the time and the rule of the company where it needs them', async () => {
  const asked: (UserSelection['filter'] | null)[] = [];
  const users = createUserService(portsWith({ ...nobody, count: ({ filter = null }) => Promise.resolve(asked.push(filter)) }));
  const count = (...conditions: UserCondition[]) => users.count({ search: '', filter: { match: 'all', conditions } }, call);

  await count({ kind: 'flag', field: 'pinExpired', is: true });
  await count({ kind: 'time', field: 'updatedAt', not: false, days: 7 });
  await count({ kind: 'flag', field: 'enabled', is: true });
  await count();

  expect(asked).toMatchObject([
    { now: 1_800_000_000_000, pinExpirationDays: 90 },
    { now: 1_800_000_000_000, pinExpirationDays: 0 },
    { now: 0, pinExpirationDays: 0 },
    null,
  ]);
});

it('refuses to name more users than a command takes', async () => {
  const users = createUserService(portsWith(nobody));
  const sort = { column: 'username', descending: false } as const;

  await expect(users.idsAt({ search: '', sort, ranges: [{ from: 0, to: 200_001 }] }, call)).rejects.toMatchObject({
    code: 'invalid-input',
  });
  expect(await users.idsAt({ search: '', sort, ranges: [{ from: 0, to: 200_000 }] }, call)).toEqual({ ids: [] });
});
