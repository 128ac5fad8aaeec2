import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { createSecureContext, createServer as createTlsServer } from 'node:tls';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Secret } from '../../../shared/lib/secret.ts';
import { judgeProbe } from '../../services/network/judgeProbe.ts';
import type { ProbeTarget, Proxy } from '../../services/network/networkPorts.ts';
import { makeCertificate } from '../directory/testing/certificates.ts';
import { postTrusted } from './postTrusted.ts';
import { probeTarget } from './probeTarget.ts';
import { createWayOut } from './proxyTunnel.ts';

const servers: Server[] = [];
/** First lines of what the proxy was asked, and the credentials. */
let asked: { line: string; credentials: string | undefined }[];
beforeEach(() => void (asked = []));
afterEach(() => void servers.splice(0).forEach((server) => server.close()));

async function listen(server: Server): Promise<number> {
  servers.push(server.listen(0, '127.0.0.1'));
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** A proxy that lets everything through to one local port, or answers with these lines. */
function proxyTo(port: number | null, ...lines: string[]): Server {
  return createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', (bytes) => {
      const head = bytes.toString('latin1');
      const encoded = /^Proxy-Authorization: Basic (\S+)/im.exec(head)?.[1];
      asked.push({ line: head.split('\r\n')[0]!, credentials: encoded && Buffer.from(encoded, 'base64').toString() });
      if (port === null) return void socket.end(`${lines.join('\r\n')}\r\n\r\n`);
      const onward = connect(port, '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
        socket.pipe(onward).pipe(socket);
      });
      onward.on('error', () => socket.destroy());
      socket.on('close', () => onward.destroy());
    });
  });
}

const at = (port: number, signIn: Partial<Proxy> = {}): Proxy => ({ host: '127.0.0.1', port, user: '', password: null, ...signIn });

async function found(proxy: Proxy, speaks: ProbeTarget['speaks'] = 'tls') {
  const target = { host: 'pfd.phonefactor.net', port: speaks === 'http' ? 80 : 443 };
  const probe = await probeTarget({ ...target, speaks, proxy }, new AbortController().signal);
  return judgeProbe({ ...target, id: `${target.host}:${target.port}`, protocol: 'tcp', purpose: 'cloud', optional: false }, probe);
}

const authority = makeCertificate({ subject: 'Contoso CA', isAuthority: true });
const { certificatePem: cert, privateKeyPem: key } = makeCertificate({ subject: 'pfd.phonefactor.net', issuer: authority });

it('looks at the certificate of the target through the proxy, and says which proxy it was', async () => {
  const target = await listen(createTlsServer({ cert, key }));
  const port = await listen(proxyTo(target));
  const check = await found(at(port, { user: 'svc', password: new Secret('p:ä') }));
  expect(check).toMatchObject({ proxy: `127.0.0.1:${port}`, addresses: [], tls: { issuer: 'Contoso CA' }, state: 'fail' });
  expect(check.connectMs).toBeGreaterThan(0);
  expect(asked).toEqual([{ line: 'CONNECT pfd.phonefactor.net:443 HTTP/1.1', credentials: 'svc:p:ä' }]);
});

it('passes what the proxy connects where the connection alone is tried', async () => {
  const port = await listen(proxyTo(await listen(createServer())));
  const check = await found(at(port), 'nothing');
  expect(check.reason).toContain(`through the proxy 127.0.0.1:${port}`);
});

it('says what a proxy wants that answers 407', async () => {
  const basic = await listen(proxyTo(null, 'HTTP/1.1 407 Proxy Authentication Required', 'Proxy-Authenticate: Basic realm="x"'));
  expect(await found(at(basic))).toMatchObject({
    state: 'fail',
    reason: expect.stringContaining('Enter its user and password'),
  });
  const refused = await found(at(basic, { user: 'svc', password: new Secret('wrong') }));
  expect(refused.reason).toContain('refuses “svc”');
  const ntlm = await listen(
    proxyTo(null, 'HTTP/1.1 407 Proxy Authentication Required', 'Proxy-Authenticate: Negotiate', 'Proxy-Authenticate: NTLM'),
  );
  expect((await found(at(ntlm))).reason).toContain('by Negotiate, NTLM, which the console cannot do');
  expect((await found(at(ntlm), 'http')).reason).toContain('by Negotiate, NTLM');
});

it('tells a proxy that refuses, that reaches nobody, that is none, and that is not there', async () => {
  const forbidden = await listen(proxyTo(null, 'HTTP/1.1 403 Forbidden'));
  expect((await found(at(forbidden))).reason).toContain('refuses pfd.phonefactor.net, TCP 443 (HTTP 403)');
  const gateway = await listen(proxyTo(null, 'HTTP/1.1 503 Service Unavailable'));
  expect((await found(at(gateway))).reason).toContain('cannot reach pfd.phonefactor.net (HTTP 503)');
  const mail = await listen(proxyTo(null, '220 mail.example ESMTP'));
  expect((await found(at(mail))).reason).toContain('is no HTTP proxy');
  const closed = await listen(createServer());
  servers.at(-1)!.close();
  expect((await found(at(closed))).reason).toContain('cannot be reached');
  const silent = await listen(createServer((socket) => socket.on('error', () => {})));
  expect((await found(at(silent))).reason).toContain('does not answer in time');
});

it('asks a proxy for the whole address where plain HTTP is spoken', async () => {
  const port = await listen(proxyTo(null, 'HTTP/1.1 200 OK', `Date: ${new Date().toUTCString()}`));
  const check = await found(at(port), 'http');
  expect(check).toMatchObject({ state: 'pass', http: { status: 200 }, proxy: `127.0.0.1:${port}` });
  expect(asked[0]!.line).toBe('HEAD http://pfd.phonefactor.net/ HTTP/1.1');
});

it('posts through the proxy to a server whose certificate is judged as ever', async () => {
  const target = await listen(
    createTlsServer({ cert, key }, (socket) => {
      socket.on('error', () => {});
      socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi'));
    }),
  );
  const way = createWayOut();
  const post = (ca: string) =>
    postTrusted({
      ...{ host: 'pfd.phonefactor.net', port: 443, to: { host: 'pfd.phonefactor.net', port: 443, path: '/token' } },
      ...{ contentType: 'text/plain', body: 'secret', secureContext: createSecureContext({ ca }), limitMs: 5_000, maxAnswerBytes: 100 },
      tooLong: () => expect.unreachable(),
      openTunnel: way.openTunnel,
    });
  const port = await listen(proxyTo(target));
  way.follow(async () => at(port));
  expect(await post(authority.certificatePem)).toEqual({ status: 200, body: 'hi' });
  const other = makeCertificate({ subject: 'Other CA', isAuthority: true });
  await expect(post(other.certificatePem)).rejects.toMatchObject({ code: 'certificate-unknown' });

  const refusing = await listen(proxyTo(null, 'HTTP/1.1 407 Proxy Authentication Required'));
  way.follow(async () => at(refusing));
  await expect(post(authority.certificatePem)).rejects.toMatchObject({ code: 'proxy-authentication' });
  const forbidding = await listen(proxyTo(null, 'HTTP/1.1 403 Forbidden'));
  way.follow(async () => at(forbidding));
  await expect(post(authority.certificatePem)).rejects.toMatchObject({ code: 'proxy-refused', details: { status: 403 } });
});
