import { DatabaseSync } from 'node:sqlite';
import type { FileRow } from '../../../shared/csv/filePlan.ts';
import type { StagedValue } from '../../../shared/csv/stagedValue.ts';
import { usernameKey } from '../../../shared/lib/fold.ts';
import { createRepeatDetector } from './repeatDetector.ts';
import { writeMeta, type ImportMeta } from './reportMeta.ts';
import { verdictTables } from './stagingFile.ts';

/** As StagingFile, for rows of a file. */
export interface FileStaging {
  add(rows: readonly FileRow[]): void;
  setMeta(meta: ImportMeta): void;
  close(): void;
}

/**
 * Rows of a file. A column that is null says nothing about the user. First and last name stand in columns of their own as
 * well, because the report shows them for every row.
 */
const tables = (columns: readonly string[]): string => `
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE people (
  seq INTEGER PRIMARY KEY,
  line INTEGER NOT NULL,
  skip TEXT,
  warnings TEXT,
  directory_id TEXT,
  username TEXT NOT NULL, username_key TEXT NOT NULL,
  doubts INTEGER NOT NULL,
  -- Keys of all tags of the cell in order, as 'tagKeys' writes them.
  tags TEXT,
  has_serials INTEGER NOT NULL${columns.map((column) => `, ${column} ${isNumber(column) ? 'INTEGER' : 'TEXT'}`).join('')}
) STRICT;
CREATE TABLE row_tags (seq INTEGER NOT NULL, name_key TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (seq, name_key)) WITHOUT ROWID;
CREATE TABLE row_serials (seq INTEGER NOT NULL, serial_key TEXT NOT NULL, serial TEXT NOT NULL, PRIMARY KEY (seq, serial_key)) WITHOUT ROWID;
${verdictTables}
`;

const numbers = new Set([
  'phone_valid',
  'backup_phone_valid',
  'enabled',
  'must_change_pin',
  'global_services',
  'administrator',
  'can_change_phone',
  'keep_phone_synced',
  'pin_can_change',
  'pin_min_length',
  'pin_prevent_weak',
  'pin_expiration_days',
  'pin_history',
]);
const isNumber = (column: string): boolean => numbers.has(column);

/** Tags of a user as one text, for comparing; `group_concat` of the keys in order makes the same of the store's. */
const tagSeparator = '\u001f';

const batchRows = 8;

/** Creates the file; the folder must exist. Throws SQLite's errors. */
export function createFileStaging(file: string, columns: readonly string[], initial: ImportMeta): FileStaging {
  const database = new DatabaseSync(file);
  database.exec(
    `PRAGMA page_size=8192; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA locking_mode=EXCLUSIVE; ${tables(columns)}`,
  );
  writeMeta(database, initial);
  const names = [
    'seq',
    'line',
    'skip',
    'warnings',
    'directory_id',
    'username',
    'username_key',
    'doubts',
    'tags',
    'has_serials',
    ...columns,
  ];
  const placeholders = `(${names.map(() => '?').join(', ')})`;
  const insertOf = (rows: number) =>
    database.prepare(`INSERT INTO people (${names.join(', ')}) VALUES ${Array.from({ length: rows }, () => placeholders).join(', ')}`);
  const insertOne = insertOf(1);
  const insertBatch = insertOf(batchRows);
  const insertRepeat = database.prepare('INSERT INTO repeats (key) VALUES (?)');
  const insertTag = database.prepare('INSERT OR IGNORE INTO row_tags (seq, name_key, name) VALUES (?, ?, ?)');
  const insertSerial = database.prepare('INSERT OR IGNORE INTO row_serials (seq, serial_key, serial) VALUES (?, ?, ?)');
  const ids = createRepeatDetector();
  const usernames = createRepeatDetector();
  const batch: StagedValue[] = [];
  let seq = 0;

  function flush(): void {
    if (batch.length === names.length * batchRows) insertBatch.run(...batch);
    else for (let at = 0; at < batch.length; at += names.length) insertOne.run(...batch.slice(at, at + names.length));
    batch.length = 0;
  }

  function addRow(row: FileRow): void {
    seq += 1;
    const tags = row.tags === null ? null : tagKeys(row.tags);
    batch.push(seq, row.line, row.skip, row.notes.length === 0 ? null : JSON.stringify(row.notes), row.directoryId, row.username);
    batch.push(row.usernameKey, row.doubts, tags, row.serials === null ? 0 : 1);
    // Not spread: it is the longest part.
    for (const value of row.values) batch.push(value);
    if (batch.length === names.length * batchRows) flush();
    if (row.skip !== null) return;
    for (const name of row.tags ?? []) insertTag.run(seq, usernameKey(name), name);
    for (const serial of row.serials ?? []) insertSerial.run(seq, usernameKey(serial), serial);
    if (row.directoryId !== null && ids.mayRepeat(row.directoryId)) insertRepeat.run(row.directoryId);
    if (row.username !== '' && usernames.mayRepeat(row.usernameKey)) insertRepeat.run(row.usernameKey);
  }

  return {
    add(rows) {
      database.exec('BEGIN');
      for (const row of rows) addRow(row);
      flush();
      database.exec('COMMIT');
    },
    setMeta: (meta) => writeMeta(database, meta),
    close() {
      ids.release();
      usernames.release();
      database.close();
    },
  };
}

function tagKeys(names: readonly string[]): string {
  const keys = new Set(names.map(usernameKey));
  // In the order of SQLite, which compares UTF-8.
  return [...keys].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))).join(tagSeparator);
}
