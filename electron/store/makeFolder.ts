import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { AppError } from '../../shared/contract/errors.ts';

/**
 * Makes a folder, for this account only, and those that it is in. One after the other from above: Node's `recursive` tries without end where
 * a folder is there and nothing can be made in it, as in /proc on Linux. Throws AppError `folder-not-writable` there, and what the file
 * system says.
 */
export function makeFolder(folder: string): void {
  const path = resolve(folder);
  if (existsSync(path)) return;
  if (dirname(path) !== path) makeFolder(dirname(path));
  // Windows says only that something is missing.
  if (statSync(dirname(path), { throwIfNoEntry: false })?.isFile()) {
    throw new AppError('folder-not-writable', 'The path of the data folder contains a file.', { details: { folder: path } });
  }
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // Another process was faster.
    if (code === 'EEXIST') return;
    if (code !== 'ENOENT') throw error;
    throw new AppError('folder-not-writable', 'No folder can be made in this place.', { cause: error, details: { folder: path } });
  }
}
