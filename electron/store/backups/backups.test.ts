import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAuthorityFile } from '../authority/authorityFile.ts';
import { openStore } from '../storeFiles.ts';
import { checkBackup } from './checkBackup.ts';
import { makeBackup } from './makeBackup.ts';
import { restoreBackup } from './restoreBackup.ts';

const attachment = 'ab'.repeat(32);
const keyBinding = 'key';

let folder: string;
let file: string;
const data = (name = 'data') => join(folder, name);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'backups-'));
  file = join(folder, 'copy.mfabackup');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function setting(name: string, dataFolder = data()): string | undefined {
  const store = openStore(dataFolder);
  const row = store.console.prepare('SELECT value FROM settings WHERE name = ?').get(name);
  close(store);
  return row?.['value'] as string | undefined;
}

function writeSetting(name: string, value: string, store = openStore(data())): ReturnType<typeof openStore> {
  store.console.prepare('INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)').run(name, value);
  return store;
}

function close(store: ReturnType<typeof openStore>): void {
  store.console.close();
  store.users.close();
  store.mail.close();
}

const make = (sealedKey: string | null = null) =>
  makeBackup({ dataFolder: data(), file, version: '1.2.3', serverName: 'MFA01', now: 5, sealedKey });
const order = { account: 'admin', host: 'test', version: '1.2.3', serverName: 'MFA01' };
const restore = (dataFolder = data()) => restoreBackup({ dataFolder, file, now: 7, keyBinding }, order);
const code = (expected: string) => expect.objectContaining({ code: expected });

describe('a backup', () => {
  it('is made while the store is open and written, and holds what was committed, attachments too', () => {
    const store = writeSetting('company', '"before"');
    mkdirSync(store.files.attachments);
    writeFileSync(join(store.files.attachments, attachment), 'a logo');
    store.console.exec("BEGIN; UPDATE settings SET value = '\"half\"' WHERE name = 'company'");

    expect(make()).toMatchObject({ version: '1.2.3', serverName: 'MFA01', createdAt: 5, users: 0, hasKey: false });
    store.console.exec('COMMIT');
    close(store);

    expect(restore(data('other'))).toMatchObject({ keptIn: null });
    expect(setting('company', data('other'))).toBe('"before"');
    expect(readFileSync(join(data('other'), 'attachments', attachment), 'utf8')).toBe('a logo');
    expect(readdirSync(folder).sort()).toEqual(['copy.mfabackup', 'data', 'other']);
  });

  it('has the authority of a data folder that has one, and a restore leaves none where the backup has none', () => {
    const store = openStore(data());
    make();
    const authority = createAuthorityFile(store.files.authority, store.made);
    const record = { companyId: 'c', companyName: 'Contoso', certificate: 'PEM', licenceKey: Buffer.from('sealed'), createdAt: 1 };
    authority.open().create(record);
    const without = file;
    file = join(folder, 'second.mfabackup');
    make();
    authority.close();
    close(store);

    restore(data('other'));
    const opened = openStore(data('other'));
    const restored = createAuthorityFile(opened.files.authority, opened.made);
    expect(restored.open().read()).toMatchObject({ companyName: 'Contoso', certificate: 'PEM' });
    restored.close();
    close(opened);
    file = without;
    const { keptIn } = restore(data('other'));
    const again = openStore(data('other'));
    expect(createAuthorityFile(again.files.authority, again.made).exists()).toBe(false);
    close(again);
    file = keptIn!;
    restore(data('third'));
    expect(existsSync(join(data('third'), 'authority.db'))).toBe(true);
  });

  it('never replaces a file', () => {
    close(openStore(data()));
    writeFileSync(file, 'mine');

    expect(() => make()).toThrow(code('conflict'));
    expect(readFileSync(file, 'utf8')).toBe('mine');
  });

  it('into a folder that does not exist is told as such', () => {
    close(openStore(data()));
    file = join(folder, 'none', 'copy');

    expect(() => make()).toThrow(code('folder-not-writable'));
  });

  it('takes the sealed key with it only when it is given, for the vault to find', () => {
    close(openStore(data()));
    make(Buffer.from('sealed key').toString('base64'));
    restore(data('other'));

    const store = openStore(data('other'));
    const sealed = store.console.prepare('SELECT sealed FROM secrets WHERE binding = ?').get(keyBinding)?.['sealed'];
    close(store);
    expect(Buffer.from(sealed as Uint8Array).toString()).toBe('sealed key');
  });
});

describe('a restore', () => {
  it('makes a backup of what was there before, which can be restored in its turn', () => {
    close(writeSetting('company', '"old"'));
    make();
    close(writeSetting('company', '"new"'));

    const { keptIn } = restore();

    expect(setting('company')).toBe('"old"');
    expect(readdirSync(data('data/backup')).sort()).toEqual([expect.stringMatching(/^before-restore-.*-007\.mfabackup$/), 'places.json']);
    file = keptIn!;
    restore(data('other'));
    expect(setting('company', data('other'))).toBe('"new"');
  });

  it('says in what it restored who did that, with which file, and where the rest is', () => {
    close(openStore(data()));
    make();
    const { keptIn } = restore();

    const store = openStore(data());
    const [entry] = store.console.prepare('SELECT who, host, what, outcome, details FROM audit').all();
    close(store);
    expect(entry).toMatchObject({ who: 'admin', host: 'test', what: 'backups.restore', outcome: 'done' });
    expect(JSON.parse(entry!['details'] as string)).toEqual({ at: 7, createdAt: 5, serverName: 'MFA01', file, keptIn, mails: 0 });
  });

  it('replaces a store that is damaged, and keeps its files as they are', () => {
    close(writeSetting('company', '"old"'));
    make();
    const damage = 'not a database at all, but long enough to be looked at'.repeat(100);
    writeFileSync(join(data(), 'users.db'), damage);

    const { keptIn } = restore();

    expect(setting('company')).toBe('"old"');
    expect(readFileSync(join(keptIn!, 'users.db'), 'utf8')).toBe(damage);
  });

  it('does not take an emptied file for a new one when it keeps what was there', () => {
    close(writeSetting('company', '"old"'));
    make();
    truncateSync(join(data(), 'console.db'), 0);

    const { keptIn } = restore();

    expect(setting('company')).toBe('"old"');
    expect(readdirSync(keptIn!)).toContain('users.db');
  });

  it('is refused while a console has the folder open, which goes on as before', () => {
    const store = writeSetting('company', '"old"');
    make();
    writeSetting('company', '"new"', store);

    expect(() => restore()).toThrow(code('store-in-use'));

    writeSetting('more', '1', store);
    close(store);
    expect(setting('company')).toBe('"new"');
    expect(readdirSync(data()).filter((name) => name.startsWith('restore-'))).toEqual([]);
    expect(readdirSync(data('data/backup'))).toEqual(['places.json']);
  });

  it.each([
    ['a file of something else', 'backup-not-valid', () => writeFileSync(file, 'PK zip, or whatever it is, of some length')],
    ['an empty file', 'backup-not-valid', () => writeFileSync(file, '')],
    ['a file that was cut off', 'backup-damaged', () => truncateSync(file, 20_000)],
    ['a file that was cut off in its head', 'backup-damaged', () => truncateSync(file, 40)],
    ['a file with a bit that fell over', 'backup-damaged', () => flip(30_000)],
    ['a file with something behind its end', 'backup-damaged', () => writeFileSync(file, 'x', { flag: 'a' })],
    ['a file that is not there', 'backup-not-readable', () => rmSync(file)],
  ])('of %s is refused and changes nothing', (_, expected, spoil) => {
    close(writeSetting('company', '"old"'));
    make();
    close(writeSetting('company', '"new"'));
    spoil();

    expect(() => checkBackup(file)).toThrow(code(expected));
    expect(() => restore()).toThrow(code(expected));
    expect(setting('company')).toBe('"new"');
    // Where backups were written; nothing was moved here.
    expect(readdirSync(join(data(), 'backup'))).toEqual(['places.json']);
  });

  it('of a newer version is refused', () => {
    const store = openStore(data());
    store.mail.exec('PRAGMA user_version = 99');
    close(store);

    // A copy is read again before it counts, so not even this one is made.
    expect(() => make()).toThrow(code('store-newer'));
    expect(existsSync(file)).toBe(false);
  });
});

function flip(at: number): void {
  const bytes = readFileSync(file);
  bytes[at]! ^= 1;
  writeFileSync(file, bytes);
}
