import { describe, expect, it } from 'vitest';
import type { CompanySettings } from '../../../shared/contract/companySettings.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import type { NamedAccount } from '../../../shared/directory/namedAccount.ts';
import type { Call } from '../../runtime/call.ts';
import { namesToTry } from './namesToTry.ts';
import { createUsernameService, type UsernamePorts } from './usernameService.ts';

describe('names that are looked for', () => {
  it.each([
    ['CORP\\ann', ['CORP\\ann', 'ann']],
    ['ann@corp.example', ['ann@corp.example', 'ann']],
    ['CORP\\ann@partner.example', ['CORP\\ann@partner.example', 'ann@partner.example']],
    ['ann', ['ann']],
    ['@corp.example', ['@corp.example']],
    ['CORP\\', ['CORP\\']],
  ])('%s', (name, expected) => {
    expect(namesToTry(name, true)).toEqual(expected);
    expect(namesToTry(name, false)).toEqual([name]);
  });
});

describe('resolving a name', () => {
  const account = (changes: Partial<NamedAccount> = {}): NamedAccount => ({
    dn: 'CN=Ann',
    matched: 'sAMAccountName',
    directoryId: 'id-ann',
    sid: 'S-1-5-21-7',
    ...changes,
  });
  const ann = { id: 7, username: 'ann.old' };

  function resolve(
    name: string,
    {
      rules = {},
      accounts = { ann: [account()] },
      list = { 'id:id-ann': ann, 'sid:S-1-5-21-7': ann, 'name:ann.old': ann },
      ...ports
    }: {
      rules?: Partial<CompanySettings['usernameResolution']>;
      accounts?: Readonly<Record<string, readonly NamedAccount[]>>;
      list?: Readonly<Record<string, typeof ann>>;
    } & Partial<Pick<UsernamePorts, 'accountsNamed'>> = {},
  ) {
    const service = createUsernameService({
      rules: () => ({ kind: 'directory-id', stripDomain: true, ...rules }),
      accountsNamed: async (wanted) => accounts[wanted] ?? [],
      findUser: async (key) =>
        list['username' in key ? `name:${key.username}` : 'sid' in key ? `sid:${key.sid}` : `id:${key.directoryId}`] ?? null,
      ...ports,
    });
    return service.resolve({ name }, { signal: new AbortController().signal } as Call);
  }

  it('finds who has the identifier of the account, whatever the list calls him', async () => {
    expect(await resolve('CORP\\ann')).toEqual({
      outcome: 'found',
      user: ann,
      kind: 'directory-id',
      tried: ['CORP\\ann', 'ann'],
      account: { dn: 'CN=Ann', matched: 'sAMAccountName', identifier: 'id-ann' },
      directoryError: null,
    });
    expect(await resolve('ann', { rules: { kind: 'sid' } })).toMatchObject({ user: ann, account: { identifier: 'S-1-5-21-7' } });
  });

  it('does not give a name that somebody else has now to who had it before', async () => {
    const accounts = { 'ann.old': [account({ dn: 'CN=Ann the second', directoryId: 'id-second' })] };

    expect(await resolve('ann.old', { accounts })).toMatchObject({ outcome: 'not-in-list', user: null });
  });

  it('compares usernames only where it is told to', async () => {
    const accountsNamed = () => Promise.reject(new Error('The directory is not asked.'));

    expect(await resolve('CORP\\ann.old', { rules: { kind: 'exact' }, accountsNamed })).toMatchObject({ outcome: 'found', user: ann });
    expect(await resolve('CORP\\ann.old', { rules: { kind: 'exact', stripDomain: false }, accountsNamed })).toMatchObject({
      outcome: 'not-in-list',
      user: null,
    });
  });

  it.each([
    ['nobody has the name', {}, 'not-in-directory'],
    ['two have it', { ann: [account(), account({ dn: 'CN=Ann II' })] }, 'ambiguous'],
    ['the account has no identifier', { ann: [account({ directoryId: '' })] }, 'no-identifier'],
  ] as const)('means nobody where %s', async (_case, accounts, outcome) => {
    expect(await resolve('ann', { accounts })).toMatchObject({ outcome, user: null });
  });

  it('compares usernames where the directory cannot be asked, and says so', async () => {
    const accountsNamed = () => Promise.reject(new AppError('unreachable', 'No server answers.'));

    expect(await resolve('ann.old', { accountsNamed })).toMatchObject({
      outcome: 'found',
      user: ann,
      account: null,
      directoryError: { code: 'unreachable', message: 'No server answers.' },
    });
  });

  it('hides no fault of our own', async () => {
    await expect(resolve('ann', { accountsNamed: () => Promise.reject(new TypeError('a bug')) })).rejects.toThrow('a bug');
  });
});
