import { cpSync, readdirSync, rmSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startWebHost } from '../hosts/web.ts';
import { temporaryFolder } from '../support/commands.ts';
import { collectMfactl } from '../support/mfactl.ts';

const { folder: original, remove } = temporaryFolder('damaged');
const good = join(original, 'good.mfabackup');
let folder: string;
const ends: (() => unknown)[] = [];

// A store with two whole backups, of which the newer one was cut off since; each test has a copy of it.
beforeAll(async () => {
  const mfa = (...words: string[]) => collectMfactl(join(original, 'data'), words);
  await mfa('users', 'add', 'anna', '--method', 'call');
  expect(await mfa('backup', good)).toMatchObject({ code: 0 });
  await mfa('users', 'add', 'bob', '--method', 'call');
  expect(await mfa('backup', join(original, 'newer.mfabackup'))).toMatchObject({ code: 0 });
  truncateSync(join(original, 'newer.mfabackup'), 20_000);
}, 120_000);
afterAll(remove);
beforeEach(() => {
  const temporary = temporaryFolder('damaged');
  ({ folder } = temporary);
  ends.push(temporary.remove);
  cpSync(join(original, 'data'), join(folder, 'data'), { recursive: true });
});
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const mfactl = (...words: string[]) => collectMfactl(join(folder, 'data'), words);
const stored = (name: string) => join(folder, 'data', name);

const overwriteMiddle = (file: string) => {
  const bytes = readFileSync(file);
  bytes.fill(0x5a, 4096, Math.min(bytes.length, 40_960));
  writeFileSync(file, bytes);
};

describe('a damaged store', { timeout: 120_000 }, () => {
  test.each([
    ['whose file of users is something else', 'users.db', (file: string) => writeFileSync(file, 'not a database at all '.repeat(1_000))],
    ['whose file of users was overwritten in its middle', 'users.db', overwriteMiddle],
    ['whose file of settings was emptied', 'console.db', (file: string) => truncateSync(file, 0)],
  ])('%s is named with the newest whole backup, which brings it back', async (_, name, damage) => {
    damage(stored(name));
    const damaged = readFileSync(stored(name));

    const refused = await mfactl('users', 'count');

    expect(refused.code).toBe(1);
    expect(refused.err).toMatch(
      /^The (store is damaged|file of the store is not a store of this console)\. The newest whole backup is of 20/,
    );
    expect(refused.err).toContain(`mfactl restore "${good}"`);
    expect(refused.err).toContain(name);

    expect(await mfactl('restore', good)).toMatchObject({ code: 0 });
    expect(JSON.parse((await mfactl('users', 'count', '--json')).out)).toMatchObject({ count: 1 });
    const kept = readdirSync(stored('backup')).filter((each) => each.startsWith('before-restore-'));
    expect(kept).toHaveLength(1);
    const there = readFileSync(join(stored('backup'), kept[0]!, name));
    // To see whether somebody has it open, an empty file gets the head of a database.
    expect(damaged.length === 0 || there.equals(damaged)).toBe(true);
  });

  test('without its mails is not taken for a new one; where no backup helps, what was in it can be given up', async () => {
    rmSync(stored('mail.db'));

    const refused = await mfactl('outbox', 'list');
    expect(refused).toMatchObject({ code: 1 });
    expect(refused.err).toMatch(/^The file of mails is empty or gone\..* mfactl restore --give-up mail The newest whole backup is of 20/);
    expect(await mfactl('restore', '--give-up', 'users')).toMatchObject({ code: 2 });
    expect(await mfactl('restore', '--give-up', 'authority')).toMatchObject({ code: 0 });
    expect(await mfactl('restore', '--give-up', 'mail')).toMatchObject({ code: 0 });

    expect(await mfactl('users', 'count', '--json')).toMatchObject({ code: 0 });
    expect((await mfactl('restore', '--give-up', 'mail')).err).toContain('not lost');
  });

  test('opens a page in the place of the console, whose button restores the backup', async () => {
    writeFileSync(stored('users.db'), 'not a database at all '.repeat(1_000));

    const host = await startWebHost(folder);
    ends.push(() => host.stop().catch(() => {}));
    const signedIn = await fetch(host.signInLink, { redirect: 'manual' });
    const cookie = signedIn.headers.getSetCookie()[0]!.split(';')[0]!;
    const get = async (headers: Record<string, string>) => {
      const answer = await fetch(`${host.origin}/`, { headers });
      return { status: answer.status, body: await answer.text() };
    };
    const restore = (headers: Record<string, string>) => fetch(`${host.origin}/restore`, { method: 'POST', headers });

    expect(await get({})).toMatchObject({ status: 401 });
    const page = await get({ cookie });
    expect(page.body).toContain('The store is damaged');
    expect(page.body).toContain(good);
    expect((await restore({ origin: host.origin })).status).toBe(401);
    expect((await restore({ cookie, origin: 'http://elsewhere.example' })).status).toBe(403);

    const answer = await restore({ cookie, origin: host.origin });

    expect(await answer.text()).toContain('Restored');
    // The same session goes on with the console itself.
    await expect.poll(async () => (await get({ cookie }).catch(() => null))?.body, { timeout: 20_000 }).toContain('<script type="module"');
    await host.stop();
    expect(JSON.parse((await mfactl('users', 'count', '--json')).out)).toMatchObject({ count: 1 });
  });
});
