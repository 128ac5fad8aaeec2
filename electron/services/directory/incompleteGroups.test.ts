import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReadSummary } from '../../../shared/contract/common.ts';
import type { ImportScope } from '../../../shared/contract/directory.contract.ts';
import type { UnreadablePerson } from '../../../shared/directory/entry.ts';
import { asMilliseconds } from '../../../shared/lib/durations.ts';
import { createLdaptsDirectory } from '../../platform/directory/ldaptsDirectory.ts';
import { startSampleDirectory, type SampleDirectory } from '../../platform/ldapServer/index.ts';
import { neverAborted, testPassword, testTarget } from './testing/settings.ts';
import type { DirectorySession, SearchRequest } from './directoryPort.ts';
import { readPeople } from './scopeReader.ts';

const top = 'DC=contoso,DC=example';
const unit = `OU=Many,${top}`;
const at = (name: string) => `CN=${name},${unit}`;
const classes = (...names: string[]) => ['top', ...names].map((name) => `objectClass: ${name}\n`).join('');
const person = (name: string) => `dn: ${at(name)}
${classes('person', 'organizationalPerson', 'user')}objectCategory: CN=Person,CN=Schema,CN=Configuration,${top}
cn: ${name}
sAMAccountName: ${name}
userAccountControl: 512
`;
const group = (name: string, ...members: string[]) => `dn: ${at(name)}
${classes('group')}objectCategory: CN=Group,CN=Schema,CN=Configuration,${top}
cn: ${name}
groupType: -2147483646
${members.map((member) => `member: ${at(member)}\n`).join('')}`;

/** More than the reader names in searches of their own; the last one is the deepest. */
const groupCount = 120;
const numbers = Array.from({ length: groupCount }, (_, index) => index);
const extraLdif = [
  `dn: ${unit}\n${classes('organizationalUnit')}ou: Many\n`,
  ...numbers.map((index) => person(`person${index}`)),
  ...numbers.map((index) => group(`group${index}`, `person${index}`, ...(index === 0 ? [] : [`group${index - 1}`]))),
  // Every group directly below and, through its neighbour, once more.
  group('all', ...numbers.map((index) => `group${index}`)),
  group('few', 'person0', 'group1'),
].join('\n');

let server: SampleDirectory;
let session: DirectorySession;
beforeAll(async () => {
  server = await startSampleDirectory({ servicePassword: testPassword, extraLdif });
  session = await createLdaptsDirectory().open(testTarget(server.port), neverAborted);
});
afterAll(async () => {
  await session.close();
  await server.close();
});

/** The same session, with another end to the searches that `when` names. */
function ending(when: (request: SearchRequest) => boolean, cutBy: NonNullable<ReadSummary['cutBy']>): DirectorySession {
  return {
    server: session.server,
    certificate: null,
    rootDse: session.rootDse,
    async *search(request, signal) {
      if (!when(request)) return yield* session.search(request, signal);
      return { entries: 0, complete: false, cutBy, referrals: 0, milliseconds: 0 };
    },
    readNamed: session.readNamed,
    close: session.close,
  };
}

async function readGroup(name: string, from: DirectorySession = session) {
  return read({ kind: 'group', dn: at(name), recursive: true }, from);
}

async function read(scope: ImportScope, from: DirectorySession, totalMs = 30_000) {
  const names: string[] = [];
  const unreadable: UnreadablePerson[] = [];
  const { settings } = testTarget(0);
  const request = { scope, filter: '', attributes: ['cn'] };
  const reading = readPeople(
    from,
    { ...settings, timeouts: { ...settings.timeouts, totalMs: asMilliseconds(totalMs) } },
    request,
    neverAborted,
  );
  for (;;) {
    const next = await reading.next();
    if (next.done === true) return { names, unreadable, summary: next.value };
    names.push(...next.value.entries.map((entry) => Buffer.from(entry.values[0]?.[0] ?? []).toString()));
    unreadable.push(...next.value.unreadable);
  }
}

const isNestingSearch = ({ filter }: SearchRequest) => filter.includes('objectClass=group') && filter.includes('1.2.840.113556.1.4.1941');

it('finds the people of more nested groups than can be named, each once, through the rule of the server', async () => {
  const { names, unreadable, summary } = await readGroup('all');

  expect(names.toSorted()).toEqual(numbers.map((index) => `person${index}`).toSorted());
  expect(unreadable).toEqual([]);
  expect(summary).toMatchObject({ entries: groupCount, complete: true, strategy: 'in-chain' });
});

describe('nested groups that the server does not list to the end', () => {
  it.each(['server-size-limit', 'server-time-limit', 'paging-stuck'] as const)(
    'are found by reading the groups themselves: %s',
    async (cutBy) => {
      const { names, summary } = await readGroup('few', ending(isNestingSearch, cutBy));

      expect(names.toSorted()).toEqual(['person0', 'person1']);
      expect(summary).toMatchObject({ complete: true, strategy: `walk, because in-chain was cut by ${cutBy}` });
    },
  );

  it('never pass for all of them when the time for the whole read is over', async () => {
    const { summary } = await readGroup('few', ending(isNestingSearch, 'total-time-limit'));

    expect(summary).toMatchObject({ complete: false, cutBy: 'total-time-limit' });
  });
});

it.each([
  ['server-time-limit', 'time-limit'],
  ['server-size-limit', 'size-limit'],
  ['total-time-limit', 'time-limit'],
] as const)('does not take a member for unreadable because the server stopped: %s', async (cutBy, code) => {
  const walking = ending(({ base, scope }) => scope === 'base' && base === at('person1'), cutBy);
  const plain = { ...walking, server: session.server, rootDse: { ...session.rootDse, capabilities: new Set<string>() } };

  await expect(readGroup('group1', plain)).rejects.toMatchObject({ code, details: { base: at('person1'), cutBy } });
});

describe('the time for the whole read', () => {
  const withoutInChain = () => ({
    ...ending(() => false, 'cancelled'),
    server: session.server,
    rootDse: { ...session.rootDse, capabilities: new Set<string>() },
  });
  const scopes: ImportScope[] = [
    { kind: 'group', dn: at('all'), recursive: true },
    { kind: 'containers', dns: [unit, `OU=Sales,${top}`, `OU=Groups,${top}`], below: true },
    { kind: 'users', dns: Array.from({ length: 1_200 }, (_, index) => at(`person${index}`)) },
  ];

  it.each(scopes)('holds for all searches of a read together: $kind', async (scope) => {
    const { summary } = await read(scope, withoutInChain(), 1);

    expect(summary).toMatchObject({ complete: false, cutBy: 'total-time-limit' });
    expect((await read(scope, withoutInChain())).summary.entries).toBeGreaterThan(0);
  });
});
