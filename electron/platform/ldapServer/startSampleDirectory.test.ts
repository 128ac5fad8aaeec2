import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, type Entry, type SearchOptions } from 'ldapts';
import { afterEach, describe, expect, it } from 'vitest';
import { Secret } from '../../../shared/lib/secret.ts';
import { DataError } from './data/entryStore.ts';
import { sampleBaseDn, startSampleDirectory, type SampleDirectory, type SampleDirectoryOptions } from './startSampleDirectory.ts';
import { selfSignedCertificate } from './testing/selfSignedCertificate.ts';

const servicePassword = new Secret('service password');
const peopleFilter = '(&(objectCategory=person)(objectClass=user))';
const opened: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const { close } of opened.splice(0).toReversed()) await close();
});

async function start(options: Partial<SampleDirectoryOptions> = {}): Promise<SampleDirectory> {
  const directory = await startSampleDirectory({ servicePassword, ...options });
  opened.push(directory);
  return directory;
}

function connect(url: string, tlsOptions?: { ca: string }): Client {
  const client = new Client({ url, tlsOptions });
  opened.push({ close: () => client.unbind() });
  return client;
}

async function connectAsService(directory: SampleDirectory): Promise<Client> {
  const client = connect(directory.url);
  await client.bind(directory.serviceDn, servicePassword.reveal());
  return client;
}

async function find(client: Client, options: SearchOptions, baseDn: string = sampleBaseDn): Promise<Entry[]> {
  return (await client.search(baseDn, { timeLimit: 0, ...options })).searchEntries;
}

const cns = (entries: readonly Entry[]) => entries.map(({ cn }) => cn);

describe('binding to the sample directory', () => {
  it('lets anybody read the root DSE and nothing else', async () => {
    const client = connect((await start()).url);

    const [root] = await find(client, { scope: 'base', filter: '(objectClass=*)' }, '');

    expect(root).toMatchObject({ defaultNamingContext: sampleBaseDn, supportedLDAPVersion: '3', dnsHostName: 'dc01.contoso.example' });
    expect(root?.['supportedCapabilities']).toContain('1.2.840.113556.1.4.800');
    await expect(find(client, {})).rejects.toMatchObject({
      code: 1,
      message: expect.stringContaining('successful bind must be completed') as string,
    });
  });

  it.each([
    ['a DN', 'cn=mfa service,ou=Service Accounts,dc=contoso,dc=example'],
    ['a UPN', 'svc-mfa@contoso.example'],
    ['a domain and a name', 'CONTOSO\\svc-mfa'],
  ])('accepts %s', async (_name, name) => {
    const client = connect((await start()).url);

    await client.bind(name, servicePassword.reveal());

    expect(await find(client, { scope: 'base' })).toHaveLength(1);
  });

  it.each([
    ['52e', 'CN=John Smith', 'wrong'],
    ['525', 'CN=Nobody At All', 'right'],
    ['530', 'CN=Ada\\+Charles', 'right'],
    ['532', 'CN=Back\\\\Slash', 'right'],
    ['533', 'CN=Disabled Account', 'right'],
    ['701', 'CN=Expired Account', 'right'],
    ['773', 'CN=Must Change', 'right'],
    ['775', 'CN=Locked Out', 'right'],
  ])('refuses with the sub-code %s as Windows does: %s', async (subCode, rdn, password) => {
    const unit = `OU=Awkward Cases,${sampleBaseDn}`;
    const directory = await start({
      accountPassword: new Secret('right'),
      bindVerdicts: { [`CN=Ada\\+Charles,${unit}`]: 'outside-logon-hours', [`CN=Back\\\\Slash,${unit}`]: 'password-expired' },
    });

    const attempt = connect(directory.url).bind(`${rdn},${unit}`, password);

    await expect(attempt).rejects.toMatchObject({ code: 49, message: expect.stringContaining(`data ${subCode},`) as string });
  });

  it('tells nothing about an account to somebody with a wrong password', async () => {
    const directory = await start({ accountPassword: new Secret('right') });

    const attempt = connect(directory.url).bind(`CN=Locked Out,OU=Awkward Cases,${sampleBaseDn}`, 'wrong');

    await expect(attempt).rejects.toMatchObject({ message: expect.stringContaining('data 52e,') as string });
  });

  it('forgets who was bound when a later bind fails', async () => {
    const directory = await start();
    const client = await connectAsService(directory);

    await expect(client.bind(directory.serviceDn, 'wrong')).rejects.toMatchObject({ code: 49 });

    await expect(find(client, {})).rejects.toMatchObject({ code: 1 });
  });

  it('refuses a name without a password, or makes it anonymous as Windows does', async () => {
    const [strict, windows] = [await start(), await start({ unauthenticatedBind: 'anonymous' })];
    const client = connect(windows.url);

    await expect(connect(strict.url).bind(strict.serviceDn, '')).rejects.toMatchObject({ code: 53 });
    await client.bind(windows.serviceDn, '');

    await expect(find(client, {})).rejects.toMatchObject({ code: 1 });
  });
});

describe('TLS', () => {
  const tls = selfSignedCertificate({ names: ['localhost', '127.0.0.1'] });

  it('is spoken from the first byte on an LDAPS port', async () => {
    const directory = await start({ protocol: 'ldaps', tls, requireTlsForSimpleBind: true });
    const client = connect(directory.url, { ca: tls.certificatePem });

    await client.bind(directory.serviceDn, servicePassword.reveal());

    expect(directory.url).toMatch(/^ldaps:/);
    expect(await find(client, { filter: peopleFilter, paged: true })).toHaveLength(262);
  });

  it('can be started on a plain connection, and a password may then be required to wait for it', async () => {
    const directory = await start({ tls, requireTlsForSimpleBind: true });
    const client = connect(directory.url);

    await expect(client.bind(directory.serviceDn, servicePassword.reveal())).rejects.toMatchObject({ code: 8 });
    await client.startTLS({ ca: tls.certificatePem, host: '127.0.0.1' });
    await client.bind(directory.serviceDn, servicePassword.reveal());

    expect(await find(client, { filter: peopleFilter, paged: true })).toHaveLength(262);
    expect(directory.stats().connections).toBe(1);
  });

  it('shows clients a certificate that they can refuse', async () => {
    const stranger = selfSignedCertificate({ names: ['elsewhere.example'] });
    const directory = await start({ protocol: 'ldaps', tls: stranger });

    await expect(connect(directory.url, { ca: tls.certificatePem }).bind('', '')).rejects.toMatchObject({
      code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
    });
    await expect(connect(directory.url, { ca: stranger.certificatePem }).bind('', '')).rejects.toMatchObject({
      code: 'ERR_TLS_CERT_ALTNAME_INVALID',
    });
  });
});

describe('searching the sample directory', () => {
  it('finds people, but no contacts, computers or deleted objects', async () => {
    const client = await connectAsService(await start());

    const people = await find(client, { filter: peopleFilter, paged: { pageSize: 50 } });

    expect(people).toHaveLength(262);
    expect(new Set(people.map(({ dn }) => dn)).size).toBe(262);
    expect(cns(people)).not.toContain('Nora Feld');
    expect(people.some(({ sAMAccountName }) => String(sAMAccountName).endsWith('$'))).toBe(false);
    expect(cns(people).some((cn) => String(cn).startsWith('Removed Person'))).toBe(false);
  });

  it('keeps to base, one level and subtree', async () => {
    const client = await connectAsService(await start());
    const sales = `OU=Sales,${sampleBaseDn}`;

    expect(await find(client, { scope: 'base' }, sales)).toHaveLength(1);
    expect((await find(client, { scope: 'one' }, sales)).map(({ dn }) => dn)).toEqual(
      ['EMEA', 'Americas', 'APAC'].map((name) => `OU=${name},${sales}`),
    );
    expect(await find(client, { scope: 'sub', filter: peopleFilter }, sales)).toHaveLength(72);
    expect(await find(client, { scope: 'one', filter: peopleFilter }, `OU=Empty Office,${sampleBaseDn}`)).toEqual([]);
  });

  it('finds an entry again under the name that it gave', async () => {
    const client = await connectAsService(await start());

    const awkward = await find(client, { scope: 'one' }, `OU=Awkward Cases,${sampleBaseDn}`);

    expect(awkward.length).toBeGreaterThan(45);
    for (const { dn, cn } of awkward) expect(cns(await find(client, { scope: 'base' }, dn))).toEqual([cn]);
  });

  it('returns what was asked for: lists, all, operational, nothing, types only', async () => {
    const client = await connectAsService(await start());
    const names = async (options: SearchOptions) => {
      const [entry] = await find(client, { filter: '(cn=John Smith)', ...options });
      return Object.keys(entry ?? {}).sort();
    };

    expect(await names({ attributes: ['cn', 'MAIL'] })).toEqual(['cn', 'dn', 'mail']);
    expect(await names({ attributes: ['1.1'] })).toEqual(['1.1', 'dn']);
    expect(await names({ attributes: [] })).toEqual(expect.arrayContaining(['distinguishedName', 'memberOf', 'objectGUID', 'whenChanged']));
    expect(await names({ attributes: ['*'] })).not.toContain('canonicalName');
    expect(await names({ attributes: ['+'] })).toEqual(expect.arrayContaining(['canonicalName', 'modifyTimestamp']));
    expect(await find(client, { filter: '(cn=John Smith)', attributes: ['cn'], returnAttributeValues: false })).toMatchObject([{ cn: [] }]);
  });

  it('works out memberOf from the groups, and group nesting with its circle', async () => {
    const client = await connectAsService(await start());
    const groups = `OU=Groups,${sampleBaseDn}`;
    const inChain = (group: string) => `(&${peopleFilter}(memberOf:1.2.840.113556.1.4.1941:=CN=${group},${groups}))`;

    const [berliner] = await find(client, { filter: `(memberOf=CN=Sales EMEA Berlin,${groups})`, attributes: ['memberOf'] });
    const direct = await find(client, { filter: `(&${peopleFilter}(memberOf=CN=MFA Users,${groups}))` });
    const nested = await find(client, { filter: inChain('MFA Users') });
    const deepest = await find(client, { filter: inChain('Sales EMEA Berlin') });

    expect(berliner?.['memberOf']).toContain(`CN=Sales EMEA Berlin,${groups}`);
    expect(direct).toHaveLength(6);
    expect(nested).toHaveLength(72 + 18 + 6);
    expect(deepest).toHaveLength(nested.length);
  });

  it('hides deleted objects unless asked for them', async () => {
    const client = await connectAsService(await start());
    const { Control } = await import('ldapts');
    const showDeleted = new Control('1.2.840.113556.1.4.417', { critical: true });
    const search = { filter: '(isDeleted=TRUE)', attributes: ['lastKnownParent'] };

    expect(await find(client, search)).toEqual([]);
    const { searchEntries } = await client.search(sampleBaseDn, search, showDeleted);

    expect(searchEntries).toHaveLength(2);
    expect(searchEntries[1]).toMatchObject({ lastKnownParent: `OU=Finance,${sampleBaseDn}` });
  });

  it('reports a search reference, and refers searches below it', async () => {
    const client = await connectAsService(await start());
    const url = 'ldap://emea.contoso.example/DC=emea,DC=contoso,DC=example';

    expect((await client.search(sampleBaseDn, { filter: '(cn=John Smith)' })).searchReferences).toEqual([url]);
    expect((await client.search(`OU=Sales,${sampleBaseDn}`)).searchReferences).toEqual([]);
    await expect(find(client, {}, `OU=x,DC=emea,${sampleBaseDn}`)).rejects.toMatchObject({ code: 10 });
    await expect(find(client, {}, 'DC=other,DC=example')).rejects.toMatchObject({ code: 10 });
  });

  it('names the nearest ancestor of what does not exist', async () => {
    const client = await connectAsService(await start());

    await expect(find(client, {}, `CN=x,OU=None,OU=Sales,${sampleBaseDn}`)).rejects.toMatchObject({
      code: 32,
      message: expect.stringContaining(`'OU=Sales,${sampleBaseDn}'`) as string,
    });
    await expect(new Client({ url: (await start()).url }).search('', {})).rejects.toMatchObject({ code: 1 });
  });

  it('finds entries by GUID and SID', async () => {
    const client = await connectAsService(await start());
    const [john] = await find(client, { filter: '(cn=John Smith)', attributes: ['objectGUID'], explicitBufferAttributes: ['objectGUID'] });
    const guid = john?.['objectGUID'] as Buffer;

    expect(cns(await find(client, { scope: 'base' }, `<GUID=${guid.toString('hex')}>`))).toEqual(['John Smith']);
    expect(cns(await find(client, { filter: '(objectSid=S-1-5-21-1957994488-2025429265-839522115-1104)' }))).toHaveLength(1);
  });

  it('compares values', async () => {
    const directory = await start();
    const client = await connectAsService(directory);
    const dn = `CN=John Smith,OU=Awkward Cases,${sampleBaseDn}`;

    expect(await client.compare(dn, 'sAMAccountName', 'JSMITH')).toBe(true);
    expect(await client.compare(dn, 'sAMAccountName', 'jdoe')).toBe(false);
  });
});

describe('limits', () => {
  it('cut an unpaged search at the page maximum of the server, with the entries before it', async () => {
    const directory = await start({ limits: { maxPageSize: 100 } });
    const client = await connectAsService(directory);

    // ldapts gives partial results only when it has set a limit itself.
    expect(await find(client, { filter: peopleFilter, sizeLimit: 200 })).toHaveLength(100);
    await expect(find(client, { filter: peopleFilter })).rejects.toMatchObject({ code: 4 });
    expect(await find(client, { filter: peopleFilter, paged: { pageSize: 1000 } })).toHaveLength(262);
  });

  it('keep to the size that the client asked for', async () => {
    const client = await connectAsService(await start());

    expect(await find(client, { filter: peopleFilter, sizeLimit: 7 })).toHaveLength(7);
  });

  it('end a search that takes too long', async () => {
    let nowMs = 0;
    const client = await connectAsService(await start({ now: () => (nowMs += 1000) }));

    await expect(find(client, { filter: peopleFilter, timeLimit: 5 })).rejects.toMatchObject({ code: 3 });
  });

  it('split large groups into ranges', async () => {
    const client = await connectAsService(await start({ limits: { maxValues: 100 } }));
    const read = async (attribute: string) => {
      const [group] = await find(client, { filter: '(cn=All Employees)', attributes: [attribute] });
      const name = Object.keys(group ?? {}).find((key) => key.startsWith('member;'));
      const values = name === undefined ? [] : group?.[name];
      return [name, values?.length];
    };

    expect(await read('member')).toEqual(['member;range=0-99', 100]);
    expect(await read('*')).toEqual(['member;range=0-99', 100]);
    expect(await read('member;range=100-*')).toEqual(['member;range=100-199', 100]);
    expect(await read('member;range=200-*')).toEqual(['member;range=200-*', 58]);
    expect(await read('member;range=10-19')).toEqual(['member;range=10-19', 10]);
    expect((await find(client, { filter: '(cn=Nobody)', attributes: ['*'] }))[0]).not.toHaveProperty('member');
    expect((await find(client, { filter: '(cn=All Employees)', attributes: ['*'] }))[0]).not.toHaveProperty('member');
  });

  it('leave an empty plain attribute beside the range where asked to', async () => {
    const client = await connectAsService(await start({ limits: { maxValues: 100, keepsRangedAttribute: true } }));

    const [group] = await find(client, { filter: '(cn=All Employees)', attributes: ['*'] });

    expect(group?.['member']).toEqual([]);
    expect(group?.['member;range=0-99']).toHaveLength(100);
  });
});

describe('tests can', () => {
  it('count connections and requests', async () => {
    const directory = await start();
    const client = await connectAsService(directory);
    await find(client, { filter: peopleFilter, paged: { pageSize: 100 } });

    expect(directory.stats()).toEqual({ connections: 1, openConnections: 1, requests: { bind: 1, search: 3 } });
  });

  it('change data between two runs', async () => {
    const directory = await start();
    const client = await connectAsService(directory);
    const changed = { filter: '(uSNChanged>=1000001)' };
    expect(await find(client, changed)).toEqual([]);

    directory.put(`dn: CN=New One,OU=Sales,${sampleBaseDn}\nobjectClass: user\ncn: New One`);
    directory.remove(`CN=John Smith,OU=Awkward Cases,${sampleBaseDn}`);

    expect(cns(await find(client, changed))).toEqual(['New One']);
    expect(await find(client, { filter: '(cn=John Smith)' })).toEqual([]);
    expect(() => directory.remove(`CN=John Smith,OU=Awkward Cases,${sampleBaseDn}`)).toThrow(DataError);
  });
});

it('has sample data that their generator makes again, byte by byte', () => {
  const root = fileURLToPath(new URL('../../../', import.meta.url));
  const folder = mkdtempSync(join(tmpdir(), 'sampleDirectory-'));
  const copy = join(folder, 'copy.ldif');

  execFileSync(process.execPath, [join(root, 'build/sampleDirectory/generate.mjs'), copy]);

  expect(readFileSync(copy, 'utf8')).toBe(readFileSync(join(root, 'assets/sampleDirectory/contoso.ldif'), 'utf8'));
  rmSync(folder, { recursive: true });
});
