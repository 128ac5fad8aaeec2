import metadata from 'libphonenumber-js/max/metadata';
import { afterEach, describe, expect, it } from 'vitest';
import {
  directorySettings,
  directoryContract,
  type DirectorySettings,
  type TestStep,
} from '../../../shared/contract/directory.contract.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import type { Secret } from '../../../shared/lib/secret.ts';
import { createPhoneParser } from '../../../shared/phones/phoneParser.ts';
import {
  answerWith,
  cutAfter,
  resultCode,
  startSampleDirectory,
  type SampleDirectory,
  type SampleDirectoryOptions,
} from '../../platform/ldapServer/index.ts';
import { createLdaptsDirectory } from '../../platform/directory/ldaptsDirectory.ts';
import { makeCertificate } from '../../platform/directory/testing/certificates.ts';
import { neverAborted, testPassword, testTarget } from './testing/settings.ts';
import type { Call } from '../../runtime/call.ts';
import { createDirectoryService } from './directoryService.ts';
import type { DirectoryServicePorts, SecretBinding } from './directoryServicePorts.ts';

const notes: object[] = [];
const call: Call = {
  caller: { id: 'w1', account: 'admin', access: new Set(['read', 'manage']) },
  signal: neverAborted,
  ref: 'r1',
  note: (details) => void notes.push(details),
};
const top = 'DC=contoso,DC=example';
const servers: SampleDirectory[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function serve(options: Partial<SampleDirectoryOptions> = {}): Promise<SampleDirectory> {
  const server = await startSampleDirectory({ servicePassword: testPassword, ...options });
  servers.push(server);
  return server;
}

/** The service with everything real except the store and the keychain. */
function createConsole(changes: Partial<DirectoryServicePorts> = {}) {
  let settings: DirectorySettings | null = null;
  const vault = new Map<string, Secret>();
  const key = (binding: SecretBinding) => JSON.stringify(binding);
  const steps: TestStep[] = [];
  const service = createDirectoryService({
    directory: createLdaptsDirectory(),
    secrets: {
      put: (binding, secret) => Promise.resolve(void vault.set(key(binding), secret)),
      has: (binding) => vault.has(key(binding)),
      take(binding) {
        const secret = vault.get(key(binding));
        return secret === undefined ? Promise.reject(new AppError('secret-missing', 'none')) : Promise.resolve(secret);
      },
      forget: (binding) => void vault.delete(key(binding)),
    },
    readSettings: () => settings,
    saveSettings: (saved) => void (settings = saved),
    startSample: async () => {
      const server = await serve();
      return { url: server.url, baseDn: server.baseDn, bindDn: server.serviceDn, password: testPassword };
    },
    countImported: () => Promise.resolve(0),
    serverStates: () => [],
    emitTested: ({ step }) => void steps.push(step),
    createPhoneParser: (country) => createPhoneParser(metadata, country),
    ...changes,
  });
  return { service, vault, steps };
}

async function configured(server: SampleDirectory, changes: Partial<DirectorySettings> = {}) {
  const parts = createConsole();
  await parts.service.set({ settings: testTarget(server.port, changes).settings, password: testPassword.reveal() }, call);
  return parts;
}

const outcomes = (steps: readonly TestStep[]) => steps.map(({ step, state }) => `${step} ${state}`);

describe('settings', () => {
  it('come back without the password, and say whether one is kept', async () => {
    const { service } = createConsole();
    expect(await service.get(null, call)).toEqual({ settings: null, passwordStored: false });

    const { settings } = testTarget(389);
    expect(await service.set({ settings, password: 'hush' }, call)).toEqual({ passwordStored: true });

    const stored = await service.get(null, call);
    expect(stored).toEqual({ settings, passwordStored: true });
    expect(JSON.stringify([stored, notes])).not.toContain('hush');
    expect(notes.at(-1)).toEqual({ before: null, after: settings, passwordChanged: true });
  });

  it.each([
    ['another server', { servers: [{ host: 'evil.example', port: 389, security: 'none' as const }] }],
    ['another port', { servers: [{ host: '127.0.0.1', port: 390, security: 'none' as const }] }],
    ['another user', { bindDn: 'CN=Other' }],
  ])('with %s do not get the old password, and forget it', async (_name, changes) => {
    const { service, vault } = createConsole();
    await service.set({ settings: testTarget(389).settings, password: 'hush' }, call);

    expect(await service.set({ settings: testTarget(389, changes).settings }, call)).toEqual({ passwordStored: false });
    expect(vault.size).toBe(0);
  });

  it('stay as they were when the keychain refuses', async () => {
    const refusing = {
      put: () => Promise.reject(new AppError('keychain-locked', 'locked')),
      has: () => false,
      take: () => Promise.reject(new Error('unused')),
      forget: () => undefined,
    };
    const { service } = createConsole({ secrets: refusing });

    await expect(service.set({ settings: testTarget(389).settings, password: 'x' }, call)).rejects.toMatchObject({
      code: 'keychain-locked',
    });
    expect((await service.get(null, call)).settings).toBeNull();
  });

  it('keep a password that was given for TLS from a connection without it', async () => {
    const { service, vault } = createConsole();
    const { settings } = testTarget(636, { servers: [{ host: 'dc1.contoso.example', port: 636, security: 'ldaps' }] });
    await service.set({ settings, password: 'secret' }, call);
    expect(vault.size).toBe(1);
    const inClear = { ...settings, servers: [{ host: 'dc1.contoso.example', port: 636, security: 'none' as const }], allowPlainText: true };

    await expect(service.testLogin({ settings: inClear, runId: 'run' }, call)).rejects.toMatchObject({ code: 'secret-missing' });
  });

  it('can be saved again when what was saved cannot be read', async () => {
    const unreadable = () => {
      throw new AppError('store-damaged', 'The saved directory settings cannot be read.');
    };
    const saved: DirectorySettings[] = [];
    const { service } = createConsole({ readSettings: unreadable, saveSettings: (settings) => void saved.push(settings) });

    await expect(service.get(null, call)).rejects.toMatchObject({ code: 'store-damaged' });
    await service.set({ settings: testTarget(636).settings, password: 'secret' }, call);

    expect(saved).toHaveLength(1);
  });

  it('are refused with a filter that cannot be read', async () => {
    const { service } = createConsole();
    const { settings } = testTarget(389);

    await expect(service.set({ settings: { ...settings, filters: { ...settings.filters, user: '(cn=' } } }, call)).rejects.toMatchObject({
      code: 'filter-malformed',
      details: { position: 0 },
    });
  });

  it('have defaults that the contract accepts for each kind', async () => {
    expect(directoryContract.defaults.output.safeParse(await createConsole().service.defaults(null, call)).success).toBe(true);
  });
});

describe('without a directory', () => {
  it('everything that reads says so', async () => {
    await expect(createConsole().service.tree({}, call)).rejects.toMatchObject({ code: 'directory-not-configured' });
  });

  it('the sample is one call away', async () => {
    const { service } = createConsole();
    const { settings } = await service.useSample(null, call);
    const { people, read } = await service.find({ text: '', limit: 1000 }, call);

    expect(settings).toMatchObject({ sample: true, baseDn: top });
    expect(people.length).toBeGreaterThan(200);
    expect(read).toMatchObject({ complete: true, entries: people.length });
  });
});

describe('looking around', () => {
  it('shows the base DN, then what is under a node, and nothing deeper', async () => {
    const { service } = await configured(await serve());
    const root = await service.tree({}, call);
    const { nodes } = await service.tree({ under: root.nodes[0]?.dn }, call);

    expect(root.nodes).toEqual([{ dn: top, name: top, kind: 'domain', mayHaveChildren: true }]);
    expect(nodes).toContainEqual({ dn: `OU=Sales,${top}`, name: 'Sales', kind: 'unit', mayHaveChildren: true });
    expect(nodes.some(({ dn }) => dn.startsWith('OU=EMEA'))).toBe(false);
  });

  it('offers the base DNs of the server', async () => {
    const { service } = createConsole();
    const server = await serve();

    expect(
      await service.baseDns({ settings: testTarget(server.port, { baseDn: '' }).settings, password: testPassword.reveal() }, call),
    ).toEqual({ baseDns: [top] });
  });

  it('lists security groups, narrowed by text', async () => {
    const { service } = await configured(await serve());
    const { groups } = await service.groups({ search: 'sales', limit: 1000 }, call);

    expect(groups.map(({ name }) => name)).toContain('Sales EMEA');
    expect(groups.every(({ name }) => /sales/i.test(name))).toBe(true);
  });

  it.each(['*', '(', ')', '\\', '\0', '*)(cn=*', "<script>alert('x')</script>", '\u202e'])(
    'finds %j as text, not as a pattern',
    async (text) => {
      const { service } = await configured(await serve());
      const { people } = await service.find({ text, limit: 1000 }, call);

      expect(people.length).toBeLessThan(20);
    },
  );

  it('shows people as the directory has them', async () => {
    const extraLdif = `dn: CN=Zoë Test,${top}\nobjectClass: top\nobjectClass: person\nobjectClass: user\nobjectCategory: CN=Person,CN=Schema,CN=Configuration,${top}\ncn: Zoë Test\ngivenName: Zoë\nsn: Test\nsAMAccountName: zoe\nuserAccountControl: 514\nmobile: (425) 555-0100 x12\nmail: zoe@x.example\n`;
    const { service } = await configured(await serve({ extraLdif }));
    const { people } = await service.find({ text: 'zoe@x', limit: 10 }, call);

    expect(people).toEqual([
      {
        dn: `CN=Zoë Test,${top}`,
        username: 'zoe',
        name: 'Zoë Test',
        email: 'zoe@x.example',
        disabled: true,
        phones: { mobile: '(425) 555-0100 x12' },
      },
    ]);
  });

  it('takes one connection for each call', async () => {
    const server = await serve();
    const { service } = await configured(server);
    await service.people({ scope: { kind: 'containers', dns: [top], below: true }, filter: '', limit: 1000 }, call);

    expect(server.stats().connections).toBe(1);
    await expect.poll(() => server.stats().openConnections).toBe(0);
  });

  it('gives answers that the contract accepts', async () => {
    const { service } = await configured(await serve());
    const scope = { kind: 'containers' as const, dns: [top], below: true };

    expect(directoryContract.tree.output.safeParse(await service.tree({ under: top }, call)).error).toBeUndefined();
    expect(directoryContract.people.output.safeParse(await service.people({ scope, filter: '', limit: 50 }, call)).error).toBeUndefined();
  });
});

describe('testing', () => {
  it('the login goes all the way of an import and says each step twice: begun and done', async () => {
    const server = await serve({ tls: makeCertificate({ subject: 'dc1', names: ['127.0.0.1'] }), protocol: 'ldaps' });
    const { service, steps } = createConsole();
    const target = testTarget(server.port, { servers: [{ host: '127.0.0.1', port: server.port, security: 'ldaps' }] });
    const refused = await service.testLogin({ settings: target.settings, password: testPassword.reveal(), runId: 'a' }, call);

    expect(refused.passed).toBe(false);
    expect(refused.steps.at(-1)).toMatchObject({
      step: 'tls',
      state: 'failed',
      code: 'certificate-unknown',
      certificate: { subject: 'CN=dc1' },
    });

    const sha256 = refused.steps.at(-1)?.certificate?.sha256 ?? '';
    const pinned = { ...target.settings, pins: [{ host: '127.0.0.1', port: server.port, sha256 }] };
    steps.length = 0;
    const { passed, steps: outcome } = await service.testLogin({ settings: pinned, password: testPassword.reveal(), runId: 'b' }, call);

    expect(passed).toBe(true);
    expect(outcome.map(({ step }) => step)).toEqual(['dns', 'tcp', 'tls', 'bind', 'rootdse', 'base', 'read', 'paging', 'rights', 'people']);
    expect(steps.filter(({ state }) => state === 'running').map(({ step }) => step)).toEqual(outcome.map(({ step }) => step));
    expect(directoryContract.testLogin.output.safeParse({ passed, steps: outcome }).error).toBeUndefined();
  });

  it('the login to the sample directory has nothing to warn about encryption: it never leaves this computer', async () => {
    const { service } = createConsole();
    const { settings } = await service.useSample(null, call);
    const { passed, steps } = await service.testLogin({ settings: directorySettings.parse(settings), runId: 'a' }, call);

    expect(passed).toBe(true);
    expect(steps.filter(({ step }) => step === 'tls')).toEqual([]);
  });

  it('the connection signs nobody in, and looks at every server', async () => {
    const [first, second] = [await serve(), await serve()];
    const { service } = createConsole();
    const { settings } = testTarget(first.port, {
      servers: [first, second].map(({ port }) => ({ host: '127.0.0.1', port, security: 'none' as const })),
    });
    const { passed, steps } = await service.testConnection({ settings, runId: 'a' }, call);

    expect(passed).toBe(true);
    expect(outcomes(steps)).toEqual([...Array(2)].flatMap(() => ['dns passed', 'tcp passed', 'tls warning', 'rootdse passed']));
    expect([first, second].map((server) => server.stats().requests.bind)).toEqual([undefined, undefined]);
  });

  it.each([
    ['a wrong password', { password: 'wrong' }, {}, 'bind', 'bad-credentials'],
    ['a base DN that is missing', {}, { baseDn: 'OU=Nowhere,DC=contoso,DC=example' }, 'base', 'base-dn-missing'],
    ['a filter that cannot be read', {}, { filters: { user: '(cn=', group: '', container: '' } }, 'read', 'filter-malformed'],
    ['plain text that is not allowed', {}, { allowPlainText: false }, 'tcp', 'plain-text-refused'],
  ] as const)('shows %s at its step, with advice', async (_name, draft, changes, step, code) => {
    const server = await serve();
    const { service } = createConsole();
    const { passed, steps } = await service.testLogin(
      { settings: testTarget(server.port, changes).settings, password: testPassword.reveal(), runId: 'a', ...draft },
      call,
    );

    expect(passed).toBe(false);
    expect(steps.at(-1)).toMatchObject({ step, state: 'failed', code });
    expect(steps.at(-1)?.advice).toBeTruthy();
  });

  it('says in words what code 8 means', async () => {
    const server = await serve({ requireTlsForSimpleBind: true });
    const { service } = createConsole();
    const { steps } = await service.testLogin(
      { settings: testTarget(server.port).settings, password: testPassword.reveal(), runId: 'a' },
      call,
    );

    expect(steps.at(-1)).toMatchObject({ code: 'stronger-auth-required', advice: 'Use LDAPS (port 636) or StartTLS.' });
  });

  it('passes over a server that is down, and says that it is', async () => {
    const down = await serve();
    const downPort = down.port;
    await down.close();
    const up = await serve();
    const { service } = createConsole();
    const { settings } = testTarget(0, {
      servers: [downPort, up.port].map((port) => ({ host: '127.0.0.1', port, security: 'none' as const })),
    });
    const { passed, steps } = await service.testLogin({ settings, password: testPassword.reveal(), runId: 'a' }, call);

    expect(passed).toBe(true);
    expect(steps.find(({ state }) => state === 'failed')).toMatchObject({ step: 'tcp', code: 'refused', server: { port: downPort } });
  });

  it('warns when nobody has a mapped attribute', async () => {
    const server = await serve();
    const { service } = createConsole();
    const { settings } = testTarget(server.port);
    const { steps, passed } = await service.testLogin(
      {
        settings: { ...settings, attributes: { ...settings.attributes, custom: 'noSuchAttribute' } },
        password: testPassword.reveal(),
        runId: 'a',
      },
      call,
    );

    expect(passed).toBe(true);
    const rights = steps.find(({ step }) => step === 'rights');
    expect(rights?.state).toBe('warning');
    expect(rights?.text).toContain('noSuchAttribute');
  });

  it('warns when groups name people whom the account cannot see', async () => {
    const server = await serve();
    const login = async () => {
      const draft = { settings: testTarget(server.port).settings, password: testPassword.reveal(), runId: 'a' };
      return (await createConsole().service.testLogin(draft, call)).steps.at(-1);
    };
    expect(await login()).toMatchObject({ step: 'people', state: 'passed' });

    // Entries that may not be read look like entries that are not there.
    server.remove('OU=Finance,DC=contoso,DC=example');
    expect(await login()).toMatchObject({
      step: 'people',
      state: 'warning',
      text: expect.stringMatching(/^2 of 29 members/),
      advice: expect.stringContaining('OU=Finance'),
    });
  });

  it('warns when the account sees fewer users than were imported', async () => {
    const server = await serve();
    const login = async (imported: number) => {
      const { service } = createConsole({ countImported: () => Promise.resolve(imported) });
      const draft = { settings: testTarget(server.port).settings, password: testPassword.reveal(), runId: 'a' };
      return (await service.testLogin(draft, call)).steps.at(-1);
    };

    expect(await login(200)).toMatchObject({ state: 'passed', text: expect.stringContaining('at least the 200 users') });
    expect(await login(100_000)).toMatchObject({
      step: 'people',
      state: 'warning',
      text: expect.stringMatching(/^The account sees \d{3} users, but 100,000 users/),
      advice: expect.stringContaining('right to list'),
    });
  });

  it('counts nobody for who asks again and again', async () => {
    const server = await serve();
    const { service } = createConsole({ countImported: () => Promise.reject(new Error('must not be called')) });
    const { settings } = testTarget(server.port);
    const { steps } = await service.testLogin({ settings, password: testPassword.reveal(), runId: 'a', countPeople: false }, call);

    expect(steps.at(-1)?.step).toBe('rights');
  });

  it('warns when the server stops early', async () => {
    const server = await serve({ faults: [cutAfter({ entries: 25 })] });
    const { service } = createConsole();
    const { steps } = await service.testLogin(
      { settings: testTarget(server.port).settings, password: testPassword.reveal(), runId: 'a' },
      call,
    );

    expect(steps.find(({ step }) => step === 'paging')).toMatchObject({
      state: 'warning',
      text: 'The server stopped early (server-size-limit).',
    });
  });

  it('tells a busy server from a wrong password', async () => {
    const server = await serve({ faults: [answerWith({ operation: 'bind', code: resultCode.busy })] });
    const { service } = createConsole();
    const { steps } = await service.testLogin(
      { settings: testTarget(server.port).settings, password: testPassword.reveal(), runId: 'a' },
      call,
    );

    expect(steps.at(-1)).toMatchObject({ step: 'bind', code: 'directory-busy' });
  });
});

describe('the mapping sample', () => {
  it('shows what is there, what would be stored, and what nobody mapped', async () => {
    const base = `dn: DC=contoso,DC=example\nobjectClass: top\nobjectClass: domain\ndc: contoso\n\ndn: OU=Service Accounts,${top}\nobjectClass: organizationalUnit\nou: Service Accounts\n\ndn: CN=MFA Service,OU=Service Accounts,${top}\nobjectClass: top\ncn: MFA Service\n`;
    const user = `dn: CN=Zoe,${top}\nobjectClass: top\nobjectClass: person\nobjectClass: user\nobjectCategory: CN=Person,CN=Schema,CN=Configuration,${top}\ncn: Zoe\nobjectGUID:: BQlSLJ/X2QiKVSXLNkr/uQ==\nsAMAccountName: zoe\nmobile: (425) 555-0100 x12\nmobile: 555\npager: n/a\nmail: zoe@x.example\notherTelephone: +49 30 123456\nproxyAddresses: smtp:z@x.example\n`;
    const server = await serve({ ldif: `${base}\n${user}` });
    const { service } = createConsole();
    const answer = await service.sampleMapping({ settings: testTarget(server.port).settings, password: testPassword.reveal() }, call);
    const field = (name: string, attribute?: string) =>
      answer.fields.find((found) => found.field === name && (attribute === undefined || found.attribute === attribute));

    expect(directoryContract.sampleMapping.output.safeParse(answer).error).toBeUndefined();
    expect(field('uniqueId')?.samples[0]).toMatchObject({
      values: ['2c520905-d79f-08d9-8a55-25cb364affb9'],
      stored: '2c520905-d79f-08d9-8a55-25cb364affb9',
    });
    expect(field('username', 'userPrincipalName')).toMatchObject({ present: 0 });
    expect(field('username', 'sAMAccountName')?.samples[0]).toMatchObject({ values: ['zoe'], stored: 'zoe' });
    expect(field('mobile')?.samples[0]).toMatchObject({
      values: ['(425) 555-0100 x12', '555'],
      stored: '+14255550100 x12',
      problem: 'several-values',
    });
    expect(field('pager')?.samples[0]).toMatchObject({ values: ['n/a'], stored: 'n/a', problem: 'phone-not-valid' });
    expect(answer.unmapped.map(({ attribute }) => attribute).sort()).toEqual(['otherTelephone', 'proxyAddresses']);
  });
});
