import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/contract/errors.ts';
import type { ReadSummary } from '../../../shared/contract/common.ts';
import type { DirectorySettings, ImportScope } from '../../../shared/contract/directory.contract.ts';
import type { Entry, UnreadablePerson } from '../../../shared/directory/entry.ts';
import { startSampleDirectory, type SampleDirectory } from '../../platform/ldapServer/index.ts';
import { createLdaptsDirectory } from '../../platform/directory/ldaptsDirectory.ts';
import { neverAborted, testPassword, testTarget } from './testing/settings.ts';
import type { DirectorySession, SearchRequest } from './directoryPort.ts';
import { dnKey } from './distinguishedNames.ts';
import { defaultSettings } from './kinds.ts';
import { readPeople } from './scopeReader.ts';

const top = 'DC=contoso,DC=example';
const nested = `OU=Nested,${top}`;
const person = (name: string, more = '') => `dn: CN=${name},${nested}
objectClass: top
objectClass: person
objectClass: organizationalPerson
objectClass: user
objectCategory: CN=Person,CN=Schema,CN=Configuration,${top}
cn: ${name}
sAMAccountName: ${name}
userAccountControl: 512
${more}`;
const sidOf = (rid: number) => Buffer.from([1, 2, 0, 0, 0, 0, 0, 5, 21, 0, 0, 0, rid, 0, 0, 0]).toString('base64');
const group = (name: string, rid: number, ...members: string[]) => `dn: CN=${name},${nested}
objectClass: top
objectClass: group
objectCategory: CN=Group,CN=Schema,CN=Configuration,${top}
cn: ${name}
groupType: -2147483646
objectSid:: ${sidOf(rid)}
${members.map((member) => `member: ${member}\n`).join('')}`;
const at = (name: string) => `CN=${name},${nested}`;
const crowd = Array.from({ length: 120 }, (_, i) => `crowd${i}`);

/** Level 0 → 1 → 2 → 3 → back to 1; `byPrimary` is a member of level 2 only through its primary group. */
const extraLdif = [
  `dn: ${nested}\nobjectClass: top\nobjectClass: organizationalUnit\nou: Nested\n`,
  ...['anna', 'ben', 'cora', 'dan'].map((name) => person(name)),
  person('byPrimary', 'primaryGroupID: 72\n'),
  ...crowd.map((name) => person(name)),
  group('level0', 70, at('anna'), at('level1')),
  group('level1', 71, at('ben'), at('anna'), at('level2')),
  group('level2', 72, at('cora'), at('level3')),
  group('level3', 73, at('dan'), at('level1'), at('level0')),
  group('crowded', 74, ...crowd.map(at), at('anna')),
  group('withGone', 75, at('anna'), at('gone')),
].join('\n');

let server: SampleDirectory;
let session: DirectorySession;
const settings: DirectorySettings = testTarget(0).settings;

beforeAll(async () => {
  server = await startSampleDirectory({ servicePassword: testPassword, extraLdif });
  session = await createLdaptsDirectory().open(testTarget(server.port), neverAborted);
});
afterAll(async () => {
  await session.close();
  await server.close();
});

interface Read {
  readonly names: string[];
  readonly entries: Entry[];
  readonly unreadable: UnreadablePerson[];
  readonly summary: ReadSummary;
}

async function read(
  scope: ImportScope,
  more: { filter?: string; limit?: number; session?: DirectorySession; patience?: number } = {},
): Promise<Read> {
  const request = {
    scope,
    filter: more.filter ?? '',
    attributes: ['cn', 'sAMAccountName'],
    ...(more.limit === undefined ? {} : { limit: more.limit }),
  };
  const options = more.patience === undefined ? {} : { inChainPatienceMs: more.patience };
  const reading = readPeople(more.session ?? session, settings, request, neverAborted, options);
  const entries: Entry[] = [];
  const unreadable: UnreadablePerson[] = [];
  for (;;) {
    const next = await reading.next();
    if (next.done === true)
      return {
        names: entries.map((entry) => Buffer.from(entry.values[0]?.[0] ?? []).toString()).sort(),
        entries,
        unreadable,
        summary: next.value,
      };
    entries.push(...next.value.entries);
    unreadable.push(...next.value.unreadable);
  }
}

/** The same session with another answer to some searches, or with less that the server says of itself. */
function altered(change: {
  capabilities?: string[];
  search?: (request: SearchRequest, signal: AbortSignal) => ReturnType<DirectorySession['search']> | null;
}): DirectorySession {
  return {
    server: session.server,
    certificate: null,
    rootDse: { ...session.rootDse, capabilities: new Set(change.capabilities ?? session.rootDse.capabilities) },
    search: (request, signal) => change.search?.(request, signal) ?? session.search(request, signal),
    readNamed: session.readNamed,
    close: session.close,
  };
}

/** A user whose name says nothing of its having been deleted. */
async function* showDeleted(dn: string, attributes: readonly string[]): ReturnType<DirectorySession['search']> {
  const values: Record<string, string[]> = { objectClass: ['top', 'person', 'user'], isDeleted: ['TRUE'] };
  yield { entries: [{ dn, values: attributes.map((name) => (values[name] ?? []).map((value) => Buffer.from(value))) }] };
  return { entries: 1, complete: true, referrals: 0, milliseconds: 1 };
}

const withoutInChain = () => altered({ capabilities: [] });

describe('containers', () => {
  it('give those directly in them, or all below them', async () => {
    const direct = await read({ kind: 'containers', dns: [`OU=Sales,${top}`], below: false });
    const below = await read({ kind: 'containers', dns: [`OU=Sales,${top}`], below: true });

    expect(direct.entries.every(({ dn }) => dnKey(dn).split(',')[1] === 'ou=sales')).toBe(true);
    expect(below.entries.length).toBeGreaterThan(direct.entries.length);
    expect(below.summary).toMatchObject({ entries: below.entries.length, complete: true });
  });

  it('that lie in one another give nobody twice', async () => {
    const once = await read({ kind: 'containers', dns: [`OU=Sales,${top}`], below: true });
    const twice = await read({ kind: 'containers', dns: [`OU=EMEA,OU=Sales,${top}`, `ou=sales,${top}`, `OU=Sales, ${top}`], below: true });

    expect(twice.names).toEqual(once.names);
    expect(new Set(twice.entries.map(({ dn }) => dn)).size).toBe(twice.entries.length);
  });

  it('never give deleted objects', async () => {
    const { entries } = await read({ kind: 'containers', dns: [top], below: true });

    expect(entries.filter(({ dn }) => dn.includes('Deleted Objects'))).toEqual([]);
  });

  it('never give what a server shows of its deleted objects, and name it', async () => {
    const tombstone = `CN=Gone\\0ADEL:6f1d6f0e-9c0b-4a52-8f3e-2d5a7b1c9e40,CN=Deleted Objects,${top}`;
    const careless = altered({
      async *search() {
        yield { entries: [tombstone, at('anna')].map((dn) => ({ dn, values: [[Buffer.from(dn)], []] })) };
        return { entries: 2, complete: true, referrals: 0, milliseconds: 1 };
      },
    });

    const { entries, unreadable } = await read({ kind: 'containers', dns: [top], below: true }, { session: careless });

    expect(entries.map(({ dn }) => dn)).toEqual([at('anna')]);
    expect(unreadable).toEqual([{ dn: tombstone, reason: 'deleted-object' }]);
  });

  it('give as many as were asked for and say that there are more', async () => {
    const limited = await read({ kind: 'containers', dns: [`OU=Sales,${top}`, `OU=Finance,${top}`], below: true }, { limit: 7 });

    expect(limited.entries).toHaveLength(7);
    expect(limited.summary).toMatchObject({ entries: 7, complete: false, cutBy: 'display-limit' });
  });

  it('are narrowed by a filter, which is read before anything is sent', async () => {
    const narrowed = await read({ kind: 'containers', dns: [nested], below: true }, { filter: '(|(cn=anna)(cn=level0))' });

    expect(narrowed.names).toEqual(['anna']);
    await expect(read({ kind: 'containers', dns: [nested], below: true }, { filter: '(cn=anna))(cn=*' })).rejects.toMatchObject({
      code: 'filter-malformed',
      details: { position: 9 },
    });
  });

  it('that do not exist fail by name', async () => {
    await expect(read({ kind: 'containers', dns: [`OU=Gone,${top}`], below: true })).rejects.toMatchObject({
      code: 'base-dn-missing',
      details: { base: `OU=Gone,${top}` },
    });
  });
});

describe('selected users', () => {
  it('are read by their names, each once, and who is none is named', async () => {
    const { names, unreadable, summary } = await read({
      kind: 'users',
      dns: [at('anna'), at('ANNA'), at('ben'), at('level0'), at('gone')],
    });

    expect(names).toEqual(['anna', 'ben']);
    expect(unreadable).toEqual([
      { dn: at('level0'), reason: 'not-a-user' },
      { dn: at('gone'), reason: 'member-not-readable' },
    ]);
    expect(summary).toMatchObject({ entries: 2, complete: true });
  });

  it('may have any characters in their names', async () => {
    const all = await read({ kind: 'containers', dns: [`OU=Awkward Cases,${top}`], below: true });
    const again = await read({ kind: 'users', dns: all.entries.map(({ dn }) => dn) });

    expect(again.names).toEqual(all.names);
    expect(again.unreadable).toEqual([]);
  });
});

describe.each(['in-chain', 'walk'] as const)('nested groups by %s', (strategy) => {
  const readGroup = (name: string, more: Parameters<typeof read>[1] = {}) =>
    read({ kind: 'group', dn: name, recursive: true }, { ...more, session: strategy === 'walk' ? withoutInChain() : session });

  it('are followed through a circle, to people who belong by their primary group', async () => {
    const { names, summary } = await readGroup(at('level0'));

    expect(names).toEqual(['anna', 'ben', 'byPrimary', 'cora', 'dan']);
    expect(summary).toMatchObject({ entries: 5, complete: true, strategy, groupDepth: 3 });
  });

  it('leave out whom a filter leaves out, without calling them unreadable', async () => {
    const { names, unreadable } = await readGroup(at('level0'), { filter: '(cn=ben)' });

    expect(names).toEqual(['ben']);
    expect(unreadable).toEqual([]);
  });

  it('name the members who cannot be read, with the reason', async () => {
    const { entries, unreadable } = await readGroup(`CN=Project Fabrikam,OU=Groups,${top}`);

    expect(entries).toHaveLength(3);
    expect(Object.fromEntries(unreadable.map(({ dn, reason }) => [dn.slice(3, 10), reason]))).toEqual({
      'Ann Oth': 'member-elsewhere',
      'S-1-5-2': 'member-elsewhere',
      Removed: 'deleted-object',
      'Moved A': 'member-not-readable',
    });
  });

  it('name a member that only its entry says is deleted', async () => {
    // The sample server, as Windows does, keeps such an entry to itself: this one shows it.
    const careless = altered({
      capabilities: strategy === 'walk' ? [] : [...session.rootDse.capabilities],
      search: ({ base, filter, attributes }) =>
        base === at('gone') && filter === '(objectClass=*)' ? showDeleted(base, attributes) : null,
    });

    const { names, unreadable } = await read({ kind: 'group', dn: at('withGone'), recursive: true }, { session: careless });

    expect(names).toEqual(['anna']);
    expect(unreadable).toEqual([{ dn: at('gone'), reason: 'deleted-object' }]);
  });

  it('stop at the limit', async () => {
    const { entries, summary } = await readGroup(at('level0'), { limit: 2 });

    expect(entries).toHaveLength(2);
    expect(summary).toMatchObject({ complete: false, cutBy: 'display-limit' });
  });

  it('give everyone of a group that is larger than one range and one page', async () => {
    const everyone = await readGroup(`CN=All Employees,OU=Groups,${top}`);
    const direct = await read({ kind: 'group', dn: `CN=All Employees,OU=Groups,${top}`, recursive: false });

    expect(everyone.names).toEqual(direct.names);
    expect(everyone.entries.length).toBeGreaterThan(200);
  });

  it('may be empty', async () => {
    expect((await readGroup(`CN=Nobody,OU=Groups,${top}`)).summary).toMatchObject({ entries: 0, complete: true, groupDepth: 0 });
  });
});

describe('a group', () => {
  it('gives its direct members only, unless told otherwise', async () => {
    expect((await read({ kind: 'group', dn: at('level1'), recursive: false })).names).toEqual(['anna', 'ben']);
  });

  it('with many members is read by search, not one by one', async () => {
    const before = server.stats().requests.search ?? 0;
    const { names } = await read({ kind: 'group', dn: at('crowded'), recursive: false });

    expect(names).toHaveLength(121);
    expect((server.stats().requests.search ?? 0) - before).toBeLessThan(10);
  });

  it('that is not there fails by name', async () => {
    await expect(read({ kind: 'group', dn: at('gone'), recursive: true })).rejects.toMatchObject({
      code: 'base-dn-missing',
      details: { base: at('gone') },
    });
  });
});

describe('when the in-chain rule', () => {
  const isInChain = ({ filter }: SearchRequest) => filter.includes('1.2.840.113556.1.4.1941');

  it('is refused, the groups are read one by one', async () => {
    const refusing = altered({
      search(request) {
        if (isInChain(request)) throw new AppError('directory-refused', 'no');
        return null;
      },
    });
    const { names, summary } = await read({ kind: 'group', dn: at('level0'), recursive: true }, { session: refusing });

    expect(names).toEqual(['anna', 'ben', 'byPrimary', 'cora', 'dan']);
    expect(summary).toMatchObject({ complete: true, strategy: 'walk, because in-chain was refused', groupDepth: 3 });
  });

  it('is too slow, the groups are read one by one', async () => {
    const slow = altered({ search: (request, signal) => (isInChain(request) ? never(signal) : null) });
    const { names, summary } = await read({ kind: 'group', dn: at('level0'), recursive: true }, { session: slow, patience: 20 });

    expect(names).toHaveLength(5);
    expect(summary.strategy).toBe('walk, because in-chain was too slow');
  });

  it('is cut by the server, the rest is found by reading the groups, and nobody comes twice', async () => {
    const cutting = altered({
      search: (request, signal) => (request.filter.includes('memberOf=CN=level3') ? cutAfterOne(request, signal) : null),
    });
    const { names, summary } = await read({ kind: 'group', dn: at('level0'), recursive: true }, { session: cutting });

    expect(names).toEqual(['anna', 'ben', 'byPrimary', 'cora', 'dan']);
    expect(summary).toMatchObject({ entries: 5, complete: true, strategy: 'walk, because in-chain was cut by server-time-limit' });
  });

  // eslint-disable-next-line require-yield -- stands for a server that says nothing
  async function* never(signal: AbortSignal): ReturnType<DirectorySession['search']> {
    await new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
    throw new Error('unreachable');
  }

  async function* cutAfterOne(request: SearchRequest, signal: AbortSignal): ReturnType<DirectorySession['search']> {
    const summary = yield* session.search({ ...request, limit: 1 }, signal);
    return { ...summary, complete: false, cutBy: 'server-time-limit' };
  }
});

describe('groups of other directories', () => {
  const unix = `ou=unix,${top}`;
  const login = (uid: string) => `dn: uid=${uid},${unix}\nobjectClass: inetOrgPerson\nuid: ${uid}\ncn: ${uid}\n`;
  const ldif = [
    `dn: ${top}\nobjectClass: domain\ndc: contoso\n`,
    `dn: OU=Service Accounts,${top}\nobjectClass: organizationalUnit\nou: Service Accounts\n`,
    `dn: CN=MFA Service,OU=Service Accounts,${top}\nobjectClass: account\ncn: MFA Service\n`,
    `dn: ${unix}\nobjectClass: organizationalUnit\nou: unix\n`,
    ...['ada', 'bob', 'cyd', 'dee'].map(login),
    `dn: cn=posix,${unix}\nobjectClass: posixGroup\ncn: posix\nmemberUid: ada\nmemberUid: bob)(uid=*\nmemberUid: bob\n`,
    `dn: cn=unique,${unix}\nobjectClass: groupOfUniqueNames\ncn: unique\nuniqueMember: uid=cyd,${unix}#'0101'B\nuniqueMember: cn=posix,${unix}\nuniqueMember: cn=names,${unix}\n`,
    `dn: cn=names,${unix}\nobjectClass: groupOfNames\ncn: names\nmember: uid=dee,${unix}\nmember: cn=unique,${unix}\nmember: uid=gone,${unix}\n`,
  ].join('\n');
  const options = { servicePassword: testPassword, ldif, limits: { maxValues: 2 } };

  it('are followed through member, uniqueMember and memberUid, however their values are sent', async () => {
    const other = await startSampleDirectory(options);
    const target = testTarget(other.port, {
      ...defaultSettings.openldap,
      servers: [{ host: '127.0.0.1', port: other.port, security: 'none' }],
      baseDn: top,
      allowPlainText: true,
      bindDn: settings.bindDn,
    });
    const connected = await createLdaptsDirectory().open(target, neverAborted);
    // This server says that it is Active Directory.
    const plain = {
      ...connected,
      server: connected.server,
      certificate: null,
      rootDse: { ...connected.rootDse, capabilities: new Set<string>() },
    };
    const people: string[] = [];
    const unreadable: UnreadablePerson[] = [];
    const scope = { kind: 'group', dn: `cn=unique,${unix}`, recursive: true } as const;
    for await (const page of readPeople(plain, target.settings, { scope, filter: '', attributes: ['uid'] }, neverAborted)) {
      people.push(...page.entries.map((entry) => Buffer.from(entry.values[0]?.[0] ?? []).toString()));
      unreadable.push(...page.unreadable);
    }
    await connected.close();
    await other.close();

    expect(people.sort()).toEqual(['ada', 'bob', 'cyd', 'dee']);
    expect(unreadable.map(({ dn, reason }) => `${dn} ${reason}`).sort()).toEqual([
      'bob)(uid=* member-not-readable',
      `uid=gone,${unix} member-not-readable`,
    ]);
  });
});
