import { readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BackupCopy } from '../../../shared/contract/backups.contract.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import { makeFolder } from '../makeFolder.ts';
import { toStoreError } from '../storeErrors.ts';

/** The ending of backups that the console names. */
export const backupEnding = '.mfabackup';
const scheduledName = /^mfa-scheduled-\d{8}-\d{6}\.mfabackup$/;

/** Copies in a folder, the newest first; none where it does not exist or cannot be read. */
export function listCopies(folder: string): BackupCopy[] {
  return namesIn(folder)
    .filter((name) => name.endsWith(backupEnding))
    .flatMap((name) => {
      const file = join(folder, name);
      const stat = statSync(file, { throwIfNoEntry: false });
      if (!stat?.isFile()) return [];
      return [{ file, bytes: stat.size, changedAt: Math.round(stat.mtimeMs), isScheduled: scheduledName.test(name) }];
    })
    .toSorted((a, b) => b.changedAt - a.changedAt || b.file.localeCompare(a.file));
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Makes the folder where it is not there. It may lie on the network: nothing is opened there. Throws AppError `folder-not-writable`, `disk-full`. */
export function prepareFolder(folder: string): void {
  try {
    makeFolder(folder);
    const probe = join(folder, `.write-test-${process.pid}`);
    writeFileSync(probe, 'x');
    rmSync(probe);
  } catch (cause) {
    const known = toStoreError(cause);
    if (known?.code === 'disk-full') throw new AppError('disk-full', 'The disk of this folder is full.', { cause, details: { folder } });
    throw new AppError('folder-not-writable', 'This folder cannot be written to.', { cause, details: { folder } });
  }
}

export function removeCopy(file: string): void {
  rmSync(file, { force: true });
}
