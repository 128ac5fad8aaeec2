import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  answerWith,
  cutAfter,
  dropConnection,
  garbage,
  hugeLength,
  referSearches,
  repeatCookie,
  resultCode,
  stallAfter,
  startSampleDirectory,
  type Fault,
  type SampleDirectory,
  type SampleDirectoryOptions,
} from '../../electron/platform/ldapServer/index.ts';
import type { DirectorySettings } from '../../shared/contract/directory.contract.ts';
import { startSilent } from '../servers/hostile.ts';
import { crowd, crowdLdif, crowdTop, type CrowdPerson } from '../support/crowd.ts';
import { createImportBench, loopbackSettings, servicePassword, type ImportBench } from '../support/importBench.ts';
import { asMilliseconds } from '../../shared/lib/durations.ts';

/** Twenty pages of ten. */
const people = crowd(200);
const inTwentyPages = { pageSize: 10 };

const ends: (() => unknown)[] = [];
let bench: ImportBench;
beforeEach(() => {
  bench = createImportBench();
  ends.push(bench.close);
});
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function serve(faults: readonly Fault[] = [], options: Partial<SampleDirectoryOptions> = {}): Promise<SampleDirectory> {
  const server = await startSampleDirectory({ servicePassword, ldif: crowdLdif(people), faults, ...options });
  ends.push(server.close);
  return server;
}

/** The fault strikes the first so many connections only. */
function onFirst(connections: number, fault: Fault): Fault {
  return (next) => {
    const faulty = fault(next);
    let opened = 0;
    return { ...next, openSession: (peer) => ((opened += 1) <= connections ? faulty : next).openSession(peer) };
  };
}

async function importedFrom(server: SampleDirectory, changes: Partial<DirectorySettings> = {}) {
  return bench.importFrom(loopbackSettings(server.port, changes), { updateExisting: true });
}

/** Everybody is there already, under other names; then the import fails with `code`, and nothing of it has come in. */
async function expectNothingChanged(attempt: Promise<unknown>, expected: object): Promise<void> {
  const before = bench.stored();
  await expect(attempt).rejects.toMatchObject(expected);
  expect(bench.stored()).toEqual(before);
}

async function importOldNames(): Promise<void> {
  const ldif = crowdLdif(people.slice(0, 30).map(({ username }) => ({ username: `old-${username}` })));
  expect((await importedFrom(await serve([], { ldif }))).counts.add).toBe(30);
}

describe('a connection that is lost on page 7 of 20', () => {
  test('is made again, and everybody is imported once', async () => {
    const server = await serve([onFirst(1, dropConnection({ page: 7, entries: 4 }))]);

    const summary = await importedFrom(server, inTwentyPages);

    expect(summary).toMatchObject({ state: 'applied', counts: { add: 200, skipped: 0 }, read: { entries: 200, complete: true } });
    expect(new Set(bench.stored().map(({ username }) => username)).size).toBe(200);
    expect(server.stats()).toMatchObject({ connections: 2, requests: { bind: 2 } });
  });

  test('and lost again there fails the import, which says how many it had read', async () => {
    await importOldNames();
    const server = await serve([dropConnection({ page: 7 })]);

    await expectNothingChanged(importedFrom(server, inTwentyPages), { code: 'connection-lost', details: { entries: 60 } });

    expect(server.stats().connections).toBe(2);
    expect(bench.reports.summary('job2')).toMatchObject({
      state: 'failed',
      read: { entries: 60, complete: false, cutBy: 'connection-lost' },
    });
  });
});

describe('a directory that stops in the middle', () => {
  test.each([
    ['sizeLimitExceeded', 'size-limit', 'server-size-limit'],
    ['timeLimitExceeded', 'time-limit', 'server-time-limit'],
    ['adminLimitExceeded', 'size-limit', 'server-size-limit'],
  ] as const)('with %s fails the import, which says how many it had read', async (result, code, cutBy) => {
    await importOldNames();
    const server = await serve([cutAfter({ entries: 60, code: resultCode[result] })]);

    await expectNothingChanged(importedFrom(server), { code, details: { entries: 60, cutBy } });

    expect(bench.reports.summary('job2')).toMatchObject({ state: 'failed', read: { entries: 60, complete: false, cutBy } });
  });

  test('by repeating one page for ever fails the import', async () => {
    await importOldNames();
    const server = await serve([repeatCookie({ page: 3 })]);

    await expectNothingChanged(importedFrom(server, inTwentyPages), {
      code: 'paging-stuck',
      details: { entries: 30, cutBy: 'paging-stuck' },
    });
  });

  test.each([
    ['falls silent', stallAfter({ entries: 5 }), 'timeout'],
    ['is busy', answerWith({ operation: 'search', code: resultCode.busy }), 'directory-busy'],
    ['refers elsewhere', referSearches({ urls: [`ldap://elsewhere.example/${crowdTop}`] }), 'referral'],
    ['sends something else than LDAP', garbage({ page: 2 }), 'not-ldap'],
    ['announces two gigabytes', hugeLength({ page: 2 }), 'directory-refused'],
  ] as const)('and %s', async (_name, fault, code) => {
    await importOldNames();
    const server = await serve([fault]);

    await expectNothingChanged(importedFrom(server, inTwentyPages), { code });
  });
});

describe('an import that cannot begin', () => {
  test('because the server wants a secure connection says so', async () => {
    const server = await serve([], { requireTlsForSimpleBind: true });

    await expectNothingChanged(importedFrom(server), { code: 'stronger-auth-required', details: { resultCode: 8 } });
  });

  test('because the container is not there names it', async () => {
    const server = await serve();
    const base = `OU=Nowhere,${crowdTop}`;

    const attempt = bench.importFrom(loopbackSettings(server.port), { scope: { kind: 'containers', dns: [base], below: true } });

    await expectNothingChanged(attempt, { code: 'base-dn-missing', details: { base } });
  });
});

describe('connections of an import', () => {
  test('are one, however many pages and containers there are', async () => {
    const server = await serve();
    const dns = [crowdTop, `OU=Service Accounts,${crowdTop}`, `OU=Crowd,${crowdTop}`];

    await bench.importFrom(loopbackSettings(server.port, inTwentyPages), { scope: { kind: 'containers', dns, below: false } });

    expect(bench.stored()).toHaveLength(200);
    expect(server.stats()).toMatchObject({ connections: 1, requests: { bind: 1 } });
  });

  test('go to a server that does not answer only once, also when the other one is lost on the way', async () => {
    const silent = await startSilent();
    ends.push(silent.stop);
    const server = await serve([onFirst(1, dropConnection({ page: 2 }))]);
    const settings = loopbackSettings(server.port, inTwentyPages);
    const servers = [silent.port, server.port].map((port) => ({ host: '127.0.0.1', port, security: 'none' as const }));

    const summary = await bench.importFrom({ ...settings, servers, timeouts: { ...settings.timeouts, connectMs: asMilliseconds(1_000) } });

    expect(summary).toMatchObject({ state: 'applied', counts: { add: 200 } });
    expect(silent.connections()).toBe(1);
    expect(server.stats().connections).toBe(2);
  });
});

describe('entries that no list was made for', () => {
  const mobile = '+1 425 555 0100';
  const awkward: CrowdPerson[] = [
    { username: 'plain', attributes: { mobile } },
    { username: 'none', attributes: { sAMAccountName: null } },
    { username: 'megabyte', attributes: { description: 'x'.repeat(1_048_576) } },
    { username: 'broken', attributes: { description: Buffer.from([0x63, 0x61, 0x66, 0xe9, 0x20, 0xff]) } },
    { username: 'brokenName', attributes: { sAMAccountName: Buffer.from([0x61, 0xff, 0x62]) } },
    { username: 'also plain', attributes: { mobile } },
  ];

  test('are skipped or marked one by one; everybody else is imported', async () => {
    const server = await serve([], { ldif: crowdLdif(awkward) });

    await importedFrom(server);

    const { rows } = bench.reports.rows('job1', { onlyWarnings: false, offset: 0, limit: 10 });
    expect(rows.map(({ outcome, reason, warnings }) => [outcome, reason, warnings.map(({ warning }) => warning)])).toEqual([
      ['add', undefined, []],
      ['skipped', 'no-username', []],
      ['skipped', 'entry-too-large', []],
      ['add', undefined, ['text-not-utf8']],
      ['skipped', 'bad-username', []],
      ['add', undefined, []],
    ]);
    expect(bench.stored().map(({ username }) => username)).toEqual(['plain', 'broken', 'also plain']);
  });
});
