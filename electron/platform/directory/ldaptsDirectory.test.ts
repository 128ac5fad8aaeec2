import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { isAppError, type AppError } from '../../../shared/contract/errors.ts';
import { directoryTimeouts, type DirectorySettings } from '../../../shared/contract/directory.contract.ts';
import { Secret } from '../../../shared/lib/secret.ts';
import type { OpenEvent } from '../../services/directory/directoryPort.ts';
import { answerWith, resultCode, startSampleDirectory, type SampleDirectoryOptions } from '../ldapServer/index.ts';
import { createLdaptsDirectory } from './ldaptsDirectory.ts';
import { makeCertificate, type TestCertificate } from './testing/certificates.ts';
import { collect, neverAborted, testPassword, testTarget } from '../../services/directory/testing/settings.ts';

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

const authority = makeCertificate({ subject: 'Test authority', isAuthority: true });
const good = makeCertificate({ subject: 'dc1', names: ['localhost', '127.0.0.1'], issuer: authority });

async function serve(options: Partial<SampleDirectoryOptions> = {}) {
  const server = await startSampleDirectory({ servicePassword: testPassword, ...options });
  cleanups.push(server.close);
  return server;
}

/** Opens, reads one entry, closes; answers the error if that fails. */
async function tryOut(port: number, changes: Partial<DirectorySettings>, password = testPassword): Promise<AppError | 'fine'> {
  try {
    const session = await createLdaptsDirectory().open({ ...testTarget(port, changes), password }, neverAborted);
    await collect(session, { limit: 1 });
    await session.close();
    return 'fine';
  } catch (error) {
    if (isAppError(error)) return error;
    throw error;
  }
}

const secure = (port: number, security: 'ldaps' | 'starttls', host = '127.0.0.1'): Partial<DirectorySettings> => ({
  servers: [{ host, port, security }],
  allowPlainText: false,
  caPem: authority.certificatePem,
});

describe.each(['ldaps', 'starttls'] as const)('over %s', (security) => {
  const protocol = security === 'ldaps' ? 'ldaps' : 'ldap';
  const serveWith = (tls: TestCertificate) => serve({ tls, protocol });

  it('reads with an authority that the administrator added', async () => {
    const { port } = await serveWith(good);

    expect(await tryOut(port, secure(port, security))).toBe('fine');
    expect(await tryOut(port, secure(port, security, 'localhost'))).toBe('fine');
  });

  it.each([
    ['certificate-unknown', makeCertificate({ subject: 'dc1', names: ['127.0.0.1'] })],
    [
      'certificate-expired',
      makeCertificate({
        subject: 'dc1',
        names: ['127.0.0.1'],
        issuer: authority,
        validFrom: new Date('2020-01-01'),
        validTo: new Date('2021-01-01'),
      }),
    ],
    [
      'certificate-expired',
      makeCertificate({
        subject: 'dc1',
        names: ['127.0.0.1'],
        issuer: authority,
        validFrom: new Date('2098-01-01'),
        validTo: new Date('2099-01-01'),
      }),
    ],
    // ldapts and Node would check StartTLS to an address against "localhost".
    ['certificate-name', makeCertificate({ subject: 'dc1', names: ['localhost'], issuer: authority })],
  ] as const)('refuses with %s, shows the certificate and sends no password', async (code, certificate) => {
    const server = await serveWith(certificate);
    const error = await tryOut(server.port, secure(server.port, security));

    expect(error).toMatchObject({ code, details: { sha256: certificate.sha256, subject: 'CN=dc1' } });
    expect(server.stats().requests.bind).toBeUndefined();
  });

  it('takes a pinned certificate, whatever is wrong with it', async () => {
    const bad = makeCertificate({ subject: 'x', names: ['elsewhere'], validFrom: new Date('2020-01-01'), validTo: new Date('2021-01-01') });
    const { port } = await serveWith(bad);

    expect(await tryOut(port, { ...secure(port, security), pins: [{ host: '127.0.0.1', port, sha256: bad.sha256 }] })).toBe('fine');
  });

  it('refuses any other certificate where one is pinned, even a good one, and sends no password', async () => {
    const server = await serveWith(good);
    const pins = [{ host: '127.0.0.1', port: server.port, sha256: authority.sha256 }];
    const error = await tryOut(server.port, { ...secure(server.port, security), pins });

    expect(error).toMatchObject({ code: 'certificate-changed', details: { sha256: good.sha256, trusted: authority.sha256 } });
    expect(server.stats().requests.bind).toBeUndefined();
  });

  it('calls a certificate pinned only where the pin is for this server', async () => {
    const { port } = await serveWith(good);
    const isPinned = async (pinnedPort: number) => {
      const events: OpenEvent[] = [];
      const pins = [{ host: '127.0.0.1', port: pinnedPort, sha256: good.sha256 }];
      const target = { ...testTarget(port, { ...secure(port, security), pins }), password: testPassword };
      const session = await createLdaptsDirectory().open(target, neverAborted, { observe: (event) => events.push(event) });
      await session.close();
      return events.find(({ step, state }) => step === 'tls' && state === 'passed')?.isPinned;
    };

    expect(await isPinned(port)).toBe(true);
    expect(await isPinned(port + 1)).toBe(false);
  });

  it('does not take a pin for another port', async () => {
    const self = makeCertificate({ subject: 'x', names: ['127.0.0.1'] });
    const { port } = await serveWith(self);

    expect(
      await tryOut(port, { ...secure(port, security), pins: [{ host: '127.0.0.1', port: port + 1, sha256: self.sha256 }] }),
    ).toMatchObject({ code: 'certificate-unknown' });
  });

  it('tells the watcher about the certificate before anybody signs in', async () => {
    const { port } = await serveWith(good);
    const events: OpenEvent[] = [];
    const session = await createLdaptsDirectory().open(testTarget(port, secure(port, security)), neverAborted, {
      observe: (event) => void events.push(event),
    });
    await session.close();

    expect(events.filter(({ state }) => state === 'passed').map(({ step }) => step)).toEqual(['dns', 'tcp', 'tls', 'bind', 'rootdse']);
    expect(events.find(({ step, state }) => step === 'tls' && state === 'passed')?.certificate).toMatchObject({
      sha256: good.sha256,
      subject: 'CN=dc1',
      issuer: 'CN=Test authority',
    });
    expect(session.certificate?.sha256).toBe(good.sha256);
  });
});

describe('plain text', () => {
  it('is refused before a connection is made, unless allowed', async () => {
    const server = await serve();

    expect(await tryOut(server.port, { allowPlainText: false })).toMatchObject({ code: 'plain-text-refused' });
    expect(server.stats().connections).toBe(0);
    expect(await tryOut(server.port, { allowPlainText: true })).toBe('fine');
  });

  it('is refused by a server that wants more', async () => {
    const { port } = await serve({ requireTlsForSimpleBind: true });

    expect(await tryOut(port, {})).toMatchObject({ code: 'stronger-auth-required' });
  });
});

describe('failures', () => {
  it('are told apart when signing in', async () => {
    const diagnostic = (data: string) => `80090308: LdapErr: DSID-0C090439, comment: AcceptSecurityContext error, data ${data}, v4563`;
    const expected = {
      '525': 'bad-credentials',
      '52e': 'bad-credentials',
      '530': 'logon-restricted',
      '531': 'logon-restricted',
      '532': 'password-expired',
      '533': 'account-disabled',
      '701': 'account-expired',
      '773': 'password-expired',
      '775': 'account-locked',
    };
    for (const [data, code] of Object.entries(expected)) {
      const { port } = await serve({
        faults: [answerWith({ operation: 'bind', code: resultCode.invalidCredentials, message: diagnostic(data) })],
      });

      expect(await tryOut(port, {})).toMatchObject({ code, details: { subCode: data } });
    }
  });

  it('never show the password', async () => {
    const { port } = await serve();
    const error = await tryOut(port, {}, new Secret('wrong-and-private'));

    expect(error).toMatchObject({ code: 'bad-credentials' });
    expect(JSON.stringify(error) + String((error as AppError).stack)).not.toContain('wrong-and-private');
  });

  it('of the network are told apart', async () => {
    const { port, close } = await serve();
    await close();
    cleanups.length = 0;

    expect(await tryOut(port, {})).toMatchObject({ code: 'refused' });
    expect(await tryOut(port, { servers: [{ host: 'no-such-host.invalid', port, security: 'none' }] })).toMatchObject({
      code: 'host-not-found',
    });
  });

  it.each(['none', 'starttls', 'ldaps'] as const)(
    'of a server that accepts and says nothing over %s end with the connect timeout',
    async (security) => {
      const silent = createServer((socket) => socket.on('error', () => undefined));
      const port = await listen(silent);
      const timeouts = directoryTimeouts.parse({ connectMs: 200, firstAnswerMs: 60_000, idleMs: 60_000, totalMs: 60_000 });

      expect(await tryOut(port, { servers: [{ host: '127.0.0.1', port, security }], timeouts })).toMatchObject({ code: 'timeout' });
    },
  );

  it('of TLS on a plain port, and of a server without StartTLS, are tls-failed', async () => {
    const { port } = await serve();

    expect(await tryOut(port, secure(port, 'ldaps'))).toMatchObject({ code: 'tls-failed' });
    expect(await tryOut(port, secure(port, 'starttls'))).toMatchObject({ code: 'tls-failed' });
  });

  it('of a text that is no certificate are told before anything is sent', async () => {
    const server = await serve({ tls: good, protocol: 'ldaps' });

    expect(
      await tryOut(server.port, {
        ...secure(server.port, 'ldaps'),
        caPem: '-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----',
      }),
    ).toMatchObject({ code: 'invalid-input' });
  });

  it('name the base DN that is missing and the referral that is not followed', async () => {
    const { port } = await serve();
    const session = await createLdaptsDirectory().open(testTarget(port), neverAborted);
    cleanups.push(() => session.close());

    await expect(collect(session, { base: 'OU=Nowhere,DC=contoso,DC=example' })).rejects.toMatchObject({
      code: 'base-dn-missing',
      details: { base: 'OU=Nowhere,DC=contoso,DC=example' },
    });
  });

  it('end with the reason of the signal when the caller gives up', async () => {
    const silent = createServer();
    const port = await listen(silent);
    const controller = new AbortController();
    const opening = createLdaptsDirectory().open(testTarget(port), controller.signal);
    controller.abort(new Error('changed my mind'));

    await expect(opening).rejects.toThrow('changed my mind');
  });
});

describe('several servers', () => {
  it('are tried in their order, and one that failed is tried last from then on', async () => {
    const dead = await serve();
    const deadPort = dead.port;
    await dead.close();
    const { port } = await serve();
    const directory = createLdaptsDirectory();
    const target = testTarget(port, {
      servers: [
        { host: '127.0.0.1', port: deadPort, security: 'none' },
        { host: '127.0.0.1', port, security: 'none' },
      ],
    });
    const tried = async () => {
      const ports: number[] = [];
      const session = await directory.open(target, neverAborted, {
        observe: ({ step, state, server }) => void (step === 'tcp' && state === 'running' && ports.push(server.port)),
      });
      await session.close();
      return ports;
    };

    expect(await tried()).toEqual([deadPort, port]);
    expect(await tried()).toEqual([port]);
  });

  it('are all named when none answers', async () => {
    const servers = (['a.invalid', 'b.invalid'] as const).map((host) => ({ host, port: 389, security: 'none' as const }));

    expect(await tryOut(0, { servers })).toMatchObject({
      code: 'host-not-found',
      details: { tried: 'a.invalid:389 host-not-found, b.invalid:389 host-not-found' },
    });
  });

  it('are not asked with a password that one has refused', async () => {
    const [first, second] = [await serve(), await serve()];
    const servers = [first, second].map(({ port }) => ({ host: '127.0.0.1', port, security: 'none' as const }));

    expect(await tryOut(0, { servers }, new Secret('wrong'))).toMatchObject({ code: 'bad-credentials' });
    expect(second.stats().connections).toBe(0);
  });
});

async function listen(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => sockets.add(socket));
  cleanups.push(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise((resolve) => server.close(resolve));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}
