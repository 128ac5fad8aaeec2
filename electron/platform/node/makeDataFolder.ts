import { existsSync } from 'node:fs';
import { keepFolderToAccount } from './windowsFolderRights.ts';

/**
 * On Windows, where rights are inherited, makes a data folder that is missing and keeps it to this account; elsewhere the store does. A folder
 * that is there keeps its rights: somebody may have chosen them, and the requirements say when others can read it. Answers what went wrong, for
 * the log; null: nothing did.
 */
export function makeDataFolder(folder: string, makeFolder: (folder: string) => void): unknown {
  if (process.platform !== 'win32' || existsSync(folder)) return null;
  try {
    makeFolder(folder);
    keepFolderToAccount(folder);
    return null;
  } catch (error) {
    return error;
  }
}
