import { expect, it } from 'vitest';
import type { UserDetail } from '../../../shared/contract/users.contract.ts';
import type { Call } from '../../runtime/call.ts';
import { defaultCompanySettings } from '../../../shared/contract/companySettings.ts';
import type { UserReader } from './userReader.ts';
import { createUserService, type UserPorts } from './userService.ts';

const call: Call = {
  caller: { id: 'test', account: 'test', access: new Set(['read']) },
  signal: new AbortController().signal,
  ref: 'r',
  note: () => {},
};
const nobody: UserReader = { list: () => Promise.resolve([]), count: () => Promise.resolve(0), get: () => Promise.resolve(null) };

const portsWith = (reader: UserReader): UserPorts => ({
  reader,
  writer: { add: () => Promise.reject(new Error('not asked')), edit: () => Promise.reject(new Error('not asked')) },
  companySettings: () => defaultCompanySettings,
  createPhoneParser: () => () => null,
  usersChanged: () => {},
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
