import type { DatabaseSync } from 'node:sqlite';
import type { CompanySettings } from '../../../shared/contract/companySettings.ts';
import type { ImportOutcome, ImportRequest } from '../../../shared/contract/imports.contract.ts';
import { nameKey } from '../../../shared/directory/mappingKeys.ts';
import { needsPin } from '../../../shared/users/completeness.ts';
import { outcomeNumber } from './outcomes.ts';
import { enabledSinceValues, noteEnabled } from '../users/enabledSince.ts';
import { completeSql, type MeansColumn } from '../users/userCompleteness.ts';
import { enabledOfNew, importedColumns } from './importedColumns.ts';

export interface Application {
  readonly jobId: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly fields: ReadonlySet<string>;
  readonly request: ImportRequest;
  /** What Company Settings give to new users beside what the request says. */
  readonly userDefaults: Pick<CompanySettings['userDefaults'], 'globalServices'>;
}

/** From how many new users for each user of the list it is faster to build the indexes anew than to extend them. */
const rebuildFactor = 2;

/** Adds the functions that `applyVerdicts` calls. Needed once per connection. */
export function addImportFunctions(database: DatabaseSync): void {
  database.function('name_key', { deterministic: true }, (first, last) => nameKey(String(first), String(last)));
}

/**
 * Writes what was decided, within the transaction that the caller has open. Unchanged and skipped people cause no
 * write. Whoever is added or updated is noted for the search index and belongs to the import `jobId` from now on.
 */
export function applyVerdicts(database: DatabaseSync, application: Application): void {
  writeDecided(database, { update: () => updateUsers(database, application), add: () => addUsers(database, application) });
  database
    .prepare('INSERT INTO main.users_unindexed (user_id) SELECT id FROM main.users WHERE import_job = ? ORDER BY id')
    .run(application.jobId);
}

/** Calls `update` and `add` where there is anybody for them, in the way that is faster for so many. */
export function writeDecided(database: DatabaseSync, { update, add }: { update(): void; add(): void }): void {
  const decided = (outcome: ImportOutcome): number =>
    countOf(database, `SELECT count(*) AS n FROM staging.verdicts WHERE outcome = ${outcomeNumber(outcome)}`);
  const updated = decided('update');
  const added = decided('add');
  const isRebuilt = added > countOf(database, 'SELECT count(*) AS n FROM main.users') * rebuildFactor;
  if (updated > 0 || (added > 0 && !isRebuilt)) widenCache(database);
  if (updated > 0) update();
  if (added > 0) {
    if (isRebuilt) withoutIndexes(database, add);
    else add();
  }
}

/** Names may be swapped, and SQLite looks at every row for itself: the old names go first. Reads `temp.renames` of `classify`. */
export function freeOldNames(database: DatabaseSync): void {
  database.exec(`
    UPDATE main.users SET username_key = char(0) || id
    WHERE id IN (SELECT r.user_id FROM temp.renames r JOIN staging.verdicts v USING (seq) WHERE v.outcome = ${outcomeNumber('update')})
  `);
}

/** Pages of the indexes are met at random: those that do not fit into memory are read and written several times over. 64 MB. */
function widenCache(database: DatabaseSync): void {
  database.exec('PRAGMA main.cache_size=-65536');
}

function countOf(database: DatabaseSync, sql: string): number {
  return (database.prepare(sql).get() as { n: number }).n;
}

function updateUsers(database: DatabaseSync, { jobId, now, fields, request }: Application): void {
  const columns = importedColumns(fields, request.enable);
  const next = (column: string): string => columns.find((known) => known.column === column)?.next ?? `u.${column}`;
  const sets = [
    ...columns.map(({ column, next: value }) => `${column} = ${value}`),
    'username_key = p.username_key',
    // JavaScript makes the key only where a part of the name is not read.
    `name_key = ${fields.has('firstName') && fields.has('lastName') ? 'p.name_key' : `name_key(${next('first_name')}, ${next('last_name')})`}`,
    `complete = ${completeSql(next)}`,
    ...(request.enable === 'all' ? [noteEnabled(next('enabled'), 'u.')] : []),
  ];
  freeOldNames(database);
  database
    .prepare(
      `UPDATE main.users AS u SET ${sets.join(', ')}, import_job = :job, imported_at = :now, updated_at = :now, revision = u.revision + 1
       FROM staging.verdicts v JOIN staging.people p USING (seq)
       WHERE v.outcome = ${outcomeNumber('update')} AND u.id = v.user_id`,
    )
    .run({ job: jobId, now, ...(request.enable === 'all' && enabledSinceValues({ account: '', jobId }, now)) });
}

const copied = [
  'username',
  'username_key',
  'first_name',
  'last_name',
  'name_key',
  'email',
  'user_group',
  'description',
  'phone',
  'phone_valid',
  'extension',
  'backup_phone',
  'backup_phone_valid',
  'backup_extension',
  'language_call',
  'language_text',
  'language_app',
  'language_oath',
  'directory_id',
  'sid',
  'dn',
  'account_disabled',
] as const;

function addUsers(database: DatabaseSync, { jobId, now, request, userDefaults }: Application): void {
  // An app or a token is activated later, and so is an initial PIN set (reference §2.4).
  const known: Partial<Record<MeansColumn, string>> = {
    ...{ method: `'${request.method}'`, mode: `'${request.mode}'` },
    ...{ has_app: '0', has_token: '0', has_pin: '0' },
  };
  const complete = completeSql((column) => known[column] ?? `p.${column}`);
  database
    .prepare(
      `INSERT INTO main.users (${copied.join(', ')}, method, mode, must_change_pin, global_services, enabled, complete, import_job, enabled_job, enabled_at, imported_at, created_at, updated_at)
       SELECT ${copied.map((column) => `p.${column}`).join(', ')}, ?, ?, ?, ?, ${enabledOfNew(request.enable)}, ${complete}, ?, ?, ?, ?, ?, ?
       FROM staging.verdicts v JOIN staging.people p USING (seq)
       WHERE v.outcome = ${outcomeNumber('add')} ORDER BY v.seq`,
    )
    .run(
      request.method,
      request.mode,
      Number(needsPin(request.mode)),
      Number(userDefaults.globalServices),
      jobId,
      jobId,
      now,
      now,
      now,
      now,
    );
}

/** Sorting all keys once is faster than placing each; a rollback brings the old indexes back. */
function withoutIndexes(database: DatabaseSync, write: () => void): void {
  const indexes = database
    .prepare(`SELECT name, sql FROM main.sqlite_schema WHERE type = 'index' AND tbl_name = 'users' AND sql IS NOT NULL`)
    .all() as { name: string; sql: string }[];
  for (const { name } of indexes) database.exec(`DROP INDEX main.${name}`);
  write();
  for (const { sql } of indexes) database.exec(sql);
}
