import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, test } from 'vitest';
import { createAttachmentFiles } from '../../electron/store/mail/attachmentFiles.ts';
import { toStoreError } from '../../electron/store/storeErrors.ts';
import type { TemplateDetail } from '../../shared/contract/mailTemplates.contract.ts';
import { startMailReader } from '../servers/mailReader.ts';
import { runCommand, temporaryFolder } from '../support/commands.ts';
import { canMount, createSmallDisk } from '../support/smallDisk.ts';

const { folder, remove } = temporaryFolder('templates');
afterAll(remove);

const cli = join(import.meta.dirname, '..', '..', 'dist', 'cli.js');
const pin = 'call-standard-new-user';

interface Answer {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Commands of mfactl one after the other, on a data folder of this name. See mailSession.ts. */
async function run(name: string, ...commands: readonly (readonly string[])[]): Promise<Answer[]> {
  const session = join(import.meta.dirname, 'mailSession.ts');
  const list = JSON.stringify(commands.map((args) => ({ args })));
  const child = spawn(process.execPath, [session, list], { env: { ...process.env, MFA_DATA_DIR: join(folder, name) } });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  await once(child, 'close');
  return JSON.parse(out) as Answer[];
}

function file(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

describe('a mail that somebody edited', { timeout: 180_000 }, () => {
  test.each([
    ['all at once', {}],
    ['one by one', { hidePIPELINING: true }],
  ])(
    'goes out from its own From, with copies and attachments, to a relay that takes commands %s; what disappears stops it',
    async (name, options) => {
      const reader = await startMailReader(options);
      const guide = Buffer.from(Array.from({ length: 100_000 }, (_none, at) => (at * 7919) % 256));
      const attached = file('Anleitung für Anna.pdf', guide);
      const written = file(
        'mail.txt',
        'Subject: Für <$name$>\nFrom: "Hilfe, IT" <it@bücher.example>\nCc: Chef <boss@corp.example>; gone@corp.example\nBcc: archive@corp.example\nAttachment: Anleitung für Anna.pdf\n\nHallo <$name$>\n',
      );
      const relay = ['--host', '127.0.0.1', '--port', String(reader.port), '--security', 'none', '--mode', 'relay', '--rate', '0'];

      const [set, add, edit, send, sent, shown] = await run(
        name,
        ['email', 'set', '--from', 'MFA <mfa@corp.example>', ...relay],
        ['users', 'add', 'anna', '--email', 'anna@corp.example', '--phone', '425-555-0100', '--method', 'call'],
        ['email', 'templates', 'set', pin, '--file', written, '--attach', attached],
        ['email', 'send', '--user', 'anna', '--template', pin],
        ['serve', 'until', 'sent', '1'],
        ['outbox', 'show', '1'],
      );

      for (const step of [set, add, edit, send, sent]) expect(step, step?.err).toMatchObject({ code: 0 });
      const [first] = reader.received;
      expect(first).toMatchObject({
        from: 'it@bücher.example',
        to: ['anna@corp.example', 'boss@corp.example', 'archive@corp.example'],
      });
      expect(first?.raw).not.toContain('archive@');
      const mail = await first!.read();
      expect(mail).toMatchObject({ subject: 'Für anna', text: expect.stringContaining('Hallo anna') as string });
      expect(mail.from?.value).toEqual([{ name: 'Hilfe, IT', address: 'it@bücher.example' }]);
      expect([mail.cc].flat().flatMap((one) => one?.value ?? [])).toEqual([
        { name: 'Chef', address: 'boss@corp.example' },
        { name: '', address: 'gone@corp.example' },
      ]);
      expect(mail.attachments.map(({ filename, contentType }) => [filename, contentType])).toEqual([
        ['Anleitung für Anna.pdf', 'application/pdf'],
      ]);
      expect(mail.attachments[0]!.content.equals(guide)).toBe(true);
      expect(shown?.out).toContain('gone@corp.example');
      expect(shown?.out).toContain('No such user');

      const kept = join(folder, name, 'attachments');
      for (const one of readdirSync(kept)) rmSync(join(kept, one));
      const [lint, again, failed, why, repaired, retried, arrived] = await run(
        name,
        ['email', 'lint'],
        ['email', 'send', '--user', 'anna', '--template', pin],
        ['serve', 'until', 'failed', '1'],
        ['outbox', 'show', '2'],
        ['email', 'templates', 'set', pin, '--attach', attached],
        ['outbox', 'retry', '2'],
        ['serve', 'until', 'sent', '2'],
      );
      expect(lint).toMatchObject({ code: 1, err: expect.stringContaining('"Anleitung für Anna.pdf" is not in the data folder') as string });
      for (const step of [again, failed, repaired, retried, arrived]) expect(step, step?.err).toMatchObject({ code: 0 });
      expect(why?.out).toContain('"Anleitung für Anna.pdf" is not in the data folder any more');
      expect(reader.received).toHaveLength(2);
      expect((await reader.received[1]!.read()).attachments[0]!.content.equals(guide)).toBe(true);
      await reader.stop();
    },
  );

  test('stands in a pickup folder with its Bcc, and waits as it was made when somebody edits it again', async () => {
    const pickup = join(folder, 'pickup');
    const [, , , , , , , served] = await run(
      'waiting',
      ['email', 'set', '--from', 'mfa@corp.example', '--mode', 'hold', '--pickup-folder', pickup, '--rate', '0'],
      ['users', 'add', 'anna', '--email', 'anna@corp.example', '--phone', '425-555-0100', '--method', 'call'],
      ['email', 'templates', 'set', pin, '--bcc', 'archive@corp.example', '--format', 'text', '--subject', 'First'],
      ['email', 'send', '--user', 'anna', '--template', pin],
      ['email', 'templates', 'set', pin, '--subject', 'Second'],
      ['email', 'templates', 'reset', pin],
      ['outbox', 'release', '--all'],
      ['serve', 'until', 'sent', '1'],
    );

    expect(served, served?.err).toMatchObject({ code: 0 });
    const mail = readFileSync(join(pickup, readdirSync(pickup)[0]!), 'latin1');
    expect(mail).toMatch(/^Bcc: archive@corp.example\r$/m);
    expect(mail).toMatch(/^Subject: First\r$/m);
    expect(mail).toMatch(/^Content-Type: text\/plain/m);
  });
});

describe('mails on the command line', { timeout: 180_000 }, () => {
  test('are refused with places, compared, restored, exported, changed in an editor and imported', async () => {
    const out = join(folder, 'out');
    const [wrong, huge, first, second, history, restored, diff, exported, same] = await run(
      'commands',
      ['email', 'templates', 'set', 'test-mail', '--file', file('wrong.txt', 'Subject: a\n\nHello\n <$nmae$> {{name}}\n')],
      ['email', 'templates', 'set', 'test-mail', '--attach', file('film.mp4', Buffer.alloc(30 * 1024 * 1024))],
      ['email', 'templates', 'set', 'test-mail', '--subject', 'First'],
      ['email', 'templates', 'set', 'test-mail', '--subject', 'Second', '--json'],
      ['email', 'templates', 'history', 'test-mail'],
      ['email', 'templates', 'restore', 'test-mail', '1'],
      ['email', 'templates', 'diff', 'test-mail'],
      ['email', 'templates', 'export', out],
      ['email', 'templates', 'import', out],
    );
    expect(wrong).toMatchObject({ code: 1, err: expect.stringContaining('body 2:2: There is no variable <$nmae$>') as string });
    expect(wrong?.err).toContain('body 2:11: {{name}} would be sent as it is written');
    expect(huge).toMatchObject({ code: 1, err: expect.stringContaining('"film.mp4" has 30 MB. An attachment may have 10 MB') as string });
    expect(first).toMatchObject({ code: 0, out: expect.stringContaining('Version 1 of test-mail') as string });
    expect((JSON.parse(second!.out) as TemplateDetail).content.subject).toBe('Second');
    expect(history?.out).toMatch(/^2 .*saved$/m);
    expect(restored).toMatchObject({ code: 0, out: expect.stringContaining('Version 3') as string });
    expect(diff?.out).toContain('- Subject: Test mail of <$server_name$>\n+ Subject: First');
    expect(exported?.code).toBe(0);
    expect(same?.out).toContain('0 imported');

    mkdirSync(join(out, 'pl'));
    writeFileSync(join(out, 'pl', 'test-mail.txt'), 'Subject: Wiadomość testowa\r\n\r\nTo jest test.\r\n');
    writeFileSync(join(out, 'en', 'test-mail.txt'), '\uFEFFSubject: Third\n\nBody\n');
    const zip = join(folder, 'mails.zip');
    const [dry, imported, list, preview, zipped, none, usage] = await run(
      'commands',
      ['email', 'templates', 'import', out, '--dry-run'],
      ['email', 'templates', 'import', out],
      ['email', 'templates'],
      ['email', 'preview', '--template', 'test-mail', '--sample', '--language', 'pl'],
      ['email', 'templates', 'export', zip],
      ['email', 'templates', 'import', zip],
      ['email', 'templates', 'restore', 'test-mail', 'last'],
    );
    expect(dry?.out).toContain('2 would be imported');
    expect(imported?.out).toContain('2 imported');
    expect(list?.out).toMatch(/^test-mail .*en\* .*pl\*$/m);
    expect(preview?.out).toContain('Subject: Wiadomość testowa');
    expect(zipped?.code).toBe(0);
    expect(none?.out).toContain('0 imported, 109 were the same');
    expect(usage?.code).toBe(2);
  });

  test('are whole after the process was killed while it saved, with every attachment that they name', async () => {
    const data = join(folder, 'killed');
    const attached = file('big.bin', Buffer.alloc(9 * 1024 * 1024, 'abc'));
    const set = (number: number) => ['email', 'templates', 'set', 'test-mail', '--data-dir', data, '--subject', `Number ${number}`];
    await runCommand(process.execPath, [cli, ...set(0)]);

    for (let number = 1; number <= 8; number += 1) {
      const child = spawn(process.execPath, [cli, ...set(number), '--attach', attached], { stdio: 'ignore' });
      await sleep(200 + number * 90);
      child.kill('SIGKILL');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');

      const shown = await runCommand(process.execPath, [cli, 'email', 'templates', 'show', 'test-mail', '--data-dir', data, '--json']);
      const { content, problems } = JSON.parse(shown) as TemplateDetail;
      expect(problems).toEqual([]);
      expect(content.subject).toMatch(/^Number \d$/);
      expect(content.attachments.length).toBe(content.subject === 'Number 0' ? 0 : 1);
    }
  });
});

const isPossible = canMount();
describe.skipIf(!isPossible)(`a full disk${isPossible ? '' : ' (needs an account that may mount one)'}`, () => {
  test('takes no attachment, says so, and leaves nothing half-written', async () => {
    const disk = createSmallDisk(4)!;
    try {
      const kept = join(disk.folder, 'attachments');
      const files = createAttachmentFiles(kept, () => ({ path: '' }));

      const refused = await files.keepBytes(Buffer.alloc(9 * 1024 * 1024, 'a')).catch((error: unknown) => toStoreError(error));

      expect(refused).toMatchObject({ code: 'disk-full' });
      expect(readdirSync(kept)).toEqual([]);
      await expect(files.keepBytes(Buffer.alloc(1024 * 1024, 'a'))).resolves.toMatchObject({ bytes: 1024 * 1024 });
    } finally {
      disk.remove();
    }
  });
});
