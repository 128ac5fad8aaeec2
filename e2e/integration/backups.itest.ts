import { existsSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TOTP, Secret } from 'otpauth';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startWebHost } from '../hosts/web.ts';
import { createKeychainHome } from '../servers/keychain.ts';
import { hasProgram } from '../servers/sharedServers.ts';
import { collectMfactl } from '../support/mfactl.ts';
import { temporaryFolder } from '../support/commands.ts';
import { canMount, createSmallDisk } from '../support/smallDisk.ts';
import { connectWebClient } from '../support/webClient.ts';

let folder: string;
const ends: (() => unknown)[] = [];
beforeEach(() => {
  const temporary = temporaryFolder('backups');
  ({ folder } = temporary);
  ends.push(temporary.remove);
});
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** A process of its own for each command, on the data folder of `place`. */
const mfactl = (place: string, ...words: string[]) => collectMfactl(join(place, 'data'), words);
const elsewhere = () => join(folder, 'elsewhere');
const file = (name = 'copy.mfabackup') => join(folder, name);

async function startHost(place: string) {
  const host = await startWebHost(place);
  ends.push(() => host.stop().catch(() => {}));
  const client = await connectWebClient(host);
  return {
    client,
    async stop() {
      client.close();
      await host.stop();
    },
  };
}

describe('a backup', () => {
  test('holds one moment of a console that runs while users change, and is the whole console elsewhere', async () => {
    const host = await startHost(folder);
    await host.client.tags.add({ name: 'pilot' });
    let added = 0;
    const enough = new AbortController();
    const changing = (async () => {
      for (; !enough.signal.aborted; added++) await host.client.users.add({ username: `user${added}`, method: 'call' });
    })();
    await expect.poll(() => added, { timeout: 30_000 }).toBeGreaterThan(10);

    const before = added;
    const made = await mfactl(folder, 'backup', file(), '--json');
    enough.abort();
    await changing;

    expect(made, made.err).toMatchObject({ code: 0, err: '' });
    const { users } = JSON.parse(made.out) as { users: number };
    expect(users).toBeGreaterThanOrEqual(before);
    expect(users).toBeLessThanOrEqual(added);
    expect(readdirSync(folder).sort()).toEqual(['copy.mfabackup', 'data']);
    const again = await mfactl(folder, 'backup', file(), '--json');
    expect(again.code).toBe(1);
    expect(JSON.parse(again.err)).toMatchObject({ code: 'conflict' });
    // Not under a console that runs.
    const refused = await mfactl(folder, 'restore', file(), '--json');
    expect(refused.code).toBe(1);
    expect(JSON.parse(refused.err)).toMatchObject({ code: 'store-in-use' });
    await host.stop();

    expect(await mfactl(elsewhere(), 'restore', file(), '--check')).toMatchObject({
      code: 0,
      out: expect.stringContaining('is a whole backup'),
    });
    expect(existsSync(join(elsewhere(), 'data', 'users.db'))).toBe(false);
    expect(await mfactl(elsewhere(), 'restore', file())).toMatchObject({ code: 0, out: expect.stringContaining('Restored.') });

    expect(JSON.parse((await mfactl(elsewhere(), 'users', 'count', '--json')).out)).toMatchObject({ count: users });
    // They came one after the other, so the last one of that moment is in it as well.
    expect(await mfactl(elsewhere(), 'users', 'show', `user${users - 1}`)).toMatchObject({ code: 0 });
    expect((await mfactl(elsewhere(), 'tags', 'list')).out).toContain('pilot');
  });

  test('has a schedule that a script sets and looks at', async () => {
    const copies = join(folder, 'copies');
    const wrong = await mfactl(folder, 'backup', 'schedule', '--every', '5');
    expect(wrong).toMatchObject({ code: 2, err: expect.stringContaining('--every takes one of 1, 2, 3') });
    const set = await mfactl(folder, 'backup', 'schedule', '--every', '24', '--at', '02:30', '--keep', '3', '--folder', copies, '--json');
    expect(set, set.err).toMatchObject({ code: 0 });
    expect(JSON.parse(set.out)).toMatchObject({ schedule: { everyHours: 24, at: '02:30', keep: 3, folder: copies } });

    await mfactl(folder, 'backup', join(copies, 'mine.mfabackup'));

    const list = JSON.parse((await mfactl(folder, 'backup', 'list', '--json')).out) as { copies: { file: string }[] };
    expect(list).toMatchObject({
      copies: [{ file: join(copies, 'mine.mfabackup'), isScheduled: false }],
      failure: null,
      schedule: { keep: 3 },
    });
    expect(await mfactl(folder, 'backup', 'schedule', '--off')).toMatchObject({ code: 0, out: 'No backups are made by themselves.\n' });
  });

  test.each([
    ['a file of something else', 'backup-not-valid', () => writeFileSync(file(), 'PK zip, or whatever it is, of some length')],
    ['a file that was cut off', 'backup-damaged', () => truncateSync(file(), 20_000)],
  ])('that is %s is refused with a sentence, and what is there stays', async (_, code, spoil) => {
    await mfactl(folder, 'users', 'add', 'anna', '--method', 'call');
    expect(await mfactl(folder, 'backup', file())).toMatchObject({ code: 0 });
    await mfactl(folder, 'users', 'add', 'bob', '--method', 'call');
    spoil();

    for (const words of [['--check'], []]) {
      const refused = await mfactl(folder, 'restore', file(), ...words);
      expect(refused.code).toBe(1);
      expect(refused.err).toMatch(/^The (file is no backup of this console|backup is damaged or not complete)\. \(/);
      expect(refused.err).toContain(code);
    }

    expect(JSON.parse((await mfactl(folder, 'users', 'count', '--json')).out)).toMatchObject({ count: 2 });
    expect(readdirSync(join(folder, 'data')).filter((name) => name.startsWith('restore-'))).toEqual([]);
  });

  test.skipIf(!canMount())('onto a full disk leaves nothing there and says so', async () => {
    await mfactl(folder, 'users', 'add', 'anna', '--method', 'call');
    const disk = createSmallDisk(1)!;
    ends.push(disk.remove);
    const backups = join(disk.folder, 'backups');
    mkdirSync(backups);
    disk.fill();

    const refused = await mfactl(folder, 'backup', join(backups, 'copy'));

    expect(refused).toMatchObject({ code: 1, out: '' });
    expect(refused.err).toMatch(/^There is not enough space for the backup\. It was not written\. \(disk-full\)/);
    expect(readdirSync(backups)).toEqual([]);
    disk.free();
    expect(await mfactl(folder, 'backup', join(folder, 'copy'))).toMatchObject({ code: 0 });
  });
});

const canRun = process.platform === 'linux' && hasProgram('dbus-run-session') && hasProgram('gnome-keyring-daemon');
const home = createKeychainHome();
afterAll(home.remove);

describe.skipIf(!canRun)('a backup with secrets', { timeout: 120_000 }, () => {
  const passphrase = 'correct horse battery staple';
  const base32 = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

  test('opens with its passphrase on a computer without the keychain of the first, and with no other', async () => {
    const answers = await inKeychain([
      { args: ['users', 'add', 'anna', '--method', 'oath'] },
      { args: ['tokens', 'add', 'A-1', '--secret-stdin', '--user', 'anna'], stdin: base32 },
      { args: ['backup', file(), '--secrets', '--passphrase-stdin'], stdin: `${passphrase}\n` },
    ]);
    expect(answers.map(({ code, err }) => [code, err])).toEqual([
      [0, ''],
      [0, ''],
      [0, ''],
    ]);
    expect(answers[2]?.out).toContain('The key of its secrets is in it');
    expect(readFileSync(file()).includes(passphrase)).toBe(false);

    const wrong = await collectMfactl(join(elsewhere(), 'data'), ['restore', file(), '--check', '--passphrase-stdin', '--json'], 'wrong\n');
    expect(wrong.code).toBe(1);
    expect(JSON.parse(wrong.err)).toMatchObject({ code: 'vault-passphrase-wrong' });
    const right = await collectMfactl(join(elsewhere(), 'data'), ['restore', file(), '--check', '--passphrase-stdin'], `${passphrase}\n`);
    expect(right, right.err).toMatchObject({ code: 0 });
    expect(await mfactl(elsewhere(), 'restore', file())).toMatchObject({ code: 0 });

    const { client } = await startHost(elsewhere());
    const verify = () =>
      client.verify.check({ user: { username: 'anna' }, code: new TOTP({ secret: Secret.fromBase32(base32) }).generate() });
    expect((await client.app.status(null)).vault).toMatchObject({ state: 'locked' });
    await expect(verify()).rejects.toMatchObject({ code: 'keychain-locked' });
    await expect(client.app.unlockVault({ passphrase: 'not this one at all' })).rejects.toMatchObject({ code: 'vault-passphrase-wrong' });
    await client.app.unlockVault({ passphrase });

    expect(await verify()).toMatchObject({ outcome: 'succeeded', reason: 'oath-code' });
  });

  async function inKeychain(commands: readonly { args: readonly string[]; stdin?: string }[]) {
    const script = join(import.meta.dirname, 'mfactlSession.ts');
    const { stdout, stderr } = await home.run('unlocked', script, [JSON.stringify(commands)], { MFA_DATA_DIR: join(folder, 'data') });
    expect(stdout, stderr).not.toBe('');
    return JSON.parse(stdout) as { code: number; out: string; err: string }[];
  }
});
