import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { BackupSummary } from '../../../shared/contract/backups.contract.ts';
import { listCopies } from './backupFolder.ts';
import { checkBackup } from './checkBackup.ts';

/** A copy that was read from end to end and is whole. */
export interface GoodCopy extends BackupSummary {
  readonly file: string;
}

const mostPlaces = 10;
/** Looked at before one gives up: reading a large copy takes its time. */
const mostChecked = 20;

/** Where copies of a data folder go when nobody chooses another place. */
export const backupFolder = (dataFolder: string): string => join(dataFolder, 'backup');
const placesFile = (dataFolder: string): string => join(backupFolder(dataFolder), 'places.json');

/** Folders that backups of this data folder were written to, the last one first. Beside the store: it has to be known when that cannot be read. */
export function backupPlaces(dataFolder: string): string[] {
  let known: string[] = [];
  try {
    known = z.array(z.string()).parse(JSON.parse(readFileSync(placesFile(dataFolder), 'utf8')));
  } catch {
    // None was written to another place, or nobody can say.
  }
  return [...new Set([...known, backupFolder(dataFolder)])];
}

/** Never fails: a backup that was made is worth more than a note about it. */
export function noteBackupPlace(dataFolder: string, file: string): void {
  try {
    const places = [...new Set([dirname(file), ...backupPlaces(dataFolder)])].slice(0, mostPlaces);
    mkdirSync(backupFolder(dataFolder), { recursive: true, mode: 0o700 });
    writeFileSync(placesFile(dataFolder), JSON.stringify(places), { mode: 0o600 });
  } catch {
    // The disk may be full.
  }
}

/** The newest copy of a data folder that is whole and that this version can read; null where none is found. Reads copies from end to end. */
export function newestGoodCopy(dataFolder: string): GoodCopy | null {
  const copies = backupPlaces(dataFolder)
    .flatMap(listCopies)
    .toSorted((a, b) => b.changedAt - a.changedAt);
  for (const { file } of copies.slice(0, mostChecked)) {
    try {
      return { file, ...checkBackup(file).summary };
    } catch {
      // The next older one may be better.
    }
  }
  return null;
}
