import type { DatabaseSync } from 'node:sqlite';
import type { TagColor } from '../../../shared/contract/tags.contract.ts';
import { enabledSinceValues, noteEnabled } from '../users/enabledSince.ts';
import { refreshUsers } from '../users/refreshUsers.ts';
import { completeSql } from '../users/userCompleteness.ts';
import { readIds } from '../users/userConnection.ts';
import { freeOldNames, writeDecided } from './apply.ts';
import { hasIds, nextUsername, type FileImportRules } from './fileClassify.ts';
import { fileColumns, type FileColumn } from './fileColumns.ts';
import { outcomeNumber } from './outcomes.ts';

const add = outcomeNumber('add');
const update = outcomeNumber('update');
const newTagColor: TagColor = 'grey';

/** As `applyVerdicts`, for rows of a file: users, their tags and tokens, within the transaction that the caller has open. */
export function applyFile(
  database: DatabaseSync,
  rules: FileImportRules,
  { jobId, now }: { readonly jobId: string; readonly now: number },
): void {
  const columns = fileColumns(rules.staged, rules.request, rules.userDefaults);
  if (hasIds(rules)) freeOldNames(database);
  writeDecided(database, { update: () => updateUsers(database, columns, jobId, now), add: () => addUsers(database, columns, jobId, now) });
  database.prepare('INSERT INTO main.users_unindexed (user_id) SELECT id FROM main.users WHERE import_job = ? ORDER BY id').run(jobId);
  const writes = (table: string): boolean => database.prepare(`SELECT 1 FROM staging.${table} LIMIT 1`).get() !== undefined;
  database.exec(`
    UPDATE staging.verdicts AS v SET user_id = u.id FROM staging.people p, main.users u
    WHERE v.outcome = ${add} AND p.seq = v.seq AND u.username_key = p.username_key
  `);
  if (rules.request.columns.some(({ field }) => field === 'tags')) writeTags(database);
  if (writes('row_serials')) assignTokens(database, now);
}

function sqlOf(columns: readonly FileColumn[], value: 'next' | 'first'): (column: string) => string {
  return (column) => columns.find((known) => known.column === column)?.[value] ?? (value === 'next' ? `u.${column}` : '0');
}

function updateUsers(database: DatabaseSync, columns: readonly FileColumn[], jobId: string, now: number): void {
  const next = sqlOf(columns, 'next');
  const sets = columns.filter((known) => known.next !== `u.${known.column}`).map((known) => `${known.column} = ${known.next}`);
  const isEnabled = next('enabled') !== 'u.enabled';
  database
    .prepare(
      `UPDATE main.users AS u SET ${[
        ...sets,
        ...(isEnabled ? [noteEnabled(next('enabled'), 'u.')] : []),
        `username = ${nextUsername}`,
        `username_key = iif(u.directory_id = p.directory_id AND p.username <> '', p.username_key, u.username_key)`,
        `name_key = name_key(${next('first_name')}, ${next('last_name')})`,
        'directory_id = coalesce(u.directory_id, p.directory_id)',
        `complete = ${completeSql(next)}`,
        'revision = u.revision + 1',
      ].join(', ')}, import_job = :job, imported_at = :now, updated_at = :now
       FROM staging.verdicts v JOIN staging.people p USING (seq)
       WHERE v.outcome = ${update} AND u.id = v.user_id`,
    )
    .run({ job: jobId, now, ...(isEnabled && enabledSinceValues({ account: '', jobId }, now)) });
}

function addUsers(database: DatabaseSync, columns: readonly FileColumn[], jobId: string, now: number): void {
  const first = sqlOf(columns, 'first');
  const names = ['username', 'username_key', 'directory_id', ...columns.map(({ column }) => column), 'name_key', 'complete'];
  const values = [
    'p.username',
    'p.username_key',
    'p.directory_id',
    ...columns.map((known) => known.first),
    `name_key(${first('first_name')}, ${first('last_name')})`,
    completeSql(first),
  ];
  database
    .prepare(
      `INSERT INTO main.users (${names.join(', ')}, import_job, enabled_job, enabled_at, imported_at, created_at, updated_at)
       SELECT ${values.join(', ')}, ?, ?, ?, ?, ?, ? FROM staging.verdicts v JOIN staging.people p USING (seq)
       WHERE v.outcome = ${add} ORDER BY v.seq`,
    )
    .run(jobId, jobId, now, now, now, now);
}

/** A cell holds all tags of its user. Tags that nobody knows are made. */
function writeTags(database: DatabaseSync): void {
  const changed = `SELECT v.user_id FROM staging.verdicts v JOIN staging.people p USING (seq) WHERE v.outcome IN (${add}, ${update}) AND p.tags IS NOT NULL`;
  const wanted = `FROM staging.row_tags rt JOIN staging.verdicts v USING (seq)`;
  database.exec(`
    INSERT INTO main.tags (name, name_key, color)
      SELECT rt.name, rt.name_key, '${newTagColor}' ${wanted}
      WHERE v.outcome IN (${add}, ${update}) AND rt.name_key NOT IN (SELECT name_key FROM main.tags) GROUP BY rt.name_key ORDER BY min(rt.seq);
    DELETE FROM main.user_tags WHERE user_id IN (${changed}) AND (user_id, tag_id) NOT IN
      (SELECT v.user_id, t.id ${wanted} JOIN main.tags t ON t.name_key = rt.name_key);
    INSERT OR IGNORE INTO main.user_tags (user_id, tag_id)
      SELECT v.user_id, t.id ${wanted} JOIN main.tags t ON t.name_key = rt.name_key WHERE v.outcome IN (${add}, ${update});
  `);
}

/** Gives tokens to users and takes none away. */
function assignTokens(database: DatabaseSync, now: number): void {
  const owners = `staging.row_serials rs JOIN staging.verdicts v USING (seq)`;
  database
    .prepare(
      `UPDATE main.oath_tokens AS t SET user_id = v.user_id, updated_at = ? FROM ${owners}
       WHERE v.outcome IN (${add}, ${update}) AND t.serial_key = rs.serial_key AND t.user_id IS NULL`,
    )
    .run(now);
  const ids = readIds(database, `SELECT DISTINCT v.user_id AS id FROM ${owners} WHERE v.outcome IN (${add}, ${update})`);
  refreshUsers(database, [...ids], now);
}
