import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { storeFiles } from '../../electron/store/storeFiles.ts';

/** A data folder whose file of users is the prepared store. */
export function dataFolderWith(store: string, folder: string): void {
  mkdirSync(join(folder, 'data'));
  const file = join(folder, 'data', 'users.db');
  copyFileSync(store, file);
  const database = new DatabaseSync(file);
  database.exec(`PRAGMA user_version=${storeFiles(folder).users.migrations.length}`);
  database.close();
}
