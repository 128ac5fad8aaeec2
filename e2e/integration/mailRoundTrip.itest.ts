import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { afterAll, describe, expect, test } from 'vitest';
import { createKeychainHome } from '../servers/keychain.ts';
import { hasProgram } from '../servers/sharedServers.ts';
import { temporaryFolder } from '../support/commands.ts';

const canRun = process.platform === 'linux' && hasProgram('dbus-run-session') && hasProgram('gnome-keyring-daemon');
const home = createKeychainHome();
const { folder, remove } = temporaryFolder('mails');
afterAll(() => (home.remove(), remove()));

interface Answer {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function run(commands: readonly (readonly string[])[]): Promise<Answer[]> {
  const list = commands.map((args) => ({ args }));
  const { stdout, stderr } = await home.run('unlocked', join(import.meta.dirname, 'mailSession.ts'), [JSON.stringify(list)], {
    MFA_DATA_DIR: join(folder, 'data'),
  });
  expect(stdout, stderr).not.toBe('');
  return JSON.parse(stdout) as Answer[];
}

const everyByte = (path: string): Buffer =>
  Buffer.concat(
    readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name))),
  );

describe.skipIf(!canRun)('from a user to his mail, by mfactl and the headless host', { timeout: 180_000 }, () => {
  const pickup = join(folder, 'pickup');
  const hostile = 'Anna "<b>" Bcc: x@evil.example';

  test('is held at first, shown before it goes, released, written once, and tells the initial PIN', async () => {
    const [none, plain, set, anna, bob, longer, pins, dry, whom, sent, held, shown, preview] = await run([
      ['email', 'send', '--everybody'],
      ['email', 'preview', '--sample'],
      ['email', 'set', '--from', 'MFA <mfa@corp.example>', '--pickup-folder', pickup, '--rate', '0', '--company', 'Contoso'],
      [
        'users',
        'add',
        'anna',
        '--first',
        hostile,
        '--email',
        'anna@bücher.example',
        '--phone',
        '425-555-0100',
        '--method',
        'call',
        '--mode',
        'pin',
      ],
      ['users', 'add', 'bob', '--method', 'oath'],
      // So long that its digits stand in no file by accident.
      ['company', 'set', 'pinRules.minLength', '10'],
      ['users', 'edit', '--where', 'method:call', '--set', 'pin=initial'],
      ['email', 'send', '--everybody', '--dry-run'],
      ['email', 'send'],
      ['email', 'send', '--everybody'],
      ['outbox', 'list', '--state', 'held'],
      ['outbox', 'show', '1'],
      ['email', 'preview', '--user', 'anna', '--format', 'eml'],
    ]);
    const whileQueued = everyByte(join(folder, 'data'));
    const [released, served, stats, show] = await run([
      ['outbox', 'release', '--all'],
      ['serve', 'until', 'sent', '1'],
      ['outbox', 'stats'],
      ['outbox', 'show', '1'],
    ]);

    expect(none).toMatchObject({ code: 1, err: expect.stringContaining('From is not set') });
    expect(plain).toMatchObject({ code: 0 });
    for (const step of [set, anna, bob, longer, pins, sent, released]) expect(step, step?.err).toMatchObject({ code: 0 });
    expect(dry?.out).toContain('1 mail would be sent.');
    expect(dry?.out).toContain('1  get none: the user has no e-mail address, and the username is none');
    expect(whom).toMatchObject({ code: 2 });
    expect(sent?.out).toContain('1 mail held.');
    expect(held?.out).toContain('anna@bücher.example');
    expect(shown?.out).toContain('PIN:   ••••');
    expect(preview?.out).toContain('Subject: Your sign-in has a second step from now on');
    expect(served, 'mails that were sent').toMatchObject({ code: 0 });
    expect(stats?.out).toMatch(/^sent +1$/m);
    expect(show?.out).toContain('sent  Written to');

    const files = readdirSync(pickup);
    expect(files).toHaveLength(1);
    const mail = await simpleParser(readFileSync(join(pickup, files[0]!)));
    const pin = /PIN: +(\d+)/.exec(mail.text ?? '')?.[1] ?? '';
    expect(pin).toMatch(/^\d{10,}$/);
    expect(mail.html).toContain(pin);
    expect([mail.to].flat().flatMap((to) => to?.value ?? [])).toHaveLength(1);
    expect(mail.headers.has('bcc')).toBe(false);
    expect(mail.html).not.toContain('<b>');
    // Neither while the mail waited nor now does the PIN stand in any file, the logs of SQLite included.
    expect([whileQueued, everyByte(join(folder, 'data'))].map((bytes) => bytes.includes(pin))).toEqual([false, false]);
  });

  test('tells a PIN once: a second mail has none', async () => {
    const [sent, released, served] = await run([
      ['email', 'send', '--user', 'anna'],
      ['outbox', 'release', '--all'],
      ['serve', 'until', 'sent', '2'],
    ]);

    for (const step of [sent, released, served]) expect(step, step?.err).toMatchObject({ code: 0 });
    const texts = await Promise.all(readdirSync(pickup).map(async (file) => (await simpleParser(readFileSync(join(pickup, file)))).text));
    expect(texts).toHaveLength(2);
    expect(texts.filter((text) => text?.includes('PIN: '))).toHaveLength(1);
  });
});
