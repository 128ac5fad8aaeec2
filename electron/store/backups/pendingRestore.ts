import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../../shared/contract/errors.ts';
import { toStoreError } from '../storeErrors.ts';
import { hasRestoreLock, removeLeft, takeRestoreLock } from './restoreLock.ts';
import { syncFolder } from './syncFolder.ts';

/** What a restore replaces: the files of the store with SQLite's own beside them, and the attachments. */
export const databases = ['console.db', 'users.db', 'mail.db', 'authority.db'];
const replaced = [...databases.flatMap((name) => [name, `${name}-wal`, `${name}-shm`]), 'attachments'];

/**
 * Beside the store while it is exchanged, so that whoever finds it half exchanged can end it. Names of folders are those in the data folder.
 * `old`: what is to be moved away; null while nothing may be moved yet.
 */
const pendingRestore = z.object({ staged: z.string(), kept: z.string(), old: z.array(z.enum(replaced)).nullable(), dropKept: z.boolean() });
export type PendingRestore = z.infer<typeof pendingRestore>;

const pendingFile = (dataFolder: string): string => join(dataFolder, 'restore-pending.json');
export const isRestorePending = (dataFolder: string): boolean => existsSync(pendingFile(dataFolder));

/** On the disk, and whole, before it returns. */
export function writePending(dataFolder: string, pending: PendingRestore): void {
  const part = join(dataFolder, 'restore-pending.part');
  const file = openSync(part, 'w', 0o600);
  try {
    writeSync(file, JSON.stringify(pending));
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(part, pendingFile(dataFolder));
  syncFolder(dataFolder);
}

/** The restore has ended, or nothing of it was done. */
export function endPending(dataFolder: string): void {
  rmSync(pendingFile(dataFolder), { force: true });
  syncFolder(dataFolder);
}

/** What there is to be moved away. */
export const storedNames = (dataFolder: string): string[] => replaced.filter((name) => existsSync(join(dataFolder, name)));

/**
 * Moves the old files away and the new ones in; where that was begun, it goes on. Each name is moved by one rename, and nothing new comes in
 * before all that is old is away, so that what lies where always tells how far it got. Throws what the file system says: then what this call
 * moved is back in its place, and the note stays.
 */
export function exchange(dataFolder: string, { staged, kept, old }: PendingRestore & { readonly old: readonly string[] }): void {
  const [from, to] = [join(dataFolder, staged), join(dataFolder, kept)];
  const moved: [from: string, to: string][] = [];
  const move = (source: string, target: string): void => {
    renameSync(source, target);
    moved.push([source, target]);
  };
  if (old.length > 0) mkdirSync(to, { recursive: true, mode: 0o700 });
  try {
    for (const name of old) {
      if (!existsSync(join(to, name)) && existsSync(join(dataFolder, name))) move(join(dataFolder, name), join(to, name));
    }
    for (const name of replaced) if (existsSync(join(from, name))) move(join(from, name), join(dataFolder, name));
  } catch (error) {
    for (const [source, target] of moved.reverse()) renameSync(target, source);
    throw error;
  }
  if (old.length > 0) syncFolder(to);
  syncFolder(dataFolder);
}

/** The last step: the new store is in its place. What was kept of the old one goes where a backup of it was made. */
export function finish(dataFolder: string, pending: PendingRestore): void {
  if (pending.dropKept) {
    // Without what was kept nobody could tell what lies in the place of the store.
    writePending(dataFolder, { ...pending, old: [] });
    rmSync(join(dataFolder, pending.kept), { recursive: true, force: true });
  }
  endPending(dataFolder);
  removeLeft(dataFolder);
}

const beingRestored = (dataFolder: string) =>
  new AppError('store-in-use', 'A backup is being restored in this data folder.', {
    details: { folder: dataFolder },
  });

/**
 * Before the store is opened: a restore whose process ended in the middle goes on to its end, or is forgotten where nothing had been moved.
 * Throws AppError `store-in-use` while somebody is at it; what the file system says where it cannot be ended now.
 */
export function settleRestore(dataFolder: string): void {
  if (!hasRestoreLock(dataFolder)) return;
  const lock = takeRestoreLock(dataFolder);
  if (!lock) return refuseWhileRestoring(dataFolder);
  try {
    settle(dataFolder);
  } catch (error) {
    throw toStoreError(error) ?? error;
  } finally {
    lock.release();
  }
}

/** As settleRestore, for who has the lock. */
export function settle(dataFolder: string): void {
  if (!isRestorePending(dataFolder)) return removeLeft(dataFolder);
  const pending = pendingRestore.parse(JSON.parse(readFileSync(pendingFile(dataFolder), 'utf8')));
  const { old } = pending;
  if (old === null) {
    endPending(dataFolder);
    return removeLeft(dataFolder);
  }
  exchange(dataFolder, { ...pending, old });
  finish(dataFolder, pending);
}

/** After the store was opened: somebody may have begun to exchange it just before. Throws AppError `store-in-use`. */
export function refuseWhileRestoring(dataFolder: string): void {
  if (isRestorePending(dataFolder)) throw beingRestored(dataFolder);
}
