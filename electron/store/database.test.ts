import { chmodSync, chownSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase, prepareDataFolder } from './database.ts';
import { openStore } from './storeFiles.ts';
import { toStoreError } from './storeErrors.ts';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'store-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Root may write anywhere; as root the test goes on as the owner of a folder that forbids it. */
function becomeOrdinaryUser(ownedFolder: string): () => void {
  if (process.geteuid?.() !== 0) return () => chmodSync(ownedFolder, 0o700);
  const nobody = 65_534;
  chownSync(ownedFolder, nobody, nobody);
  process.seteuid?.(nobody);
  return () => process.seteuid?.(0);
}

const people = 'CREATE TABLE people (name TEXT NOT NULL) STRICT';
const withAge = 'ALTER TABLE people ADD COLUMN age INTEGER';

describe('opening the store', () => {
  it('makes both files on first start and finds them again', () => {
    const first = openStore(folder);
    first.console.exec(`INSERT INTO settings VALUES ('a', '1')`);
    first.console.close();
    first.users.close();

    const again = openStore(folder);

    expect(again.console.prepare("SELECT value FROM settings WHERE name = 'a'").get()).toEqual({ value: '1' });
    again.console.close();
    again.users.close();
  });

  it('runs new migrations and keeps a copy of the file as it was', () => {
    const file = join(folder, 'people.db');
    const old = openDatabase({ file, migrations: [people] });
    old.exec(`INSERT INTO people VALUES ('Ada')`);
    old.close();

    const migrated = openDatabase({ file, migrations: [people, withAge] });

    expect(migrated.prepare('SELECT name, age FROM people').get()).toEqual({ name: 'Ada', age: null });
    const [copy = ''] = readdirSync(join(folder, 'backup'));
    expect(new DatabaseSync(join(folder, 'backup', copy)).prepare('SELECT * FROM people').get()).toEqual({ name: 'Ada' });
    migrated.close();
  });

  it('leaves the file as it was when a migration fails', () => {
    const file = join(folder, 'people.db');
    openDatabase({ file, migrations: [people] }).close();

    expect(() => openDatabase({ file, migrations: [people, withAge, 'not SQL'] })).toThrow();

    const opened = openDatabase({ file, migrations: [people] });
    expect(opened.prepare('SELECT count(*) AS columns FROM pragma_table_info(?)').get('people')).toEqual({ columns: 1 });
    opened.close();
  });

  it('refuses a store that a newer version wrote', () => {
    const file = join(folder, 'people.db');
    openDatabase({ file, migrations: [people, withAge] }).close();

    expect(() => openDatabase({ file, migrations: [people] })).toThrow(
      expect.objectContaining({ code: 'store-newer', details: { file, version: 2, known: 1 } }),
    );
  });

  it('refuses a file that is no store, and one whose pages are damaged', () => {
    const rubbish = join(folder, 'rubbish.db');
    writeFileSync(rubbish, 'This is a letter, not a database. '.repeat(100));
    expect(() => openDatabase({ file: rubbish, migrations: [people] })).toThrow(expect.objectContaining({ code: 'store-damaged' }));

    const damaged = join(folder, 'damaged.db');
    const store = openDatabase({ file: damaged, migrations: [people] });
    store.exec(`INSERT INTO people SELECT hex(randomblob(200)) FROM json_each('[${'1,'.repeat(500)}1]')`);
    store.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    const size = Number(Object.values(store.prepare('PRAGMA page_count').get()!)[0]) * 4096;
    store.close();
    const handle = new DatabaseSync(damaged);
    handle.close();
    writeFileSync(damaged, Buffer.alloc(4096 * 3, 0x5a), { flag: 'r+' });
    expect(size).toBeGreaterThan(4096 * 3);
    expect(() => openDatabase({ file: damaged, migrations: [people] })).toThrow(expect.objectContaining({ code: 'store-damaged' }));
  });

  it('survives a crash in the middle of a transaction', () => {
    const file = join(folder, 'people.db');
    const crashed = openDatabase({ file, migrations: [people] });
    crashed.exec(`INSERT INTO people VALUES ('Ada'); BEGIN IMMEDIATE; INSERT INTO people VALUES ('Grace')`);
    crashed.close();

    const opened = openDatabase({ file, migrations: [people] });

    expect(opened.prepare('SELECT name FROM people').all()).toEqual([{ name: 'Ada' }]);
    opened.close();
  });
});

describe('the data folder', () => {
  it.each(['\\\\server\\share\\console', '//server/share', '\\\\?\\UNC\\server\\share'])('is not on the network: %s', (path) => {
    expect(() => prepareDataFolder(path)).toThrow(expect.objectContaining({ code: 'network-folder' }));
  });

  it('must be a folder that can be written to', () => {
    writeFileSync(join(folder, 'file'), '');

    expect(() => prepareDataFolder(join(folder, 'file', 'data'))).toThrow(expect.objectContaining({ code: 'folder-not-writable' }));
  });

  it.runIf(process.platform === 'linux')('can be nowhere in /proc, which is said at once', () => {
    expect(() => prepareDataFolder('/proc/mfa/data')).toThrow(
      expect.objectContaining({ code: 'folder-not-writable', details: { folder: '/proc/mfa' } }),
    );
    expect(() => prepareDataFolder('/proc')).toThrow(
      expect.objectContaining({ code: 'folder-not-writable', details: { folder: '/proc' } }),
    );
  });

  it('must allow this account to write', () => {
    chmodSync(folder, 0o500);
    const undo = becomeOrdinaryUser(folder);

    try {
      expect(() => prepareDataFolder(folder)).toThrow(expect.objectContaining({ code: 'folder-not-writable', details: { folder } }));
    } finally {
      undo();
    }
  });
});

describe('an error of the store', () => {
  it('is told by its code: a full disk', () => {
    const small = new DatabaseSync(join(folder, 'small.db'));
    small.exec('CREATE TABLE t (x TEXT); PRAGMA max_page_count=2');
    let error: unknown;
    try {
      small.exec('INSERT INTO t VALUES (hex(randomblob(100000)))');
    } catch (thrown) {
      error = thrown;
    }

    expect(toStoreError(error)).toMatchObject({ code: 'disk-full' });
    expect(toStoreError(Object.assign(new Error('no space'), { code: 'ENOSPC' }))).toMatchObject({ code: 'disk-full' });
    // What Windows says of a file that another program has open.
    const inUse = Object.assign(new Error('resource busy or locked'), { code: 'EBUSY', path: 'C:\\Data\\users.db' });
    expect(toStoreError(inUse)).toMatchObject({ code: 'store-busy', details: { file: 'C:\\Data\\users.db' } });
    small.close();
  });

  it('is not taken for one when it is a mistake in the SQL', () => {
    expect(toStoreError(Object.assign(new Error('near "SELEC"'), { code: 'ERR_SQLITE_ERROR', errcode: 1 }))).toBeUndefined();
  });
});
