import { DatabaseSync } from 'node:sqlite';
import type { UnreadablePerson } from '../../../shared/directory/entry.ts';
import { nameKey } from '../../../shared/directory/mappingKeys.ts';
import type { ImportedField, MappedEntry } from '../../../shared/directory/mappingPerson.ts';
import { usernameKey } from '../../../shared/lib/fold.ts';
import { createRepeatDetector } from './repeatDetector.ts';
import { writeMeta, type ImportMeta } from './reportMeta.ts';

/**
 * One file for each import: first what was read, then what was decided about it, and from then on the report. It can be
 * read again from the directory, so nothing is journalled on disk and nothing is flushed; a crash makes it worthless,
 * and leftovers are removed (see reportFiles.ts).
 */
export interface StagingFile {
  /** People of one page of the directory, in the order in which they were read. */
  add(people: readonly MappedEntry[], unreadable: readonly UnreadablePerson[]): void;
  /** Says what the file is; the last call counts. */
  setMeta(meta: ImportMeta): void;
  /** Writes what is still in memory and closes the file. */
  close(): void;
}

const text = `TEXT NOT NULL DEFAULT ''`;
const flag = 'INTEGER NOT NULL DEFAULT 0';

/** What is decided about what was read, whatever it was read from. */
export const verdictTables = `
-- Identifiers and keys of usernames that may have come twice (see repeatDetector.ts).
CREATE TABLE repeats (key TEXT NOT NULL) STRICT;
-- What is to be done about each person; outcome is the position in importOutcomes.
CREATE TABLE verdicts (
  seq INTEGER PRIMARY KEY,
  outcome INTEGER NOT NULL,
  user_id INTEGER,
  reason TEXT,
  taken_by TEXT,
  changes TEXT
) STRICT;
`;

export const stagingTables = `
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE people (
  seq INTEGER PRIMARY KEY,
  -- Why this person cannot be imported whatever the store holds; null when he can.
  skip TEXT,
  -- JSON, null when there is none.
  warnings TEXT,
  directory_id ${text}, dn ${text},
  username ${text}, username_key ${text}, first_name ${text}, last_name ${text}, name_key ${text},
  email ${text}, user_group ${text}, description ${text},
  phone ${text}, phone_valid ${flag}, extension ${text},
  backup_phone ${text}, backup_phone_valid ${flag}, backup_extension ${text},
  language_call ${text}, language_text ${text}, language_app ${text}, language_oath ${text},
  account_disabled ${flag}, sid ${text}
) STRICT;
${verdictTables}
`;

type Value = string | number | null;
type Column = readonly [name: string, value: (mapped: MappedEntry) => Value];

const always: readonly Column[] = [
  ['skip', ({ skip }) => skip],
  ['warnings', ({ warnings }) => (warnings.length === 0 ? null : JSON.stringify(warnings))],
  ['directory_id', ({ person }) => person.directoryId],
  ['dn', ({ person }) => person.dn],
  ['username', ({ person }) => person.username],
  ['first_name', ({ person }) => person.firstName],
  ['last_name', ({ person }) => person.lastName],
  ['name_key', ({ person }) => nameKey(person.firstName, person.lastName)],
  ['account_disabled', ({ person }) => (person.accountDisabled ? 1 : 0)],
];

/** Columns that stay empty when nothing is read for them. Binding a value costs as much as storing it. */
const byField: Readonly<Partial<Record<ImportedField, readonly Column[]>>> = {
  sid: [['sid', ({ person }) => person.sid]],
  email: [['email', ({ person }) => person.email]],
  userGroup: [['user_group', ({ person }) => person.userGroup]],
  description: [['description', ({ person }) => person.description]],
  phone: [
    ['phone', ({ person }) => person.phone],
    ['phone_valid', ({ person }) => (person.phoneValid ? 1 : 0)],
    ['extension', ({ person }) => person.extension],
  ],
  backupPhone: [
    ['backup_phone', ({ person }) => person.backupPhone],
    ['backup_phone_valid', ({ person }) => (person.backupPhoneValid ? 1 : 0)],
    ['backup_extension', ({ person }) => person.backupExtension],
  ],
  languageCall: [['language_call', ({ person }) => person.languageCall]],
  languageText: [['language_text', ({ person }) => person.languageText]],
  languageApp: [['language_app', ({ person }) => person.languageApp]],
  languageOath: [['language_oath', ({ person }) => person.languageOath]],
};

/** People in one statement: half of the time of one by one, and more brings nothing. */
const batchRows = 8;

/** Creates the file; the folder must exist. Throws SQLite's errors, as all functions of this folder do. */
export function createStagingFile(file: string, fields: ReadonlySet<ImportedField>, initial: ImportMeta): StagingFile {
  const database = new DatabaseSync(file);
  database.exec(`PRAGMA page_size=8192; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA locking_mode=EXCLUSIVE; ${stagingTables}`);
  writeMeta(database, initial);
  const columns = [...always, ...[...fields].flatMap((field) => byField[field] ?? [])];
  const names = ['username_key', ...columns.map(([name]) => name)];
  const placeholders = `(${names.map(() => '?').join(', ')})`;
  const insertOf = (rows: number) =>
    database.prepare(`INSERT INTO people (${names.join(', ')}) VALUES ${Array.from({ length: rows }, () => placeholders).join(', ')}`);
  const insertOne = insertOf(1);
  const insertBatch = insertOf(batchRows);
  const insertUnreadable = database.prepare('INSERT INTO people (skip, dn) VALUES (?, ?)');
  const insertRepeat = database.prepare('INSERT INTO repeats (key) VALUES (?)');
  const ids = createRepeatDetector();
  const usernames = createRepeatDetector();
  const batch: Value[] = [];
  // One transaction for all: nobody else reads the file before it is closed, and a page that has room is written once.
  database.exec('BEGIN');

  function flush(): void {
    if (batch.length === names.length * batchRows) insertBatch.run(...batch);
    else for (let at = 0; at < batch.length; at += names.length) insertOne.run(...batch.slice(at, at + names.length));
    batch.length = 0;
  }

  return {
    add(people, unreadable) {
      for (const mapped of people) {
        const { person } = mapped;
        const key = usernameKey(person.username);
        batch.push(key);
        for (const [, value] of columns) batch.push(value(mapped));
        if (batch.length === names.length * batchRows) flush();
        if (mapped.skip !== null) continue;
        if (ids.mayRepeat(person.directoryId)) insertRepeat.run(person.directoryId);
        if (usernames.mayRepeat(key)) insertRepeat.run(key);
      }
      flush();
      for (const { reason, dn } of unreadable) insertUnreadable.run(reason, dn);
    },
    setMeta: (meta) => writeMeta(database, meta),
    close() {
      ids.release();
      usernames.release();
      try {
        // After a full disk SQLite has given the transaction up; what went wrong then must not be hidden by a second error.
        if (database.isTransaction) database.exec('COMMIT');
      } finally {
        database.close();
      }
    },
  };
}
