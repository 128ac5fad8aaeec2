import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { AppError } from '../../../shared/contract/errors.ts';
import type { AlikeUsers, MailCampaign } from '../../../shared/email/mailPlan.ts';
import type { BulkChange, ChangedBy, InitialPin, SomeWritten } from '../../services/users/userWriter.ts';
import { clearPins, writePins } from '../pins/writePins.ts';
import { columnValues } from './fieldColumns.ts';
import { alikeUsers } from './alikeUsers.ts';
import { enabledSinceValues, noteEnabled } from './enabledSince.ts';
import { noteIntents, rememberBefore, stateSql } from './mailIntents.ts';
import { refreshUsers } from './refreshUsers.ts';
import { completeSql } from './userCompleteness.ts';

type Parameters = Record<string, SQLInputValue>;

/** Which users a change would change, as SQL over `users AS u`, with its parameters. */
function differs({ fields, tags, pin }: BulkChange): { sql: string; parameters: Parameters } {
  const values = columnValues(fields);
  const parts = values.map(({ column }) => `u.${column} IS NOT :${column}`);
  const parameters: Parameters = Object.fromEntries(values.map(({ column, value }) => [column, value]));
  const has = 'FROM user_tags t WHERE t.user_id = u.id AND t.tag_id';
  if (tags.add.length > 0) {
    parts.push(`EXISTS (SELECT 1 FROM json_each(:added) j WHERE NOT EXISTS (SELECT 1 ${has} = j.value))`);
    parameters['added'] = JSON.stringify(tags.add);
  }
  if (tags.remove.length > 0) {
    parts.push(`EXISTS (SELECT 1 ${has} IN (SELECT value FROM json_each(:taken)))`);
    parameters['taken'] = JSON.stringify(tags.remove);
  }
  if (pin === 'none') parts.push('u.has_pin = 1');
  if (pin === 'initial') parts.push('1');
  return { sql: `(${parts.join(' OR ')})`, parameters };
}

export function previewSome(
  database: DatabaseSync,
  ids: readonly number[],
  change: BulkChange,
): { matched: number; changing: number; mailed: AlikeUsers[] } {
  const { sql, parameters } = differs(change);
  const values = { ...parameters, ids: JSON.stringify(ids) };
  const row = database
    .prepare(`SELECT count(*) AS matched, sum(${sql}) AS changing FROM json_each(:ids) i JOIN users u ON u.id = i.value`)
    .get(values) as { matched: number; changing: number | null };
  const mailed = alikeUsers(
    database,
    { from: `json_each(:ids) i JOIN users u ON u.id = i.value WHERE ${sql}`, ...afterChange(change) },
    values,
  );
  return { matched: row.matched, changing: row.changing ?? 0, mailed };
}

/** SQL of what mails depend on, of a user after the change. */
function afterChange({ fields, pin }: BulkChange) {
  const set = new Set(columnValues(fields).map(({ column }) => column));
  const after = (column: string): string =>
    set.has(column) ? `:${column}` : column === 'has_pin' && pin !== 'keep' ? String(Number(pin === 'initial')) : `u.${column}`;
  const isNew = [
    ...(pin === 'initial' ? ['1'] : []),
    ...['method', 'mode'].filter((name) => set.has(name)).map((name) => `u.${name} <> :${name}`),
  ];
  return { after, mailedChange: isNew.join(' OR ') || '0', before: stateSql };
}

/** Changes these users inside the caller's transaction. Throws AppError `invalid-input` for a tag that is gone. */
export function editSome(
  database: DatabaseSync,
  ids: readonly number[],
  change: BulkChange,
  pins: readonly InitialPin[],
  by: ChangedBy,
  now: number,
  mail?: MailCampaign | null,
): SomeWritten {
  throwForUnknownTags(database, change.tags.add);
  const refused: SomeWritten['refused'][number][] = missingOf(database, ids).map((id) => ({ name: String(id), reason: 'gone' }));
  let targets = ids;
  if (mail) rememberBefore(database, 'SELECT value FROM json_each(?)', JSON.stringify(ids));
  if (change.pin === 'initial') {
    // First the PINs: who gets none is not changed in anything else either.
    targets = writePins(database, pins, now);
    refused.push(...usernamesOf(database, ids, targets).map((name) => ({ name, reason: 'pin-changed' as const })));
  }
  const chunk = collectDifferent(database, targets, change);
  if (chunk.length > 0) {
    writeFields(database, change, by, now);
    writeTags(database, change);
    if (change.pin === 'none') clearPins(database, chunk, now);
    else if (Object.keys(change.fields).length === 0) refreshUsers(database, chunk, now);
    else database.exec('INSERT INTO users_unindexed (user_id) SELECT id FROM temp.chunk');
    if (mail) noteIntents(database, mail, now, 'SELECT id FROM temp.chunk');
  }
  return { changed: chunk.length, refused };
}

/** Fills `temp.chunk` with those whom the change changes; answers them. */
function collectDifferent(database: DatabaseSync, ids: readonly number[], change: BulkChange): number[] {
  const { sql, parameters } = differs(change);
  database.exec('CREATE TEMP TABLE IF NOT EXISTS chunk (id INTEGER PRIMARY KEY); DELETE FROM temp.chunk');
  database
    .prepare(`INSERT INTO temp.chunk SELECT DISTINCT u.id FROM json_each(:ids) i JOIN users u ON u.id = i.value WHERE ${sql}`)
    .run({ ...parameters, ids: JSON.stringify(ids) });
  const { list } = database.prepare('SELECT json_group_array(id) AS list FROM temp.chunk').get() as { list: string };
  return JSON.parse(list) as number[];
}

function writeFields(database: DatabaseSync, { fields }: BulkChange, by: ChangedBy, now: number): void {
  const values = columnValues(fields);
  if (values.length === 0) return;
  const isSet = new Set(values.map(({ column }) => column));
  const complete = completeSql((column) => (isSet.has(column) ? `:${column}` : column));
  const isEnabled = isSet.has('enabled');
  database
    .prepare(
      `UPDATE users SET ${values.map(({ column }) => `${column} = :${column}`).join(', ')}, complete = ${complete},
         ${isEnabled ? `${noteEnabled(':enabled')},` : ''}
         revision = revision + 1, updated_at = :now WHERE id IN (SELECT id FROM temp.chunk)`,
    )
    .run({
      ...Object.fromEntries(values.map(({ column, value }) => [column, value])),
      now,
      ...(isEnabled && enabledSinceValues(by, now)),
    });
}

function writeTags(database: DatabaseSync, { tags }: BulkChange): void {
  const insert = database.prepare('INSERT OR IGNORE INTO user_tags (user_id, tag_id) SELECT id, ? FROM temp.chunk');
  for (const tag of tags.add) insert.run(tag);
  const remove = database.prepare('DELETE FROM user_tags WHERE tag_id = ? AND user_id IN (SELECT id FROM temp.chunk)');
  for (const tag of tags.remove) remove.run(tag);
}

function throwForUnknownTags(database: DatabaseSync, tags: readonly number[]): void {
  if (tags.length === 0) return;
  const unknown = database
    .prepare('SELECT value AS id FROM json_each(?) WHERE value NOT IN (SELECT id FROM tags)')
    .get(JSON.stringify(tags));
  if (unknown) throw new AppError('invalid-input', 'This tag no longer exists.', { details: { field: 'tags', problem: 'unknown' } });
}

/** Those of `ids` who are no users. */
export function missingOf(database: DatabaseSync, ids: readonly number[], table: 'users' | 'removed_users' = 'users'): number[] {
  const rows = database
    .prepare(`SELECT value AS id FROM json_each(?) WHERE NOT EXISTS (SELECT 1 FROM ${table} WHERE id = value)`)
    .all(JSON.stringify(ids));
  return rows.map((row) => Number(row['id']));
}

function usernamesOf(database: DatabaseSync, ids: readonly number[], without: readonly number[]): string[] {
  return database
    .prepare('SELECT username FROM users WHERE id IN (SELECT value FROM json_each(?)) AND id NOT IN (SELECT value FROM json_each(?))')
    .all(JSON.stringify(ids), JSON.stringify(without))
    .map((row) => String(row['username']));
}
