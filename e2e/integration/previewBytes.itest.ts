import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { startMailReader } from '../servers/mailReader.ts';
import { temporaryFolder } from '../support/commands.ts';
import { collectMfactl } from '../support/mfactl.ts';
import { startWebHost } from '../hosts/web.ts';

const { folder, remove } = temporaryFolder('preview');
afterAll(remove);

/** Without what is the mail's own: when it was made, what it is called, and the boundary that is made of that. */
const comparable = (mail: string): string =>
  mail
    .replaceAll(/^(Date|Message-ID): .*\r$/gm, '$1: …\r')
    .replaceAll(/NmP-[0-9a-f]+/g, 'NmP-…')
    .trimEnd();

test('a preview is what the relay gets then, or the pickup folder, byte for byte', { timeout: 120_000 }, async () => {
  const data = join(folder, 'data');
  const reader = await startMailReader();
  const run = async (...words: string[]): Promise<string> => {
    const { code, out, err } = await collectMfactl(data, words);
    expect(code, err).toBe(0);
    return out;
  };
  const guide = join(folder, 'Anleitung für Anna.pdf');
  writeFileSync(guide, Buffer.alloc(70_000, 'Größe'));
  const own = join(folder, 'own.txt');
  writeFileSync(
    own,
    'Subject: Für <$name$>\nFormat: own-html\nCc: Chef <boss@corp.example>\nBcc: archive@corp.example\n\n<p style="color:red">Hallo <$name$>: <$phone$></p>\n.\n',
  );
  const relay = ['--host', '127.0.0.1', '--port', String(reader.port), '--security', 'none', '--mode', 'relay', '--rate', '0'];
  await run(
    'email',
    'set',
    '--from',
    '"Jürgen, MFA" <mfa@bücher.example>',
    '--reply-to',
    'Hilfe <help@corp.example>',
    '--company',
    'Contoso & Söhne',
    ...relay,
  );
  const users = [
    [
      'anna',
      '--first',
      'Anna "Ä"',
      '--last',
      "O'Neil, <b>",
      '--email',
      'anna@bücher.example',
      '--phone',
      '425-555-0100 x12',
      '--method',
      'call',
    ],
    ['bert', '--first', '山田', '--email', 'bert@corp.example', '--phone', '425-555-0101', '--method', 'text'],
  ];
  for (const user of users) await run('users', 'add', ...user);
  await run('email', 'templates', 'set', 'call-standard-new-user', '--file', own, '--attach', guide);

  const shown = new Map<string, string>();
  for (const [name = ''] of users) {
    const file = join(folder, `${name}.eml`);
    await run('email', 'preview', '--user', name, '--format', 'eml', '--out', file);
    shown.set(name, file);
  }
  await run('email', 'send', '--everybody');
  const host = await startWebHost(folder);
  await expect.poll(() => reader.received.length, { timeout: 60_000 }).toBe(2);
  await reader.stop();

  for (const [name, file] of shown) {
    const got = reader.received.find(({ to }) => to[0]?.startsWith(name))!;
    expect(comparable(got.raw)).toBe(comparable(readFileSync(file, 'latin1')));
    expect(got.raw).toMatch(/^Message-ID: <[0-9a-f]{32}@xn--bcher-kva\.example>\r$/m);
  }

  // Whoever takes mails out of a pickup folder reads in them who gets a blind copy.
  const pickup = join(folder, 'pickup');
  mkdirSync(pickup);
  await run('email', 'set', '--mode', 'pickup', '--pickup-folder', pickup);
  const preview = join(folder, 'pickup.eml');
  await run('email', 'preview', '--user', 'anna', '--format', 'eml', '--out', preview);
  await run('email', 'send', '--user', 'anna');
  await expect.poll(() => readdirSync(pickup).filter((name) => name.endsWith('.eml')).length, { timeout: 60_000 }).toBe(1);
  await host.stop();
  const [dropped = ''] = readdirSync(pickup);
  const written = readFileSync(join(pickup, dropped), 'latin1');
  expect(written).toMatch(/^Bcc: archive@corp\.example\r$/m);
  expect(comparable(written)).toBe(comparable(readFileSync(preview, 'latin1')));
});
