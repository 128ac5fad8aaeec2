import { afterEach, describe, expect, test } from 'vitest';
import type { ImportScope } from '../../shared/contract/directory.contract.ts';
import { createLdaptsDirectory } from '../../electron/platform/directory/ldaptsDirectory.ts';
import type { DirectorySession } from '../../electron/services/directory/directoryPort.ts';
import { readPeople } from '../../electron/services/directory/scopeReader.ts';
import { sharedServers } from '../servers/sharedServers.ts';
import {
  awkwardDn,
  awkwardPeople,
  domainDn,
  everyoneDn,
  levelPeople,
  levels,
  movingDn,
  movingPeople,
  staffCount,
  staffDn,
  upnSuffix,
} from '../servers/sambaPeople.ts';
import { changeSamba, moveInSamba, type Samba } from '../servers/startSamba.ts';
import { failureOf, readAll, sambaTarget, textOf, type ReadAll } from '../support/directoryReading.ts';

const { samba: started } = sharedServers();
const samba = started as Samba;
const signal = new AbortController().signal;
const directory = createLdaptsDirectory();
const sessions: DirectorySession[] = [];

type Options = Parameters<typeof sambaTarget>;

async function open(...[, ...options]: [Samba?, Options[1]?, Options[2]?]): Promise<DirectorySession> {
  const session = await directory.open(sambaTarget(samba, ...options), signal);
  sessions.push(session);
  return session;
}

async function read(
  scope: ImportScope,
  attributes: readonly string[] = ['sAMAccountName'],
  options?: Options[1],
  filter = '',
): Promise<ReadAll> {
  const { settings } = sambaTarget(samba, options);
  return readAll(readPeople(await open(samba, options), settings, { scope, filter, attributes }, signal));
}

const usernames = ({ entries }: ReadAll) => entries.map((entry) => textOf(entry, 0)).sort();

afterEach(async () => {
  await Promise.all(sessions.splice(0).map((session) => session.close()));
});

describe.skipIf(started === null)('signing in to Active Directory', () => {
  test('works over LDAPS with the DN and with the user principal name, and shows the certificate', async () => {
    for (const bindDn of [samba.bindDn, `${samba.username}@${upnSuffix}`, `CORP\\${samba.username}`]) {
      const { certificate, rootDse } = await open(samba, { bindDn });
      expect(certificate?.names).toContain('DNS:dc1.corp.contoso.test');
      expect(rootDse.defaultNamingContext).toBe(domainDn);
    }
  });

  test('works over StartTLS', async () => {
    const session = await open(samba, { servers: [{ host: samba.host, port: 389, security: 'starttls' }] });
    expect(session.certificate?.names).toContain(`IP Address:${samba.host}`);
  });

  test('is refused with a wrong password', async () => {
    expect(await failureOf(open(samba, {}, 'Wrong-Passw0rd'))).toMatchObject({ code: 'bad-credentials', details: { subCode: '52e' } });
  });

  test('is refused for a name that does not exist', async () => {
    expect((await failureOf(open(samba, { bindDn: `nobody@${upnSuffix}` }))).code).toBe('bad-credentials');
  });

  test('is refused without TLS, because the domain controller wants encryption', async () => {
    const failure = await failureOf(open(samba, { servers: [{ host: samba.host, port: 389, security: 'none' }], allowPlainText: true }));
    expect(failure).toMatchObject({ code: 'stronger-auth-required', details: { resultCode: 8 } });
  });

  test('stops at a certificate whose issuer is unknown, shows it, and goes on once it is trusted by pin', async () => {
    const failure = await failureOf(open(samba, { caPem: '' }));
    expect(failure).toMatchObject({ code: 'certificate-unknown', details: { issuer: 'CN=CORP test authority' } });

    const pin = { host: samba.host, port: 636, sha256: String(failure.details['sha256']) };
    const { certificate } = await open(samba, { caPem: '', pins: [pin] });
    expect(certificate?.sha256).toBe(pin.sha256);
  });
});

describe.skipIf(started === null)('reading Active Directory', () => {
  test('reads every person below a container over many pages, and says that it was all', async () => {
    const found = await read({ kind: 'containers', dns: [staffDn], below: true }, undefined, { pageSize: 250 });
    expect(new Set(usernames(found)).size).toBe(staffCount);
    expect(found.summary).toMatchObject({ entries: staffCount, complete: true });
    expect(found.pages).toBeGreaterThan(staffCount / 250);
  });

  test('finds nobody directly in a container whose people are all below it', async () => {
    const found = await read({ kind: 'containers', dns: [staffDn], below: false });
    expect(found.summary).toMatchObject({ entries: 0, complete: true });
  });

  test('ignores the referrals of a search over the whole domain, and counts them', async () => {
    const session = await open();
    const { entries, summary } = await readAll(
      session.search({ base: domainDn, scope: 'sub', filter: '(sAMAccountName=u1)', attributes: ['cn'] }, signal),
    );
    expect(entries).toHaveLength(1);
    expect(summary.complete).toBe(true);
    expect(summary.referrals).toBeGreaterThan(0);
  });

  test('brings every awkward name through unharmed', async () => {
    const found = await read({ kind: 'containers', dns: [awkwardDn], below: false }, ['sAMAccountName', 'displayName', 'givenName', 'sn']);
    const names = Object.fromEntries(found.entries.map((entry) => [textOf(entry, 0), [1, 2, 3].map((index) => textOf(entry, index))]));
    const expected = awkwardPeople.map(({ username, attributes }) => [
      username,
      ['displayName', 'givenName', 'sn'].map((name) => attributes[name]),
    ]);
    expect(names).toEqual(Object.fromEntries(expected));
  });

  test('reads people whom it names by such DNs', async () => {
    const dns = awkwardPeople.map(({ dn }) => dn);
    expect(usernames(await read({ kind: 'users', dns }))).toEqual(awkwardPeople.map(({ username }) => username).sort());
  });

  test('gives identifiers as 16 raw bytes, each another', async () => {
    const found = await read({ kind: 'containers', dns: [awkwardDn], below: false }, ['objectGUID']);
    const ids = found.entries.map((entry) => Buffer.from(entry.values[0]![0]!).toString('hex'));
    expect(ids.every((id) => id.length === 32)).toBe(true);
    expect(new Set(ids).size).toBe(awkwardPeople.length);
  });

  test('answers a base that does not exist with its own error', async () => {
    expect((await failureOf(read({ kind: 'containers', dns: [`OU=Nowhere,${domainDn}`], below: true }))).code).toBe('base-dn-missing');
  });
});

describe.skipIf(started === null)('groups of Active Directory', () => {
  test('a group of 1,700 is read whole', async () => {
    const found = await read({ kind: 'group', dn: everyoneDn, recursive: false });
    expect(new Set(usernames(found)).size).toBe(staffCount);
    expect(found.summary.complete).toBe(true);
  });

  test('a group without its nested groups has its own people only', async () => {
    expect(usernames(await read({ kind: 'group', dn: levels[0]!, recursive: false }))).toEqual([levelPeople[0]]);
  });

  test('groups nested four deep in a circle give each person once', async () => {
    expect(usernames(await read({ kind: 'group', dn: levels[0]!, recursive: true }))).toEqual(levelPeople);
    // The same people from anywhere in the circle.
    expect(usernames(await read({ kind: 'group', dn: levels[2]!, recursive: true }))).toEqual(levelPeople);
  });
});

describe.skipIf(started === null)('what changes between two reads', () => {
  test('a person who was moved or renamed keeps the identifier, and one who was deleted is gone', async () => {
    const identify = async () => {
      const found = await read({ kind: 'containers', dns: [movingDn, awkwardDn], below: true }, ['sAMAccountName', 'objectGUID']);
      return new Map(
        found.entries.map((entry) => [Buffer.from(entry.values[1]![0]!).toString('hex'), { dn: entry.dn, username: textOf(entry, 0) }]),
      );
    };
    const [, moves, renamed, , deleted] = movingPeople.map(({ dn }) => dn) as [string, string, string, string, string];
    const before = await identify();
    const idOf = (dn: string) => [...before].find(([, person]) => person.dn === dn)![0];

    await moveInSamba(samba, moves, `CN=Moving moves,${awkwardDn}`);
    await moveInSamba(samba, renamed, `CN=Another name,${movingDn}`);
    await changeSamba(
      samba,
      `dn: CN=Another name,${movingDn}\nchangetype: modify\nreplace: sAMAccountName\nsAMAccountName: another.name\n`,
    );
    await changeSamba(samba, `dn: ${deleted}\nchangetype: delete\n`);
    const after = await identify();

    expect(after.get(idOf(moves))).toEqual({ dn: `CN=Moving moves,${awkwardDn}`, username: 'moving.moves' });
    expect(after.get(idOf(renamed))).toEqual({ dn: `CN=Another name,${movingDn}`, username: 'another.name' });
    expect(after.has(idOf(deleted))).toBe(false);
    expect(after.size).toBe(before.size - 1);
  });
});
