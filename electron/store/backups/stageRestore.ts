import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { BackupSummary } from '../../../shared/contract/backups.contract.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import { check, openDatabase } from '../database.ts';
import { sizeOf } from '../madeFiles.ts';
import { openStore, storeFiles } from '../storeFiles.ts';
import { toStoreError } from '../storeErrors.ts';
import { checkBackup } from './checkBackup.ts';
import { stagedFolder } from './restoreLock.ts';
import { syncFolder } from './syncFolder.ts';

export interface StageRequest {
  readonly dataFolder: string;
  /** The backup. */
  readonly file: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Where the vault looks for its sealed key. */
  readonly keyBinding: string;
  /** The backup that somebody looked at and wants; another one under the same name is refused (`backup-changed`). */
  readonly createdAt?: number;
}

/** A backup that lies unpacked beside the store, in the form in which this version opens it. */
export interface StagedRestore {
  readonly folder: string;
  readonly summary: BackupSummary;
  /** Mails that waited when the backup was made, and are not sent without an administrator's word. */
  readonly mails: number;
  readonly at: number;
  /** Whether a backup can be made of what is there: it is complete and not damaged. Found while the store may be in use, because it takes long. */
  readonly isPresentWhole: boolean;
}

/**
 * Unpacks a backup into the data folder beside the store, which it leaves alone, and opens it once, so that what cannot be restored is known
 * before anything is stopped. The caller holds the restore lock. `take` learns how many bytes were read, and may throw to end it.
 * Throws AppError what checkBackup and openStore throw, `backup-changed`, `disk-full`, `folder-not-writable`; then nothing of it stays.
 */
export function stageRestore(request: StageRequest, take: (bytes: number) => void = () => {}): StagedRestore {
  const { dataFolder, file, now, keyBinding, createdAt } = request;
  const folder = join(dataFolder, stagedFolder(now));
  try {
    mkdirSync(folder, { mode: 0o700 });
    const { summary, sealedKey } = unpack(file, folder, take);
    if (createdAt !== undefined && summary.createdAt !== createdAt) {
      throw new AppError('backup-changed', 'The file is another backup by now. Check it again.', { details: { file } });
    }
    const mails = prepare(folder, { sealedKey, keyBinding, madeAt: summary.createdAt });
    for (const each of [join(folder, 'attachments'), folder]) if (existsSync(each)) syncFolder(each);
    return { folder, summary, mails, at: now, isPresentWhole: isWhole(dataFolder) };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw toStoreError(error) ?? error;
  }
}

/** What SQLite can still read of a damaged file is not all that was in it, and an empty one it takes for a new one. */
function isWhole(dataFolder: string): boolean {
  const files = storeFiles(dataFolder);
  const needed = [files.console.file, files.users.file, files.mail.file];
  if (needed.some((file) => sizeOf(file) === 0)) return false;
  return [...needed, ...(existsSync(files.authority.file) ? [files.authority.file] : [])].every((file) => {
    let database: DatabaseSync | undefined;
    try {
      database = new DatabaseSync(file, { timeout: 5_000 });
      check(database, file);
      return true;
    } catch {
      return false;
    } finally {
      database?.close();
    }
  });
}

function unpack(file: string, folder: string, take: (bytes: number) => void): ReturnType<typeof checkBackup> {
  let current: { name: string; file: number } | undefined;
  function finish(): void {
    if (!current) return;
    fsyncSync(current.file);
    closeSync(current.file);
    current = undefined;
  }
  try {
    return checkBackup(file, (name, block) => {
      if (current?.name !== name) {
        finish();
        const path = join(folder, name);
        mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
        current = { name, file: openSync(path, 'wx', 0o600) };
      }
      for (let at = 0; at < block.length;) at += writeSync(current.file, block, at);
      take(block.length);
    });
  } finally {
    finish();
  }
}

/** Opens the store as the console will, checks all of it, and takes care that nothing of it is done twice. Answers how many mails wait. */
function prepare(
  folder: string,
  { sealedKey, keyBinding, madeAt }: { sealedKey: Uint8Array | null; keyBinding: string; madeAt: number },
): number {
  const store = openStore(folder);
  const opened: [DatabaseSync, string][] = [
    [store.console, store.files.console.file],
    [store.users, store.files.users.file],
    [store.mail, store.files.mail.file],
  ];
  try {
    const { authority } = storeFiles(folder);
    if (existsSync(authority.file)) opened.push([openDatabase(authority), authority.file]);
    for (const [database, file] of opened) check(database, file);
    // Sealed with a passphrase: the console then asks for that.
    if (sealedKey) store.console.prepare('INSERT OR REPLACE INTO secrets (binding, sealed) VALUES (?, ?)').run(keyBinding, sealedKey);
    return keepMailsBack(store, madeAt);
  } finally {
    for (const [database] of opened) database.close();
  }
}

/**
 * What waited when the backup was made has probably gone since. A mail of that kind is `unknown`, as one whose relay did not answer: it goes
 * again only when an administrator says so. Mails that were still to be made then are held (see userMails.ts).
 */
function keepMailsBack({ console, users, mail }: ReturnType<typeof openStore>, madeAt: number): number {
  const reply = `This mail waited when the backup of ${new Date(madeAt).toISOString()} was made. It may have gone since then.`;
  const { changes } = mail
    .prepare(`UPDATE mails SET state = 'unknown', sender = NULL, reply = ? WHERE state IN ('queued', 'sending', 'deferred')`)
    .run(reply);
  const held = mail.prepare(`UPDATE mails SET reply = ? WHERE state = 'held'`).run(reply);
  const campaigns = users
    .prepare('SELECT DISTINCT campaign FROM mail_intents')
    .all()
    .map(({ campaign }) => campaign);
  console.prepare('INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)').run('heldCampaigns', JSON.stringify(campaigns));
  mail.exec('DELETE FROM delivery_trouble');
  return Number(changes) + Number(held.changes);
}
