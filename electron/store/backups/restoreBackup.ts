import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { BackupSummary } from '../../../shared/contract/backups.contract.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import { timeStamp } from '../../../shared/lib/timeStamp.ts';
import type { RestoreRecord } from '../../services/backups/restoreRecord.ts';
import { prepareDataFolder } from '../database.ts';
import { makeFolder } from '../makeFolder.ts';
import { toStoreError } from '../storeErrors.ts';
import { backupEnding } from './backupFolder.ts';
import { backupFolder } from './goodCopy.ts';
import { makeBackup } from './makeBackup.ts';
import {
  databases,
  endPending,
  exchange,
  finish,
  isRestorePending,
  settle,
  storedNames,
  writePending,
  type PendingRestore,
} from './pendingRestore.ts';
import { removeLeft, takeRestoreLock, type RestoreLock } from './restoreLock.ts';
import { stageRestore, type StageRequest, type StagedRestore } from './stageRestore.ts';

/** Who restores what, for the restored store to remember. */
export interface RestoreOrder {
  readonly account: string;
  /** `headless on MFA01` */
  readonly host: string;
  /** The backup, as it is to be named. */
  readonly file: string;
  /** Of the console that restores it. */
  readonly version: string;
  readonly serverName: string;
}

/** What a restore has done. `keptIn`: a backup of what was there before, or a folder with its files; null: there was nothing. */
export interface RestoreResult extends BackupSummary {
  readonly keptIn: string | null;
  /** See StagedRestore. */
  readonly mails: number;
}

/** Ends what a process that was killed has left, and keeps others from restoring. Throws AppError `store-in-use`, `folder-not-writable`. */
export function beginRestore(dataFolder: string): RestoreLock {
  prepareDataFolder(dataFolder);
  const lock = takeRestoreLock(dataFolder);
  if (!lock)
    throw new AppError('store-in-use', 'Another backup is being restored in this data folder.', { details: { folder: dataFolder } });
  try {
    settle(dataFolder);
    return lock;
  } catch (error) {
    lock.release();
    throw toStoreError(error) ?? error;
  }
}

/** stageRestore and applyRestore at once, for a data folder that no console has open. */
export function restoreBackup(request: StageRequest, order: Omit<RestoreOrder, 'file'>): RestoreResult {
  const { dataFolder, file } = request;
  const lock = beginRestore(dataFolder);
  try {
    const staged = stageRestore(request);
    try {
      return applyRestore(dataFolder, staged, { ...order, file });
    } catch (error) {
      abandonRestore(dataFolder);
      throw error;
    }
  } finally {
    lock.release();
  }
}

/** Forgets what was staged, unless the exchange was begun and is still to be ended. */
export function abandonRestore(dataFolder: string): void {
  if (!isRestorePending(dataFolder)) removeLeft(dataFolder);
}

/**
 * Puts a staged backup in the place of the store, of which a backup is made first; where none can be made, because it is damaged, its files are
 * moved into a folder. A process that is killed in the middle leaves what the next start goes on with. The caller holds the restore lock.
 * Throws AppError `store-in-use` while a console runs on the folder, `disk-full`, `folder-not-writable`; then all is as it was, and it can be tried again.
 */
export function applyRestore(dataFolder: string, staged: StagedRestore, order: RestoreOrder): RestoreResult {
  const { folder, summary, mails, at, isPresentWhole } = staged;
  // Two in one second would be one otherwise.
  const kept = join('backup', `before-restore-${timeStamp(at)}-${String(at % 1000).padStart(3, '0')}`);
  const pending: PendingRestore = { staged: basename(folder), kept, old: null, dropKept: false };
  try {
    // Whoever opens the store from now on finds this, and leaves it alone; whoever opened it before is found by us.
    writePending(dataFolder, pending);
    const isEmpty = storedNames(dataFolder).length === 0;
    refuseWhileOpen(dataFolder);
    const copy = isPresentWhole ? copyOf(dataFolder, `${join(dataFolder, kept)}${backupEnding}`, at, order) : null;
    const keptIn = isEmpty ? null : (copy ?? join(dataFolder, kept));
    remember(join(folder, 'console.db'), { at, summary, mails, keptIn }, order);
    // SQLite's own files beside the store come and go with who opens it: they are listed last.
    const next = { ...pending, old: storedNames(dataFolder), dropKept: copy !== null };
    writePending(dataFolder, next);
    exchange(dataFolder, next);
    finish(dataFolder, next);
    return { ...summary, keptIn, mails };
  } catch (error) {
    // What exchange could not put back is for the next start.
    if (existsSync(folder) && databases.every((name) => !existsSync(join(dataFolder, kept, name)))) endPending(dataFolder);
    throw toStoreError(error) ?? error;
  }
}

/** A backup of what is going to be replaced; null where none can be made of it. */
function copyOf(dataFolder: string, file: string, now: number, { version, serverName }: RestoreOrder): string | null {
  try {
    makeFolder(backupFolder(dataFolder));
    makeBackup({ dataFolder, file, version, serverName, now, sealedKey: null });
    return file;
  } catch {
    return null;
  }
}

/** What the restored store says about how it came to be, in its settings and its audit. */
function remember(
  file: string,
  { at, summary, mails, keptIn }: { at: number; summary: BackupSummary; mails: number; keptIn: string | null },
  order: RestoreOrder,
): void {
  const console = new DatabaseSync(file);
  try {
    const { createdAt, serverName } = summary;
    const restored: RestoreRecord = { at, createdAt, serverName, file: order.file, keptIn, mails };
    console.prepare('INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)').run('restored', JSON.stringify(restored));
    console
      .prepare(
        `INSERT INTO audit (at, who, host, what, outcome, code, details, ref) VALUES (?, ?, ?, 'backups.restore', 'done', '', ?, '')`,
      )
      .run(at, order.account, order.host, JSON.stringify(restored));
  } finally {
    console.close();
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
        throw new AppError(
          'store-in-use',
          'Another program has the store open: a console on this data folder, or mfactl. Stop it, then restore.',
          {
            cause: error,
            details: { folder: dataFolder },
          },
        );
      }
    } finally {
      database?.close();
    }
  }
}
