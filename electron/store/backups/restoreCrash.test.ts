import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../storeFiles.ts';
import { makeBackup } from './makeBackup.ts';
import { takeRestoreLock } from './restoreLock.ts';

let folder: string;
const data = () => join(folder, 'data');
const file = () => join(folder, 'copy.mfabackup');
const [oldLogo, newLogo] = ['ab'.repeat(32), 'cd'.repeat(32)];

/** What is in the store: its three files are always of one moment. */
function contents(): { console: unknown; users: unknown; mail: unknown; logos: string[] } {
  const store = openStore(data());
  const found = {
    console: store.console.prepare(`SELECT value FROM settings WHERE name = 'company'`).get()?.['value'],
    users: store.users.prepare('SELECT name FROM tags').get()?.['name'],
    mail: store.mail.prepare('SELECT code FROM mail_contents_of').get()?.['code'],
    logos: existsSync(store.files.attachments) ? readdirSync(store.files.attachments) : [],
  };
  close(store);
  return found;
}

function close({ console, users, mail }: ReturnType<typeof openStore>): void {
  for (const database of [console, users, mail]) database.close();
}

function write(word: string, logo: string): void {
  const store = openStore(data());
  store.console.prepare(`INSERT OR REPLACE INTO settings (name, value) VALUES ('company', ?)`).run(word);
  store.users.exec(`DELETE FROM tags; INSERT INTO tags (name, name_key, color) VALUES ('${word}', '${word}', 'red')`);
  store.mail.exec(`CREATE TABLE IF NOT EXISTS mail_contents_of (code TEXT); DELETE FROM mail_contents_of`);
  store.mail.exec(`INSERT INTO mail_contents_of VALUES ('${word}')`);
  rmSync(store.files.attachments, { recursive: true, force: true });
  mkdirSync(store.files.attachments);
  writeFileSync(join(store.files.attachments, logo), 'a logo');
  close(store);
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'restore-crash-'));
  write('old', oldLogo);
  makeBackup({ dataFolder: data(), file: file(), version: '1', serverName: 'MFA01', now: 5, sealedKey: null });
  write('new', newLogo);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const [before, after] = [
  { console: 'new', users: 'new', mail: 'new', logos: [newLogo] },
  { console: 'old', users: 'old', mail: 'old', logos: [oldLogo] },
];

/** Restores in a process that kills itself before it carries out its `killAt`th change of names, or not at all. Answers how many it made. */
function restoreIn(killAt: number): { changes: number; signal: NodeJS.Signals | null } {
  const module = JSON.stringify(new URL('restoreBackup.ts', import.meta.url).href);
  const code = `
    import fs from 'node:fs';
    import { syncBuiltinESMExports } from 'node:module';
    let changes = 0;
    for (const name of ['renameSync', 'rmSync', 'mkdirSync']) {
      const real = fs[name];
      fs[name] = (...given) => (++changes === ${killAt} ? process.kill(process.pid, 'SIGKILL') : real(...given));
    }
    syncBuiltinESMExports();
    const { restoreBackup } = await import(${module});
    restoreBackup(
      { dataFolder: ${JSON.stringify(data())}, file: ${JSON.stringify(file())}, now: 7, keyBinding: 'key' },
      { account: 'admin', host: 'test', version: '1', serverName: 'MFA01' },
    );
    fs.writeSync(1, String(changes));`;
  const { stdout, stderr, signal } = spawnSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' });
  if (signal === null && stdout === '') throw new Error(stderr);
  return { changes: Number(stdout), signal };
}

describe('a restore whose process is killed', () => {
  it(
    'leaves all that was there, or all of the backup, wherever it was killed; nothing is lost and nothing lies about',
    { timeout: 300_000 },
    () => {
      const states: string[] = [];
      let killAt = 1;
      for (; ; killAt++) {
        rmSync(data(), { recursive: true });
        write('new', newLogo);
        if (restoreIn(killAt).signal !== 'SIGKILL') break;

        const found = contents();
        expect([before, after]).toContainEqual(found);
        states.push(String(found.console));
        const places = [data(), join(data(), 'backup')].filter((place) => existsSync(place));
        expect(places.flatMap((place) => readdirSync(place)).filter((name) => /part$|pending/.test(name))).toEqual([]);
        // What was there is whole in its place, or in a backup of it.
        expect(
          found.console === 'new' || readdirSync(join(data(), 'backup')).some((name) => /^before-restore-.*mfabackup$/.test(name)),
        ).toBe(true);
      }
      // It was killed in the middle too: first nothing is done, and from some step on all of it.
      expect(killAt).toBeGreaterThan(12);
      expect(states.join(' ')).toMatch(/^(new )+old( old){5,}$/);
      expect(contents()).toEqual(after);
    },
  );

  it('keeps the files of a damaged store, in their place or beside the restored one, wherever it was killed', { timeout: 300_000 }, () => {
    const damage = 'not a database at all, but long enough to be looked at'.repeat(100);
    const kept = () => readdirSync(join(data(), 'backup')).filter((name) => name.startsWith('before-restore-'));
    const restored: boolean[] = [];
    let killAt = 1;
    for (; ; killAt++) {
      rmSync(data(), { recursive: true });
      write('new', newLogo);
      mkdirSync(join(data(), 'backup'), { recursive: true });
      writeFileSync(join(data(), 'users.db'), damage);
      if (restoreIn(killAt).signal !== 'SIGKILL') break;

      let found: unknown;
      try {
        found = contents();
      } catch (error) {
        found = (error as { code: string }).code;
      }
      expect(['store-damaged', after]).toContainEqual(found);
      restored.push(found !== 'store-damaged');
      const place = found === 'store-damaged' ? data() : join(data(), 'backup', kept()[0]!);
      expect(readFileSync(join(place, 'users.db'), 'utf8')).toBe(damage);
      expect(readdirSync(join(place, 'attachments'))).toEqual([newLogo]);
    }
    expect(killAt).toBeGreaterThan(12);
    expect(restored.indexOf(true)).toBeGreaterThan(3);
    expect(restored.slice(restored.indexOf(true))).not.toContain(false);
  });

  it('is not begun by two at the same time, and keeps a console from opening the store while it is exchanged', () => {
    const lock = takeRestoreLock(data())!;
    // Unpacking takes its time, and disturbs nobody.
    expect(contents()).toEqual(before);
    expect(() => restoreIn(0)).toThrow('Another backup is being restored in this data folder.');
    writeFileSync(join(data(), 'restore-pending.json'), readFileSync(join(data(), 'backup', 'places.json')));

    expect(() => openStore(data())).toThrow(expect.objectContaining({ code: 'store-in-use' }));

    rmSync(join(data(), 'restore-pending.json'));
    lock.release();
    expect(contents()).toEqual(before);
  });
});
