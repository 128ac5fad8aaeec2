import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openStore, storeFiles } from '../storeFiles.ts';
import { makeBackup } from './makeBackup.ts';
import { restoreBackup } from './restoreBackup.ts';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'make-backup-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function openAndClose(dataFolder: string, change: (store: ReturnType<typeof openStore>) => void = () => {}): void {
  const store = openStore(dataFolder);
  change(store);
  for (const database of [store.console, store.users, store.mail]) database.close();
}

it('can be read by its own account only, and is all that lies there', () => {
  const [data, file] = [join(folder, 'data'), join(folder, 'copies')];
  openAndClose(data);

  makeBackup({ dataFolder: data, file, version: '1', serverName: 'MFA01', now: 5, sealedKey: null });

  expect(readdirSync(folder).toSorted()).toEqual(['copies', 'data']);
  // On Windows the folder says who may read it.
  expect(process.platform === 'win32' ? 0 : statSync(file).mode & 0o077).toBe(0);
});

it('knows nothing of who did the background work, so that a console on the copy begins it', () => {
  const [data, other, file] = [join(folder, 'data'), join(folder, 'other'), join(folder, 'copy')];
  openAndClose(data, (store) => store.console.exec("INSERT INTO leases VALUES ('work', 'elsewhere', 9999999999999)"));
  makeBackup({ dataFolder: data, file, version: '1', serverName: 'MFA01', now: 5, sealedKey: null });
  const who = { account: 'admin', host: 'test', version: '1', serverName: 'MFA01' };

  restoreBackup({ dataFolder: other, file, now: 7, keyBinding: 'key' }, who);

  openAndClose(other);
  const database = new DatabaseSync(storeFiles(other).console.file, { readOnly: true });
  expect(database.prepare('SELECT count(*) AS count FROM leases').get()).toEqual({ count: 0 });
  database.close();
});
