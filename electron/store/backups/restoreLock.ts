import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { toStoreError } from '../storeErrors.ts';

const lockFile = (dataFolder: string): string => join(dataFolder, 'restore.lock');
const left = [
  { folder: '', name: /^restore-(\d+|pending)\.part$/ },
  { folder: 'backup', name: /^before-restore-.*\.part$/ },
];

/** Name of the folder in which a restore that begins now unpacks its backup. */
export const stagedFolder = (now: number): string => `restore-${now}.part`;

/** The right to restore something in a data folder; nobody else has it meanwhile. */
export interface RestoreLock {
  release(): void;
}

/** Whether a restore was ever begun here. */
export const hasRestoreLock = (dataFolder: string): boolean => existsSync(lockFile(dataFolder));

/** Null while another process has it. A lock of SQLite: it goes with its process, however that ends. The file stays. */
export function takeRestoreLock(dataFolder: string): RestoreLock | null {
  const database = new DatabaseSync(lockFile(dataFolder), { timeout: 0 });
  try {
    database.exec('BEGIN EXCLUSIVE');
    return { release: () => database.close() };
  } catch (error) {
    database.close();
    if (toStoreError(error)?.code === 'store-busy') return null;
    throw error;
  }
}

/** What processes that ended in the middle have left. For the holder of the lock. */
export function removeLeft(dataFolder: string): void {
  for (const { folder, name } of left) {
    const place = join(dataFolder, folder);
    const found = existsSync(place) ? readdirSync(place).filter((each) => name.test(each)) : [];
    for (const each of found) rmSync(join(place, each), { recursive: true, force: true });
  }
}
