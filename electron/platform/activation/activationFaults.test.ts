import type { Server as HttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { makeCertificate } from '../directory/testing/certificates.ts';
import { certifyListener } from './certificates.ts';
import { createTestServer, startTestAuthority } from './testing.ts';

let authority: Awaited<ReturnType<typeof startTestAuthority>>;
beforeAll(async () => void (authority = await startTestAuthority()));
afterAll(() => authority.stop());

const opened: Server[] = [];
afterEach(async () => {
  for (const server of opened.splice(0)) {
    if ('closeAllConnections' in server) (server as HttpServer).closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

async function listening(server: Server): Promise<number> {
  opened.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

const sixtyMinutes = 3_600_000;
const dayMs = 24 * sixtyMinutes;

/** What an attempt to activate at this port fails with. */
async function failure(port: number, { limitMs = 10_000, sha256 = authority.sha256, aheadMs = 0 } = {}) {
  const server = createTestServer('faulty', {}, limitMs);
  server.clock.aheadMs = aheadMs;
  const credentials = await authority.credentials();
  const hashed = authority.hashed.length;
  const error: unknown = await server.activate(`https://127.0.0.1:${port}#sha256=${sha256}`, credentials).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  // Nothing was tried with them.
  expect(authority.hashed).toHaveLength(hashed);
  return error as { code: string; details?: Record<string, unknown> };
}

/** Shows these certificates and answers every call with a status. */
function httpsServer({ cert, key }: { cert: string; key: string }, status = 200): Server {
  return createHttpsServer({ cert, key }, (_request, response) => void response.writeHead(status).end('{}'));
}

describe('an authority', () => {
  it('that is down refuses the connection', async () => {
    const port = await listening(createServer());
    await new Promise((resolve) => opened.splice(0)[0]!.close(resolve));

    expect(await failure(port)).toMatchObject({ code: 'refused' });
  });

  it.each(['before the handshake', 'after it'])('that does not answer %s is a timeout', async (when) => {
    const { certificate, privateKey } = await certifyListener(['127.0.0.1'], authority.authorityKey(), Date.now());
    const cert = certificate + authority.authorityKey().certificate;
    const silent =
      when === 'after it'
        ? createHttpsServer({ cert, key: privateKey.reveal() }, () => {})
        : createServer((socket) => socket.on('error', () => {}).resume());

    expect(await failure(await listening(silent), { limitMs: 400 })).toMatchObject({ code: 'timeout' });
  });

  it('whose connection is cut after the first byte of TLS is behind a firewall', async () => {
    const cutting = createServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', () => socket.resetAndDestroy());
    });

    expect(await failure(await listening(cutting))).toMatchObject({ code: 'tls-reset' });
  });

  it.each([
    [407, 'proxy-authentication'],
    [302, 'not-an-authority'],
  ])('behind something that answers %i without TLS is named %s', async (status, code) => {
    // As a proxy does: whatever is sent, and at once.
    const proxy = createServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', () =>
        socket.end(`HTTP/1.1 ${status} Something\r\nContent-Length: 0\r\nVia: 1.1 proxy.corp.example (squid)\r\n\r\n`),
      );
    });

    expect(await failure(await listening(proxy))).toMatchObject({ code });
  });

  it.each([
    [407, 'proxy-authentication'],
    [200, 'not-an-authority'],
    [503, 'not-an-authority'],
  ])('whose answer is %i of something else is named %s', async (status, code) => {
    const { certificate, privateKey } = await certifyListener(['127.0.0.1'], authority.authorityKey(), Date.now());
    const cert = certificate + authority.authorityKey().certificate;

    expect(await failure(await listening(httpsServer({ cert, key: privateKey.reveal() }, status)))).toMatchObject({ code });
  });

  it('behind a proxy that inspects TLS with its own authority is not the one that is trusted', async () => {
    const company = makeCertificate({ subject: 'Inspecting Proxy CA', isAuthority: true });
    const shown = makeCertificate({ subject: '127.0.0.1', names: ['127.0.0.1'], issuer: company });
    const proxy = httpsServer({ cert: shown.certificatePem + company.certificatePem, key: shown.privateKeyPem });

    expect(await failure(await listening(proxy))).toMatchObject({
      code: 'authority-changed',
      details: { issuer: expect.stringContaining('Inspecting Proxy CA') as string },
    });
  });

  it('that shows the right certificate in a chain that it did not sign is not the one that is trusted', async () => {
    const own = makeCertificate({ subject: 'MFA Server Console activation authority', names: ['127.0.0.1'] });
    const thief = httpsServer({ cert: own.certificatePem + authority.authorityKey().certificate, key: own.privateKeyPem });

    expect(await failure(await listening(thief))).toMatchObject({ code: 'authority-changed' });
  });

  it('with another fingerprint than that of its address is not trusted', async () => {
    expect(await failure(authority.port, { sha256: '0'.repeat(64) })).toMatchObject({
      code: 'authority-changed',
      details: { expected: '0'.repeat(64), sha256: authority.sha256 },
    });
  });

  it.each([
    ['certificate-expired', -400 * dayMs, ['127.0.0.1']],
    ['certificate-name', 0, ['mfa1.corp.example']],
  ] as const)('with a certificate that does not fit is named: %s', async (code, since, names) => {
    const { certificate, privateKey } = await certifyListener(names, authority.authorityKey(), Date.now() + since);
    const server = httpsServer({ cert: certificate + authority.authorityKey().certificate, key: privateKey.reveal() });

    expect(await failure(await listening(server))).toMatchObject({ code });
  });

  it.each([
    ['a day ahead', dayMs],
    ['a day behind', -dayMs],
    ['an hour ahead', sixtyMinutes],
    ['hardly more than five minutes ahead', 5 * 60_000 + 5_000],
  ])('whose clock differs is told before anything is sent: the server is %s', async (_what, aheadMs) => {
    expect(await failure(authority.port, { aheadMs })).toMatchObject({
      code: 'clock-differs',
      details: { seconds: expect.closeTo(aheadMs / 1000, -2) as number },
    });
  });

  it('is asked with a clock that differs by less than five minutes, as in a domain', async () => {
    const server = createTestServer('nearly');
    server.clock.aheadMs = -(5 * 60_000 - 10_000);

    expect(await server.activate(authority.url, await authority.credentials())).toMatchObject({ phase: 'activated' });
  });
});
