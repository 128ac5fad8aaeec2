import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { BackupSummary } from '../../../shared/contract/backups.contract.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import { storeFiles } from '../storeFiles.ts';
import { toStoreError } from '../storeErrors.ts';
import { noteBackupPlace } from './goodCopy.ts';
import { checkBackup } from './checkBackup.ts';
import { writeBackup, type BackupEntry, type BackupManifest } from './backupFile.ts';

export interface BackupRequest {
  readonly dataFolder: string;
  /** Absolute; must not exist. */
  readonly file: string;
  readonly version: string;
  readonly serverName: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The key of the vault, sealed with a passphrase; null: not in the backup. */
  readonly sealedKey: string | null;
}

/** Told how far a backup is, in bytes. `advance` throws what is to end it. */
export interface BackupMeter {
  expect(bytes: number): void;
  advance(bytes: number): void;
}
const silent: BackupMeter = { expect: () => {}, advance: () => {} };
/** Each file is copied, written into the backup, and read again. */
const passes = 3;

/**
 * The order matters: mails are made of what is noted beside the users, and making one twice is found out, so a mail may be in both copies but
 * never in none. The key of an authority is in the console's file, so that comes after it.
 */
const order = ['authority', 'users', 'mail', 'console'] as const;

/**
 * Copies the store while others write to it, each file at one moment, and reads the whole backup again before it gets its name.
 * Blocks its thread. Throws AppError `conflict`, `disk-full`, `folder-not-writable`, `store-damaged`.
 */
export function makeBackup(request: BackupRequest, meter: BackupMeter = silent): BackupSummary {
  const { file } = request;
  if (existsSync(file)) throw new AppError('conflict', 'The file exists. Choose another name for the backup.', { details: { file } });
  const work = `${file}.${process.pid}-${request.now}.part`;
  try {
    mkdirSync(work, { mode: 0o700 });
    const summary = makeIn(work, request, meter);
    renameSync(join(work, 'backup'), file);
    noteBackupPlace(request.dataFolder, file);
    return summary;
  } catch (error) {
    throw inPlace(error, file);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function makeIn(work: string, { dataFolder, sealedKey, version, serverName, now }: BackupRequest, meter: BackupMeter): BackupSummary {
  const files = storeFiles(dataFolder);
  const schema: BackupManifest['schema'] = { console: 0, users: 0, mail: 0 };
  let users = 0;
  const entries: BackupEntry[] = [];
  meter.expect(passes * order.reduce((sum, name) => sum + sizeOf(files[name].file), 0));
  for (const name of order) {
    // Most data folders have no authority.
    if (name === 'authority' && !existsSync(files.authority.file)) continue;
    const path = join(work, `${name}.db`);
    copy(files[name].file, path);
    meter.advance(sizeOf(files[name].file));
    const database = new DatabaseSync(path);
    try {
      schema[name] = numberFrom(database, 'PRAGMA user_version');
      if (name === 'users') users = numberFrom(database, 'SELECT count(*) FROM users');
      // A console on the copy starts without somebody who did background work elsewhere.
      if (name === 'console') database.exec('DELETE FROM leases');
    } finally {
      database.close();
    }
    entries.push({ name: `${name}.db`, path });
  }
  // After the database that mentions them: they are only ever added, or removed when nothing mentions them.
  if (existsSync(files.attachments)) {
    for (const name of readdirSync(files.attachments)) {
      if (/^[0-9a-f]{64}$/.test(name)) entries.push({ name: `attachments/${name}`, path: join(files.attachments, name) });
    }
  }
  const backup = join(work, 'backup');
  const target = openSync(backup, 'wx', 0o600);
  try {
    writeBackup(target, { createdAt: now, version, serverName, users, schema, sealedKey }, entries, meter.advance);
    fsyncSync(target);
  } finally {
    closeSync(target);
  }
  return checkBackup(backup, (_name, block) => meter.advance(block.length)).summary;
}

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

function copy(from: string, to: string): void {
  const source = new DatabaseSync(from, { readOnly: true, timeout: 5_000 });
  try {
    source.prepare('VACUUM INTO ?').run(to);
  } finally {
    source.close();
  }
}

function numberFrom(database: DatabaseSync, sql: string): number {
  return Object.values(database.prepare(sql).get() ?? {})[0] as number;
}

/** It is the disk of the backup that is full, not that of the data folder. */
function inPlace(error: unknown, file: string): unknown {
  const known = toStoreError(error);
  if (known?.code === 'disk-full') {
    return new AppError('disk-full', 'There is not enough space for the backup. It was not written.', { cause: error, details: { file } });
  }
  if (known?.code === 'folder-not-writable' || (error as { code?: unknown }).code === 'ENOENT') {
    return new AppError('folder-not-writable', 'The backup cannot be written there.', { cause: error, details: { file } });
  }
  return known ?? error;
}
