import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSmtpRelay } from '../../electron/platform/mail/smtpRelay.ts';
import { smtpLimits, type SmtpLimits } from '../../electron/platform/mail/smtpSession.ts';
import type { RelayEvent, RelayTarget } from '../../electron/services/email/mailPorts.ts';
import { isAppError } from '../../shared/contract/errors.ts';
import { Secret } from '../../shared/lib/secret.ts';
import { createAuthority } from '../servers/certificates.ts';
import { createKeychainHome } from '../servers/keychain.ts';
import { hasProgram } from '../servers/sharedServers.ts';
import { canRunPostfix, startPostfix, type Postfix } from '../servers/startPostfix.ts';
import { temporaryFolder } from '../support/commands.ts';
import { openPort } from '../support/loopback.ts';

const canRun = canRunPostfix();
const { folder, remove } = temporaryFolder('relay');
const home = createKeychainHome();
const never = new AbortController().signal;
let postfix: Postfix;
let caFile = '';

beforeAll(async () => {
  if (!canRun) return;
  const authority = await createAuthority(folder);
  caFile = authority.authorityFile;
  postfix = await startPostfix(await authority.issue(['localhost']));
});
afterAll(async () => {
  await postfix?.stop();
  home.remove();
  remove();
});

const target = (changes: Partial<RelayTarget['relay']> = {}, password: string | null = postfix.password): RelayTarget => ({
  relay: {
    host: 'localhost',
    port: postfix.port,
    security: 'starttls',
    auth: 'password',
    user: postfix.user,
    oauth: { tokenUrl: '', clientId: '', scope: '' },
    caPem: readFileSync(caFile, 'utf8'),
    pins: [],
    ...changes,
  },
  password: password === null ? null : new Secret(password),
});
const mail = Buffer.from('From: a@corp.example\r\nTo: b@corp.example\r\nSubject: Dots\r\n\r\n.\r\n..\r\n.a\r\nend\r\n');
const from = 'mfa@corp.example';

/** What happened while the relay was opened: `tls failed certificate-unknown`. */
async function opening(to: RelayTarget, limits?: SmtpLimits): Promise<string[]> {
  const events: RelayEvent[] = [];
  try {
    await (await createSmtpRelay(limits).open(to, never, (event) => events.push(event))).close();
  } catch (error) {
    if (!isAppError(error)) throw error;
  }
  return events
    .filter(({ state }) => state !== 'running')
    .map(({ step, state, error }) => `${step} ${state}${error ? ` ${error.code}` : ''}`);
}

describe.skipIf(!canRun)('a relay (Postfix)', () => {
  const open = ['dns passed', 'tcp passed', 'greeting passed'];

  test('is reached over STARTTLS and over TLS, and signed in to', async () => {
    expect(await opening(target())).toEqual([...open, 'tls passed', 'login passed']);
    expect(await opening(target({ security: 'tls', port: postfix.tlsPort }))).toEqual([
      'dns passed',
      'tcp passed',
      'tls passed',
      'greeting passed',
      'login passed',
    ]);
  });

  test('is not trusted without its authority or under another name, and nothing is sent to it', async () => {
    expect(await opening(target({ caPem: '' }))).toEqual([...open, 'tls failed certificate-unknown']);
    expect(await opening(target({ host: '127.0.0.1' }))).toEqual([...open, 'tls failed certificate-name']);
  });

  test('is trusted by its pin, and by no other', async () => {
    const shown = await createSmtpRelay()
      .open(target({ caPem: '' }), never)
      .catch((error: unknown) => error);
    const sha256 = isAppError(shown) ? String(shown.details?.['sha256']) : '';
    const pin = { host: 'localhost', port: postfix.port, sha256 };

    expect(await opening(target({ caPem: '', pins: [pin] }))).toEqual([...open, 'tls passed', 'login passed']);
    expect(await opening(target({ caPem: '', pins: [{ ...pin, sha256: '0'.repeat(64) }] }))).toEqual([
      ...open,
      'tls failed certificate-changed',
    ]);
  });

  test('refuses a wrong password, and offers no sign-in without TLS', async () => {
    expect(await opening(target({}, 'wrong'))).toEqual([...open, 'tls passed', 'login failed bad-credentials']);
    expect(await opening(target({ security: 'none' }))).toEqual([]);
  });

  test('takes mails one after the other on one connection, each as it was', async () => {
    const session = await createSmtpRelay().open(target(), never);
    expect(await session.checkSender(from)).toMatch(/^250 /);
    expect(await session.offer({ from, to: 'dots@corp.example' }, mail).handOver()).toMatchObject({
      kind: 'accepted',
      reply: expect.stringMatching(/^250 /),
    });
    expect(await session.offer({ from, to: 'greylisted@corp.example' }, mail).handOver()).toMatchObject({
      kind: 'refused',
      permanent: false,
      reply: expect.stringContaining('Greylisted, come back later'),
    });
    expect(await session.offer({ from, to: 'unknown@corp.example' }, mail).handOver()).toMatchObject({
      kind: 'refused',
      permanent: true,
      about: 'mail',
    });
    // Not the relay's fault, and not the next mail's.
    expect(await session.offer({ from, to: 'anna@corp_example.test' }, mail).handOver()).toMatchObject({
      kind: 'refused',
      permanent: true,
      about: 'mail',
    });
    expect(
      await session
        .offer({ from, to: 'dots@corp.example', copies: ['ümlaut@corp.example'] }, Buffer.from('Subject: Copy\r\n\r\n'))
        .handOver(),
    ).toMatchObject({ kind: 'accepted', reply: expect.stringContaining('ümlaut@corp.example') });
    expect(await session.offer({ from, to: 'big@corp.example' }, Buffer.alloc(60_000, 'a\r\n')).handOver()).toMatchObject({
      kind: 'refused',
      permanent: true,
    });
    expect(await session.offer({ from, to: 'dots@corp.example' }, mail).handOver()).toMatchObject({ kind: 'accepted' });
    await session.close();
    // What is offered and does not end is never delivered.
    const broken = await createSmtpRelay().open(target(), never);
    broken.offer({ from, to: 'dots@corp.example' }, mail);
    await new Promise((resolve) => setTimeout(resolve, 500));
    broken.destroy();

    await expect
      .poll(async () => (await postfix.received()).filter(({ subject }) => subject === 'Dots').map(({ text }) => text), { timeout: 20_000 })
      .toEqual(['.\n..\n.a\nend\n', '.\n..\n.a\nend\n']);
  });

  test('that hangs up, or is none, is told apart', async () => {
    const closing = await openPort();
    expect(await opening(target({ port: closing.port }))).toEqual(['dns passed', 'tcp passed', 'greeting failed connection-lost']);
    await closing.close();
    expect(await opening(target({ port: closing.port }))).toEqual(['dns passed', 'tcp failed refused']);
    const waitsForTls = target({ port: postfix.tlsPort, security: 'none' }, null);
    expect(await opening(waitsForTls, { ...smtpLimits, greetingMs: 500 })).toEqual(['dns passed', 'tcp passed', 'greeting failed timeout']);
  });
});

const canKeep = canRun && hasProgram('dbus-run-session') && hasProgram('gnome-keyring-daemon');

describe.skipIf(!canKeep)('mfactl email', { timeout: 120_000 }, () => {
  test('holds mails at first, saves how to reach the relay, tests it in words and sends a real mail', async () => {
    const commands = [
      { args: ['email', 'show'] },
      {
        args: [
          ...['email', 'set', '--host', 'localhost', '--port', String(postfix.port), '--security', 'starttls', '--ca', caFile],
          ...['--user', postfix.user, '--password-stdin', '--from', 'MFA <mfa@corp.example>', '--admin', 'admin@corp.example'],
        ],
        stdin: postfix.password,
      },
      { args: ['email', 'show', '--json'] },
      { args: ['email', 'test', '--to', 'admin@corp.example'] },
      { args: ['email', 'set', '--security', 'none'] },
      { args: ['email', 'set', '--from', 'nobody'] },
      { args: ['email', 'set', '--user', 'other'] },
      { args: ['email', 'test'] },
    ];
    const { stdout, stderr } = await home.run('unlocked', join(import.meta.dirname, 'mfactlSession.ts'), [JSON.stringify(commands)], {
      MFA_DATA_DIR: join(folder, 'data'),
    });
    expect(stdout, stderr).not.toBe('');
    const [first, set, show, tested, plain, badFrom, otherUser, noPassword] = JSON.parse(stdout) as {
      code: number;
      out: string;
      err: string;
    }[];

    expect(first?.out).toMatch(/^Mode +hold$/m);
    expect(set, set?.err).toMatchObject({ code: 0 });
    expect(JSON.parse(show!.out)).toMatchObject({ passwordStored: true, settings: { mode: 'hold', from: 'MFA <mfa@corp.example>' } });
    expect(tested, tested?.err).toMatchObject({ code: 0 });
    for (const step of ['dns', 'tcp', 'greeting', 'tls', 'login', 'sender', 'mail'])
      expect(tested?.out).toMatch(new RegExp(`^(ok|warning) +${step} `, 'm'));
    expect(tested?.out).toContain('The relay has taken the mail to admin@corp.example: 250');
    expect(plain).toMatchObject({ code: 1, err: expect.stringContaining('plain-text-refused') });
    expect(badFrom).toMatchObject({ code: 1, err: expect.stringContaining('invalid-input') });
    expect(otherUser?.out).toContain('No password is stored');
    expect(noPassword).toMatchObject({ code: 1, err: expect.stringContaining('No password is stored') });
    await expect
      .poll(async () => (await postfix.received()).find(({ subject }) => subject?.startsWith('Test mail of'))?.html, { timeout: 20_000 })
      .toContain('This is a test.');
  });
});
