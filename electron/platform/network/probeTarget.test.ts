import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { Worker } from 'node:worker_threads';
import { afterEach, expect, it, vi } from 'vitest';
import { judgeProbe } from '../../services/network/judgeProbe.ts';
import type { ProbeTarget } from '../../services/network/networkPorts.ts';
import { makeCertificate } from '../directory/testing/certificates.ts';
import { probeTarget } from './probeTarget.ts';

const servers: Server[] = [];
const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  servers.splice(0).forEach((server) => server.close());
  await Promise.all(stops.splice(0).map((stop) => stop()));
});

async function listen(server: Server): Promise<number> {
  servers.push(server.listen(0, '127.0.0.1'));
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

async function found(port: number, host = '127.0.0.1', speaks: ProbeTarget['speaks'] = 'tls') {
  const probe = await probeTarget({ host, port, speaks, proxy: null }, new AbortController().signal);
  const purpose = speaks === 'http' ? 'revocation' : 'own';
  return judgeProbe({ id: `${host}:${port}`, host, port, protocol: 'tcp', purpose, optional: false }, probe);
}

/** Answers everything with these lines, as a proxy or portal does. */
function answering(...lines: string[]): Server {
  return createServer((socket) => socket.once('data', () => socket.end(`${lines.join('\r\n')}\r\n\r\n`)).on('error', () => {}));
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
  expect(check).toMatchObject({ state: 'warn', tls: { issuer: 'Contoso Inspection CA', chain: ['localhost'], trusted: false } });
  expect(check.tls!.notAfter).toMatch(/^\d{4}-/);
  expect(check.reason).toContain('“Contoso Inspection CA”');
  expect(check.reason).toContain('intercepts TLS');
});

it('sends nothing to who shows a certificate that does not hold', async () => {
  const heard: string[] = [];
  const port = await listen(createTlsServer(proxyCertificate(), (socket) => socket.on('data', (data) => heard.push(String(data)))));
  const check = await found(port);
  await new Promise((resolve) => setTimeout(resolve, 50));

  expect([check.tls?.trusted, heard]).toEqual([false, []]);
});

it('takes nobody who speaks an older TLS than 1.2', async () => {
  const port = await listen(
    createTlsServer({ ...proxyCertificate(), minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' }).on(
      'tlsClientError',
      () => {},
    ),
  );
  expect(await found(port)).toMatchObject({ state: 'fail', tls: null, reason: expect.stringContaining('does not speak TLS 1.2') });
});

it('tells a connection that is cut after the first words of TLS', async () => {
  const port = await listen(createServer((socket) => socket.once('data', () => socket.resetAndDestroy())));
  expect(await found(port)).toMatchObject({ state: 'fail', reason: expect.stringContaining('cut when TLS begins') });
});

it('names a proxy that wants a sign-in, a portal, and plain HTTP in place of TLS', async () => {
  const proxy = await listen(answering('HTTP/1.1 407 Proxy Authentication Required', 'Proxy-Authenticate: NTLM'));
  expect(await found(proxy)).toMatchObject({
    state: 'fail',
    http: { status: 407 },
    reason: expect.stringContaining('wants a sign-in (HTTP 407)'),
  });
  const portal = await listen(answering('HTTP/1.1 302 Found', 'location: http://portal.example/login'));
  expect((await found(portal)).reason).toContain(
    'A portal answers in place of 127.0.0.1 (HTTP 302, which leads to http://portal.example/login)',
  );
  const plain = await listen(answering('HTTP/1.1 400 Bad Request'));
  expect((await found(plain)).reason).toContain('in plain HTTP (status 400) where TLS is spoken');
});

it('tells somebody who speaks neither TLS nor HTTP', async () => {
  const port = await listen(answering('220 mail.example ESMTP'));
  expect(await found(port)).toMatchObject({ state: 'fail', http: null, reason: expect.stringContaining('does not speak TLS 1.2') });
});

it('takes an answer in plain HTTP where that is spoken, unless somebody else gives it', async () => {
  const host = await listen(answering('HTTP/1.1 404 Not Found', `Date: ${new Date().toUTCString()}`));
  expect(await found(host, '127.0.0.1', 'http')).toMatchObject({ state: 'pass', http: { status: 404 } });
  const portal = await listen(answering('HTTP/1.1 302 Found', 'Location: http://portal.example/login'));
  expect(await found(portal, '127.0.0.1', 'http')).toMatchObject({ state: 'fail', reason: expect.stringContaining('A portal answers') });
  const proxy = await listen(answering('HTTP/1.1 407 Proxy Authentication Required'));
  expect((await found(proxy, '127.0.0.1', 'http')).reason).toContain('wants a sign-in');
});

it('tells by the date of an answer that the clock of this computer is wrong', async () => {
  const port = await listen(answering('HTTP/1.1 200 OK', `Date: ${new Date(Date.now() + 86_400_000).toUTCString()}`));
  const check = await found(port, '127.0.0.1', 'http');
  expect(check.state).toBe('warn');
  expect(Math.abs(check.clockMs! - 86_400_000)).toBeLessThanOrEqual(2_000);
  expect(check.reason).toMatch(/The clock of this computer is 86\d{3} s behind that of 127.0.0.1/);
});

it('gives up on somebody who accepts and says nothing', async () => {
  const port = await listen(createServer(() => {}));
  expect(await found(port)).toMatchObject({ state: 'fail', reason: expect.stringContaining('Nothing answers in time') });
});

it('takes packets that are dropped for a firewall', async () => {
  const port = await startDeafServer();
  const full = Array.from({ length: 8 }, () => connect(port, '127.0.0.1').on('error', () => {}));
  // Once the queue of those who wait is full, the system drops what comes, as a firewall does.
  await vi.waitFor(async () => expect((await found(port)).reason).toContain('a firewall probably drops the packets'), { timeout: 20_000 });
  for (const socket of full) socket.destroy();
});

it('tells a refused port and a name that DNS does not know', async () => {
  const server = createServer();
  const port = await listen(server);
  server.close();
  expect((await found(port)).reason).toContain('refuses connections');
  expect((await found(443, 'nowhere.invalid')).reason).toMatch(/^DNS does not (know|answer when asked for) nowhere\.invalid/);
});

/** Listens, and never takes anybody who comes. */
async function startDeafServer(): Promise<number> {
  const source = `const { workerData, parentPort } = require('node:worker_threads');
    const server = require('node:net').createServer(() => {});
    server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
      parentPort.postMessage(server.address().port);
      Atomics.wait(new Int32Array(workerData), 0, 0);
      server.close();
    });`;
  const sleep = new SharedArrayBuffer(4);
  const worker = new Worker(source, { eval: true, workerData: sleep });
  stops.push(async () => {
    Atomics.store(new Int32Array(sleep), 0, 1);
    Atomics.notify(new Int32Array(sleep), 0);
    await worker.terminate();
  });
  const [port] = (await once(worker, 'message')) as [number];
  return port;
}
