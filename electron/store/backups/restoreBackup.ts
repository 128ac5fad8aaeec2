import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { BackupSummary } from '../../../shared/contract/backups.contract.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import { check, prepareDataFolder } from '../database.ts';
import { toStoreError } from '../storeErrors.ts';
import { checkBackup } from './checkBackup.ts';

/** What a restore replaces: the files of the store with SQLite's own beside them, and the attachments. */
const databases = ['console.db', 'users.db', 'mail.db', 'authority.db'];
const replaced = [...databases.flatMap((name) => [name, `${name}-wal`, `${name}-shm`]), 'attachments'];

/**
 * Puts a backup in the place of the store. Nothing is touched before all of the backup was read, unpacked and found sound; what was there
 * before is moved into a folder of its own, `keptIn` (null: there was nothing). `keyBinding` is where the vault looks for its sealed key.
 * Throws AppError what checkBackup throws, `store-busy` while a console runs on the folder, `disk-full`, `folder-not-writable`.
 */
export function restoreBackup(
  file: string,
  { dataFolder, now, keyBinding }: { dataFolder: string; now: number; keyBinding: string },
): BackupSummary & { keptIn: string | null } {
  prepareDataFolder(dataFolder);
  const unpacked = join(dataFolder, `restore-${now}.part`);
  try {
    mkdirSync(unpacked, { mode: 0o700 });
    const { summary, sealedKey } = unpack(file, unpacked);
    for (const name of databases) {
      if (existsSync(join(unpacked, name))) makeReady(join(unpacked, name), name === 'console.db' ? sealedKey : null, keyBinding);
    }
    refuseWhileOpen(dataFolder);
    return { ...summary, keptIn: exchange(dataFolder, unpacked, join(dataFolder, 'backup', `before-restore-${now}`)) };
  } catch (error) {
    throw toStoreError(error) ?? error;
  } finally {
    rmSync(unpacked, { recursive: true, force: true });
  }
}

function unpack(file: string, folder: string): ReturnType<typeof checkBackup> {
  let current: { name: string; file: number } | undefined;
  function finish(): void {
    if (!current) return;
    fsyncSync(current.file);
    closeSync(current.file);
    current = undefined;
  }
  try {
    return checkBackup(file, (name, block) => {
      if (current?.name !== name) {
        finish();
        const path = join(folder, name);
        mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
        current = { name, file: openSync(path, 'wx', 0o600) };
      }
      for (let at = 0; at < block.length;) at += writeSync(current.file, block, at);
    });
  } finally {
    finish();
  }
}

/** Checked by SQLite too, and with the key of the vault where it is sealed with a passphrase: the console then asks for that. */
function makeReady(path: string, sealedKey: Uint8Array | null, keyBinding: string): void {
  const database = new DatabaseSync(path);
  try {
    check(database, path);
    if (sealedKey) database.prepare('INSERT OR REPLACE INTO secrets (binding, sealed) VALUES (?, ?)').run(keyBinding, sealedKey);
  } finally {
    database.close();
  }
}

/** Exclusive locking in WAL is granted only to somebody who is alone: every console that runs has these files open. */
function refuseWhileOpen(dataFolder: string): void {
  for (const name of databases) {
    const path = join(dataFolder, name);
    if (!existsSync(path)) continue;
    let database: DatabaseSync | undefined;
    try {
      database = new DatabaseSync(path, { timeout: 0 });
      database.exec('PRAGMA locking_mode=EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT');
    } catch (error) {
      // A store that is damaged is what a restore is for.
      if (toStoreError(error)?.code === 'store-busy') {
        throw new AppError('store-busy', 'The console is running on this data folder. Stop it, then restore.', {
          cause: error,
          details: { folder: dataFolder },
        });
      }
    } finally {
      database?.close();
    }
  }
}

/** Moves the old files away and the new ones in; puts the old ones back when that fails half-way. */
function exchange(dataFolder: string, unpacked: string, kept: string): string | null {
  const moved: [from: string, to: string][] = [];
  const move = (from: string, to: string): void => {
    renameSync(from, to);
    moved.push([from, to]);
  };
  const old = replaced.filter((name) => existsSync(join(dataFolder, name)));
  if (old.length > 0) mkdirSync(kept, { recursive: true, mode: 0o700 });
  try {
    for (const name of old) move(join(dataFolder, name), join(kept, name));
    for (const name of replaced) if (existsSync(join(unpacked, name))) move(join(unpacked, name), join(dataFolder, name));
  } catch (error) {
    for (const [from, to] of moved.reverse()) renameSync(to, from);
    throw error;
  }
  return old.length > 0 ? kept : null;
}
