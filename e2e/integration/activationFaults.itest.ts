import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { afterAll, expect, test } from 'vitest';
import { makeCertificate } from '../../electron/platform/directory/testing/certificates.ts';
import { createKeychainHome } from '../servers/keychain.ts';
import { closedPort } from '../servers/hostile.ts';
import { hasProgram } from '../servers/sharedServers.ts';
import { temporaryFolder } from '../support/commands.ts';

const canRun = process.platform === 'linux' && hasProgram('dbus-run-session') && hasProgram('gnome-keyring-daemon');
/** Some file. */
const cli = join(import.meta.dirname, '..', '..', 'dist', 'cli.js');
const home = createKeychainHome();
const { folder, remove } = temporaryFolder('activation-faults');
const servers: Server[] = [];
afterAll(() => {
  for (const server of servers) server.close();
  home.remove();
  remove();
});

async function listen(server: Server): Promise<number> {
  servers.push(server.listen(0, '127.0.0.1'));
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** Answers whatever comes with these lines, as a portal or proxy does. */
const answering = (...lines: string[]) =>
  createServer((socket) => socket.on('error', () => {}).once('data', () => socket.end(`${lines.join('\r\n')}\r\n\r\n`)));

interface Answer {
  readonly code: number;
  readonly err: string;
}

test.skipIf(!canRun)(
  'what stands between a server and its authority is named by mfactl, with what to do next',
  { timeout: 120_000 },
  async () => {
    const issuer = makeCertificate({ subject: 'Contoso Inspection CA', isAuthority: true });
    const { certificatePem: cert, privateKeyPem: key } = makeCertificate({ subject: '127.0.0.1', names: ['127.0.0.1'], issuer });
    const proxy = createHttpServer().on('connect', (_request, socket) => {
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="x"\r\n\r\n');
    });
    const faults: [port: number, says: string, next: string][] = [
      [await closedPort(), '(refused)', 'Check the port, and that the authority runs there'],
      [
        await listen(answering('HTTP/1.1 302 Found', 'Location: http://portal.example/')),
        '(not-an-authority)',
        'a sign-in page of the network is in the way',
      ],
      [await listen(answering('HTTP/1.1 407 Proxy Authentication Required')), '(proxy-authentication)', 'mfactl help firewall proxy'],
      [
        await listen(createServer((socket) => socket.once('data', () => socket.resetAndDestroy()))),
        '(tls-reset)',
        'A firewall probably filters by name',
      ],
      [await listen(createTlsServer({ cert, key })), '(authority-changed)', 'whether something on the way inspects TLS'],
      [await listen(createServer(() => {})), '(timeout)', 'Where HTTPS leaves through a proxy'],
    ];
    // Made of zeros alone, the check digits are right.
    const activate = (host: string, port: number, email = '00000000@activation') => ({
      args: ['activate', '--authority', `https://${host}:${port}#sha256=${'ab'.repeat(32)}`, '--email', email, '--password-stdin'],
      stdin: '0000-0000-0000-0000',
    });
    const commands = [
      ...faults.map(([port]) => activate('127.0.0.1', port)),
      activate('nowhere.invalid', 8463),
      activate('127.0.0.1', 1, 'k7q2m9xp@activation'),
      { args: ['firewall', 'proxy', `127.0.0.1:${await listen(proxy)}`] },
      activate('192.0.2.1', 8463),
      { args: ['authority', 'serve', '--port', String(faults.at(-1)![0])] },
      { args: ['authority', 'sign', cli, '--out', join(folder, 'x.answer')] },
      { args: ['authority', 'revoke', 'nobody'] },
      { args: ['status'] },
    ];
    const session = join(import.meta.dirname, 'mfactlSession.ts');
    const { stdout, stderr } = await home.run('unlocked', session, [JSON.stringify(commands)], { MFA_DATA_DIR: join(folder, 'data') });
    expect(stdout, stderr).not.toBe('');
    const answers = JSON.parse(stdout) as (Answer & { out: string })[];

    const expected = [
      ...faults.map(([, says, next]) => [says, next] as const),
      ['(host-not-found)', 'Check the name, and the DNS servers of this computer.'] as const,
      ['(credentials-mistyped)', 'No attempt was spent.'] as const,
      null,
      ['(proxy-authentication)', 'Set user and password of the proxy'] as const,
      ['(port-taken)', 'Choose another one with --port.'] as const,
      ['(activation-file-not-valid)', 'Make a new request with --request-file'] as const,
      ['(not-found)', '"mfactl authority servers"'] as const,
    ];
    for (const [at, texts] of expected.entries()) {
      const { code, err } = answers[at]!;
      expect(code, err).toBe(texts === null ? 0 : 1);
      for (const text of texts ?? []) expect(err).toContain(text);
    }
    // Nothing of it has left a trace, and the console works.
    expect(answers.at(-1)).toMatchObject({ code: 0, out: expect.stringContaining('Not activated.') as string });
  },
);
