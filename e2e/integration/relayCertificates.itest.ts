import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createSmtpRelay } from '../../electron/platform/mail/smtpRelay.ts';
import { smtpLimits, type SmtpLimits } from '../../electron/platform/mail/smtpSession.ts';
import type { RelayTarget } from '../../electron/services/email/mailPorts.ts';
import { defaultEmailSettings } from '../../shared/contract/email.contract.ts';
import { isAppError } from '../../shared/contract/errors.ts';
import { Secret } from '../../shared/lib/secret.ts';
import { createAuthority, type Authority, type ServerCertificate } from '../servers/certificates.ts';
import { temporaryFolder } from '../support/commands.ts';

const { folder, remove } = temporaryFolder('relay-certificates');
const ends: (() => unknown)[] = [];
let known: Authority;
let foreign: Authority;

beforeAll(async () => {
  known = await createAuthority(join(folder, 'known'));
  foreign = await createAuthority(join(folder, 'foreign'), 'Another authority');
});
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});
afterAll(remove);

/** A mail server with this certificate; it tells what it was asked before and after TLS. */
async function startServer({ certificateFile, keyFile }: Omit<ServerCertificate, 'authorityFile'>, secure: boolean) {
  const said: string[] = [];
  const server = new SMTPServer({
    ...{ cert: readFileSync(certificateFile), key: readFileSync(keyFile), secure, logger: false, disableReverseLookup: true },
    onAuth: ({ username, password }, _session, done) => (said.push(`${username} ${password}`), done(null, { user: username })),
    onMailFrom: ({ address }, _session, done) => (said.push(address), done()),
  });
  server.on('error', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  ends.push(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return { port: (server.server.address() as AddressInfo).port, said };
}

const target = (port: number, security: 'tls' | 'starttls', pins: RelayTarget['relay']['pins'] = []): RelayTarget => ({
  relay: {
    ...defaultEmailSettings.relay,
    ...{ host: 'localhost', port, security, auth: 'password', user: 'mfa', caPem: readFileSync(known.authorityFile, 'utf8'), pins },
  },
  password: new Secret('correct horse'),
});

async function failure(to: RelayTarget, limits?: SmtpLimits): Promise<{ code: string; sha256: string }> {
  try {
    await (await createSmtpRelay(limits).open(to, new AbortController().signal)).close();
    return { code: 'none', sha256: '' };
  } catch (error) {
    if (!isAppError(error)) throw error;
    return { code: error.code, sha256: String(error.details?.['sha256'] ?? '') };
  }
}

describe.each(['tls', 'starttls'] as const)('a relay over %s', (security) => {
  test.each<[what: string, code: string, issue: () => Promise<ServerCertificate>]>([
    ['that has ended', 'certificate-expired', () => known.issue(['localhost'], { expired: true })],
    ['for another name', 'certificate-name', () => known.issue(['other.example'])],
    ['of an authority that nobody knows', 'certificate-unknown', () => foreign.issue(['localhost'])],
    [
      'that it signed itself',
      'certificate-unknown',
      () => Promise.resolve({ ...foreign, certificateFile: foreign.authorityFile, keyFile: join(folder, 'foreign', 'ca.key') }),
    ],
  ])('with a certificate %s learns neither password nor sender, until its fingerprint is trusted', async (_what, code, issue) => {
    const server = await startServer(await issue(), security === 'tls');

    const refused = await failure(target(server.port, security));
    expect(refused.code).toBe(code);
    expect(server.said).toEqual([]);

    const pin = { host: 'localhost', port: server.port, sha256: refused.sha256 };
    expect(refused.sha256).toMatch(/^[0-9a-f:]{64,}$/i);
    expect((await failure(target(server.port, security, [pin]))).code).toBe('none');
    expect(server.said).toEqual(['mfa correct horse']);
  });
});

/** Says a line after a while to each that it gets, beginning with a greeting, and then nothing more. */
async function startSlowServer(lines: readonly [afterMs: number, line: string][]): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => undefined));
    let next = 0;
    const say = (): void => {
      const [afterMs, line] = lines[next++] ?? [0, ''];
      if (line !== '') setTimeout(() => socket.write(`${line}\r\n`), afterMs);
    };
    socket.on('data', say);
    say();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  ends.push(() => (sockets.forEach((socket) => socket.destroy()), new Promise((resolve) => server.close(resolve))));
  return (server.address() as AddressInfo).port;
}

describe('a relay that hangs where TLS begins', () => {
  const limits = { ...smtpLimits, connectMs: 500, replyMs: 500 };

  test('is given up after the time for connecting', async () => {
    const port = await startSlowServer([]);
    expect((await failure(target(port, 'tls'), limits)).code).toBe('timeout');
  });

  test('after STARTTLS too', async () => {
    const port = await startSlowServer([
      [0, '220 slow.test'],
      [0, '250-slow.test\r\n250 STARTTLS'],
      [0, '220 Go on'],
    ]);
    expect((await failure(target(port, 'starttls'), limits)).code).toBe('timeout');
  });

  test('is waited for as long as it may take to greet, and for TLS after that', async () => {
    const certificate = await known.issue(['localhost']);
    const server = await startServer(certificate, false);
    // In front of it one that lets everybody wait, as many do against spam.
    const front = createServer((socket) => {
      const behind = new (socket.constructor as typeof Socket)().connect(server.port, '127.0.0.1');
      ends.push(() => (socket.destroy(), behind.destroy()));
      socket.on('error', () => undefined).pipe(behind);
      setTimeout(() => behind.on('error', () => undefined).pipe(socket), 1_000);
    });
    front.listen(0, '127.0.0.1');
    await once(front, 'listening');
    ends.push(() => new Promise((resolve) => front.close(resolve)));

    expect((await failure(target((front.address() as AddressInfo).port, 'starttls'), { ...limits, replyMs: 5_000 })).code).toBe('none');
  });
});

describe('a relay that somebody between would keep in plain text', () => {
  const limits = { ...smtpLimits, connectMs: 2_000, replyMs: 2_000 };

  test('is left where it does not offer STARTTLS', async () => {
    const port = await startSlowServer([
      [0, '220 plain.test'],
      [0, '250-plain.test\r\n250 AUTH PLAIN'],
    ]);
    expect((await failure(target(port, 'starttls'), limits)).code).toBe('tls-failed');
  });

  test('is left where more than its answer comes before TLS begins', async () => {
    const port = await startSlowServer([
      [0, '220 plain.test'],
      [0, '250-plain.test\r\n250 STARTTLS'],
      [0, '220 Go on\r\n250-plain.test\r\n250 AUTH PLAIN'],
    ]);
    expect((await failure(target(port, 'starttls'), limits)).code).toBe('tls-failed');
  });
});
