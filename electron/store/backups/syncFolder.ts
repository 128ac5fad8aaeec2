import { closeSync, fsyncSync, openSync } from 'node:fs';

/** Has the names of a folder on the disk before it returns, where the system lets folders be opened: Windows does not, and needs no such thing. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
