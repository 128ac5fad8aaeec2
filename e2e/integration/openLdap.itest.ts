import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DirectorySettings } from '../../shared/contract/directory.contract.ts';
import { createLdaptsDirectory } from '../../electron/platform/directory/ldaptsDirectory.ts';
import { comparePeople } from '../../electron/services/directory/visiblePeople.ts';
import { createAuthority, type Authority } from '../servers/certificates.ts';
import { hasProgram } from '../servers/sharedServers.ts';
import { startSlapd, type Slapd, type SlapdOptions } from '../servers/startSlapd.ts';
import { temporaryFolder } from '../support/commands.ts';
import { failureOf, readAll, slapdTarget, textOf } from '../support/directoryReading.ts';

const signal = new AbortController().signal;
const directory = createLdaptsDirectory();
const { folder, remove } = temporaryFolder('authority');
const canRun = hasProgram('slapd') && hasProgram('openssl');

let authority: Authority;
beforeAll(async () => {
  if (canRun) authority = await createAuthority(folder);
});
afterAll(remove);

/** Starts a server for the time of `use`. */
async function withSlapd<Result>(options: SlapdOptions, use: (slapd: Slapd) => Promise<Result>): Promise<Result> {
  const slapd = await startSlapd(options);
  try {
    return await use(slapd);
  } finally {
    await slapd.stop();
  }
}

type Options = Parameters<typeof slapdTarget>;

async function readPeopleOf(slapd: Slapd, options: Options[1] = {}, changes: Partial<DirectorySettings> = {}) {
  const session = await directory.open(slapdTarget(slapd, options, changes), signal);
  try {
    return await readAll(
      session.search(
        { base: slapd.peopleDn, scope: 'sub', filter: '(objectClass=inetOrgPerson)', attributes: ['uid', 'entryUUID'] },
        signal,
      ),
    );
  } finally {
    await session.close();
  }
}

describe.skipIf(!canRun)('certificates of an OpenLDAP server', () => {
  const opened = async (names: readonly string[], options: Options[1] & { expired?: boolean; trusted?: boolean }) =>
    withSlapd({ certificate: await authority.issue(names, { expired: options.expired === true }) }, async (slapd) => {
      const caFile = options.trusted === false ? {} : { caFile: authority.authorityFile };
      const session = await directory.open(slapdTarget(slapd, { ...options, ...caFile }), signal);
      await session.close();
      return session.certificate;
    });

  for (const security of ['ldaps', 'starttls'] as const) {
    describe(`over ${security}`, () => {
      test('one of a trusted issuer for the right address is accepted', async () => {
        expect((await opened(['127.0.0.1'], { security }))?.names).toEqual(['IP Address:127.0.0.1']);
      });

      test('one for the name that was typed is accepted', async () => {
        expect((await opened(['localhost'], { security, host: 'localhost' }))?.names).toEqual(['DNS:localhost']);
      });

      test('an expired one is refused', async () => {
        const failure = await failureOf(opened(['127.0.0.1'], { security, expired: true }));
        expect(failure.code).toBe('certificate-expired');
        expect(Date.parse(String(failure.details['notAfter']))).toBeLessThan(Date.now());
      });

      test('one for another name is refused', async () => {
        expect(await failureOf(opened(['ldap.example.test'], { security }))).toMatchObject({
          code: 'certificate-name',
          details: { names: 'DNS:ldap.example.test' },
        });
      });

      test('one for "localhost" is refused when an address was typed', async () => {
        expect((await failureOf(opened(['localhost'], { security }))).code).toBe('certificate-name');
      });

      test('one of an unknown issuer is refused', async () => {
        expect(await failureOf(opened(['127.0.0.1'], { security, trusted: false }))).toMatchObject({
          code: 'certificate-unknown',
          details: { issuer: 'CN=Test authority' },
        });
      });
    });
  }

  test('a server without TLS cannot be reached over StartTLS', async () => {
    await withSlapd({}, async (slapd) => {
      const { code } = await failureOf(directory.open(slapdTarget(slapd, { security: 'starttls' }), signal));
      expect(code).toBe('tls-failed');
    });
  });
});

describe.skipIf(!canRun)('reading an OpenLDAP server', () => {
  test('reads everybody over many pages', async () => {
    await withSlapd({ people: 1_234 }, async (slapd) => {
      const { entries, summary } = await readPeopleOf(slapd, {}, { pageSize: 100 });
      expect(new Set(entries.map((entry) => textOf(entry, 0))).size).toBe(1_234);
      expect(entries.every((entry) => /^[0-9a-f-]{36}$/.test(textOf(entry, 1)))).toBe(true);
      expect(summary).toMatchObject({ entries: 1_234, complete: true });
    });
  });

  test('says how many were read, and that it was not all, where the server stops at its size limit', async () => {
    await withSlapd({ people: 700, sizeLimit: 300 }, async (slapd) => {
      const { entries, summary } = await readPeopleOf(slapd, {}, { pageSize: 100 });
      expect(summary).toMatchObject({ complete: false, cutBy: 'server-size-limit', entries: entries.length });
      expect(entries).toHaveLength(300);
    });
  });

  test('a wrong password is refused', async () => {
    await withSlapd({}, async (slapd) => {
      expect((await failureOf(directory.open(slapdTarget({ ...slapd, password: 'wrong' }), signal))).code).toBe('bad-credentials');
    });
  });

  test('nobody signs in without TLS where the server wants it', async () => {
    await withSlapd({ requireTls: true }, async (slapd) => {
      expect((await failureOf(directory.open(slapdTarget(slapd), signal))).code).toBe('plain-text-refused');
    });
  });

  test('nobody reads anonymously where the server does not allow it', async () => {
    await withSlapd({ allowAnonymous: false }, async (slapd) => {
      const anonymous = { ...slapdTarget(slapd, {}, { bindDn: '' }), password: null };
      expect(await failureOf(directory.open(anonymous, signal))).toMatchObject({ code: 'bad-credentials', details: { resultCode: 48 } });
    });
  });

  test('the next server is asked when the first one does not answer', async () => {
    await withSlapd({ people: 3 }, async (slapd) => {
      const [server] = slapdTarget(slapd).settings.servers;
      const { summary } = await readPeopleOf(slapd, {}, { servers: [{ ...server!, port: 1 }, server!] });
      expect(summary).toMatchObject({ entries: 3, complete: true });
    });
  });
});

test.skipIf(!canRun)('people whom an account may not see are found by what groups name and by how many were imported', async () => {
  const group = `dn: cn=staff,dc=example,dc=test\nobjectClass: groupOfNames\ncn: staff\n${[1, 2, 3, 4]
    .map((number) => `member: uid=user${number},ou=people,dc=example,dc=test\n`)
    .join('')}`;
  await withSlapd({ people: 30, hidden: ['user2', 'user3'], extraLdif: group }, async (slapd) => {
    const target = slapdTarget(slapd);
    const session = await directory.open(target, signal);
    try {
      const seen = await comparePeople(session, target.settings, 30, signal);
      expect(seen).toEqual({ seen: 28, named: 4, hidden: ['user2', 'user3'].map((uid) => `uid=${uid},${slapd.peopleDn}`) });
    } finally {
      await session.close();
    }
  });
});
