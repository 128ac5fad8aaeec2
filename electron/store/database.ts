import { existsSync, mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { AppError } from '../../shared/contract/errors.ts';
import { makeFolder } from './makeFolder.ts';
import { isOnNetwork } from './networkPath.ts';
import { toStoreError } from './storeErrors.ts';
import { transaction } from './transaction.ts';

export interface DatabaseDefinition {
  readonly file: string;
  /** In order; the number of those that ran is the file's `user_version`. Never change one that was released. */
  readonly migrations: readonly string[];
}

/** A file that is larger is checked by a thread of its own after the start (workers/checkWorker.ts): the check reads all of it. */
const quickCheckLimitBytes = 32 * 1024 * 1024;

/** File system types on which SQLite's shared memory does not work (statfs magic numbers of NFS, SMB, CIFS, SMB2). */
const networkFileSystems = new Set([0x6969, 0x517b, 0xff534d42, 0xfe534d42]);

/**
 * Makes sure that the folder exists, is writable and is not on the network.
 * Throws AppError `folder-not-writable`, `network-folder` or `disk-full`.
 */
export function prepareDataFolder(folder: string): void {
  // Before anything is made there; a letter of Windows tells only when the folder is there.
  if (isOnNetwork(folder)) throw networkFolder(folder);
  try {
    makeFolder(folder);
    // Only a write tells: access rights on Windows and the effective account of a service are not what access() answers.
    const probe = join(folder, `.write-test-${process.pid}`);
    writeFileSync(probe, 'x');
    rmSync(probe);
  } catch (error) {
    const known =
      toStoreError(error) ??
      (isMissing(error) ? ({ code: 'folder-not-writable', message: 'No file can be made in the data folder.' } as const) : undefined);
    throw known ? new AppError(known.code, known.message, { cause: error, details: { folder } }) : error;
  }
  if (isOnNetwork(folder) || networkFileSystems.has(statfsSync(folder).type >>> 0)) throw networkFolder(folder);
}

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';

function networkFolder(folder: string): AppError {
  return new AppError('network-folder', 'The data folder lies on a network drive.', { details: { folder } });
}

/**
 * Opens one file of the store and brings it up to date.
 *
 * WAL lets readers go on while something is written; `synchronous=FULL` makes a commit survive a power cut.
 * Migrations run in one transaction, after a copy of the file was made beside it.
 * Throws AppError: `store-newer`, `store-damaged`, `store-busy`, `disk-full`, `folder-not-writable`.
 */
export function openDatabase({ file, migrations }: DatabaseDefinition): DatabaseSync {
  prepareDataFolder(dirname(resolve(file)));
  const isNew = !existsSync(file);
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file, { timeout: 5_000 });
    database.exec('PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF;');
    const version = readNumber(database, 'user_version');
    if (version > migrations.length) {
      throw newerStore(file, version, migrations.length);
    }
    if (!isNew && !isLarge(database)) check(database, file);
    if (version < migrations.length) migrate(database, { file, migrations }, version);
    return database;
  } catch (error) {
    database?.close();
    const known = toStoreError(error);
    // Which file it is decides what to do about damage.
    throw known?.code === 'store-damaged' ? new AppError(known.code, known.message, { cause: error, details: { file } }) : (known ?? error);
  }
}

function newerStore(file: string, version: number, known: number): AppError {
  return new AppError('store-newer', 'The store was written by a newer version of the console.', { details: { file, version, known } });
}

/** Large files are checked beside the work (platform/node/checkStore.ts). */
export function isLarge(database: DatabaseSync): boolean {
  return readNumber(database, 'page_count') * readNumber(database, 'page_size') > quickCheckLimitBytes;
}

function readNumber(database: DatabaseSync, pragma: 'user_version' | 'page_count' | 'page_size'): number {
  return Object.values(database.prepare(`PRAGMA ${pragma}`).get() ?? {})[0] as number;
}

/** Throws `store-damaged` with SQLite's first finding. Reads the whole file. */
export function check(database: DatabaseSync, file: string): void {
  const finding = Object.values(database.prepare('PRAGMA quick_check(1)').get() ?? {})[0];
  if (finding !== 'ok') throw new AppError('store-damaged', 'The store is damaged.', { details: { file, finding: String(finding) } });
}

function migrate(database: DatabaseSync, { file, migrations }: DatabaseDefinition, from: number): void {
  if (from > 0) {
    const copy = join(dirname(file), 'backup', `before-version-${migrations.length}-${Date.now()}.db`);
    mkdirSync(dirname(copy), { recursive: true });
    database.prepare('VACUUM INTO ?').run(copy);
  }
  transaction(database, 'BEGIN IMMEDIATE', () => {
    // Another process may have done it while this one waited for the lock.
    const now = readNumber(database, 'user_version');
    if (now > migrations.length) throw newerStore(file, now, migrations.length);
    for (const migration of migrations.slice(now)) database.exec(migration);
    database.exec(`PRAGMA user_version=${migrations.length}`);
  });
}
