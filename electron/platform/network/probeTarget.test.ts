import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { afterEach, expect, it } from 'vitest';
import { judge } from '../../services/network/networkService.ts';
import { makeCertificate } from '../directory/testing/certificates.ts';
import { probeTarget } from './probeTarget.ts';

const servers: Server[] = [];
afterEach(() => servers.splice(0).forEach((server) => server.close()));

async function listen(server: Server): Promise<number> {
  servers.push(server.listen(0, '127.0.0.1'));
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

async function found(port: number, host = '127.0.0.1') {
  const probe = await probeTarget({ host, port, tls: true });
  return judge({ host, port, purpose: 'cloud', optional: false }, probe);
}

/** The certificate of a proxy that signs for every host with a CA of its company. */
function proxyCertificate(): { key: string; cert: string } {
  const issuer = makeCertificate({ subject: 'Contoso Inspection CA', isAuthority: true });
  const { certificatePem: cert, privateKeyPem: key } = makeCertificate({ subject: 'localhost', issuer });
  return { key, cert };
}

it('names the authority of a proxy that intercepts TLS', async () => {
  const port = await listen(createTlsServer(proxyCertificate()));
  const check = await found(port);
  expect(check).toMatchObject({ state: 'fail', tls: { issuer: 'Contoso Inspection CA', trusted: false } });
  expect(check.reason).toContain('“Contoso Inspection CA”');
  expect(check.reason).toContain('intercepts TLS');
});

it('tells a connection that is cut after the first words of TLS', async () => {
  const port = await listen(createServer((socket) => socket.once('data', () => socket.resetAndDestroy())));
  expect(await found(port)).toMatchObject({ state: 'fail', reason: expect.stringContaining('cut when TLS begins') });
});

it('tells a portal that answers something else than TLS', async () => {
  const port = await listen(
    createServer((socket) => socket.once('data', () => socket.end('HTTP/1.1 302 Found\r\n\r\n')).on('error', () => {})),
  );
  expect(await found(port)).toMatchObject({ state: 'fail', reason: expect.stringContaining('does not speak TLS 1.2') });
});

it('gives up on somebody who accepts and says nothing', async () => {
  const port = await listen(createServer(() => {}));
  expect(await found(port)).toMatchObject({ state: 'fail', reason: expect.stringContaining('Nothing answers in time') });
});

it('tells a refused port and a name that DNS does not know', async () => {
  const server = createServer();
  const port = await listen(server);
  server.close();
  expect((await found(port)).reason).toContain('refuses connections');
  expect((await found(443, 'nowhere.invalid')).reason).toContain('DNS does not know nowhere.invalid');
});

it('warns of addresses outside the published ranges, and fails nothing for an optional target', () => {
  const target = { host: 'pfd.phonefactor.net', port: 443, purpose: 'cloud', optional: false } as const;
  const probe = { addresses: ['134.170.116.75', '10.0.0.1'], connectMs: 5, tls: null, failure: null };
  expect(judge(target, probe)).toMatchObject({ state: 'warn', reason: expect.stringContaining('ranges: 10.0.0.1.') });
  expect(judge(target, { ...probe, addresses: ['134.170.116.75'] })).toMatchObject({ state: 'pass' });
  expect(judge({ ...target, purpose: 'revocation', optional: true }, { ...probe, failure: 'timeout' }).state).toBe('warn');
});
