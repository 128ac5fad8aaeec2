import type { DatabaseSync } from 'node:sqlite';
import { AppError } from '../../../shared/contract/errors.ts';
import { usernameKey } from '../../../shared/lib/fold.ts';
import type { UserFields } from '../../../shared/users/userFields.ts';
import type { NewUser, UserEdit } from '../../services/users/userWriter.ts';
import { writePins } from '../pins/writePins.ts';
import { enabledSinceValues, noteEnabled } from './enabledSince.ts';
import { columnValues, type ColumnValue } from './fieldColumns.ts';
import { noteIntents, rememberBefore } from './mailIntents.ts';
import { refreshUsers } from './refreshUsers.ts';

/** Adds a user inside the caller's transaction; answers the id. Throws AppError `username-taken`, `invalid-input`. */
export function addUser(database: DatabaseSync, { fields, tags, pin, by, mail }: NewUser, now: number): number {
  throwIfTaken(database, fields.username, null);
  if (mail) rememberBefore(database, 'SELECT 0');
  const values: ColumnValue[] = [
    ...columnValues(fields),
    { column: 'complete', value: 0 },
    { column: 'enabled_at', value: now },
    { column: 'enabled_by', value: by.account },
    { column: 'enabled_job', value: by.jobId },
    { column: 'created_at', value: now },
    { column: 'updated_at', value: now },
    // refreshUsers makes it the first.
    { column: 'revision', value: 0 },
  ];
  const { lastInsertRowid } = database
    .prepare(`INSERT INTO users (${values.map(({ column }) => column).join(', ')}) VALUES (${values.map(() => '?').join(', ')})`)
    .run(...values.map(({ value }) => value));
  const id = Number(lastInsertRowid);
  addTags(database, id, tags);
  // It refreshes the user too.
  if (pin) writePins(database, [{ userId: id, pin }], now);
  else refreshUsers(database, [id], now);
  if (mail) noteIntents(database, mail, now, 'SELECT ?', id);
  return id;
}

/** Changes a user inside the caller's transaction. Throws as `addUser`. */
export function editUser(
  database: DatabaseSync,
  { id, revision, fields, tags, pin, by, mail }: UserEdit,
  now: number,
): 'written' | 'outdated' {
  const stored = database.prepare('SELECT first_name, last_name FROM users WHERE id = ? AND revision = ?').get(id, revision);
  if (!stored) return 'outdated';
  if (fields.username !== undefined) throwIfTaken(database, fields.username, id);
  if (mail) rememberBefore(database, 'SELECT ?', id);
  if (pin && writePins(database, [{ userId: id, pin }], now).length === 0) return 'outdated';
  if (fields.enabled !== undefined) {
    database
      .prepare(`UPDATE users SET ${noteEnabled(':enabled')} WHERE id = :id`)
      .run({ id, enabled: Number(fields.enabled), ...enabledSinceValues(by, now) });
  }
  const values = columnValues(withWholeName(fields, stored as { first_name: string; last_name: string }));
  if (values.length > 0) {
    database
      .prepare(`UPDATE users SET ${values.map(({ column }) => `${column} = ?`).join(', ')} WHERE id = ?`)
      .run(...values.map(({ value }) => value), id);
  }
  addTags(database, id, tags.add);
  const removeTag = database.prepare('DELETE FROM user_tags WHERE user_id = ? AND tag_id = ?');
  for (const tag of tags.remove) removeTag.run(id, tag);
  refreshUsers(database, [id], now);
  if (mail) noteIntents(database, mail, now, 'SELECT ?', id);
  return 'written';
}

/** The folded name is made of both names, whichever of them is changed. */
function withWholeName(fields: Partial<UserFields>, stored: { first_name: string; last_name: string }): Partial<UserFields> {
  const { firstName, lastName } = fields;
  if (firstName === undefined && lastName === undefined) return fields;
  return { ...fields, firstName: firstName ?? stored.first_name, lastName: lastName ?? stored.last_name };
}

function throwIfTaken(database: DatabaseSync, username: string, except: number | null): void {
  const holder = database
    .prepare('SELECT username FROM users WHERE username_key = ? AND id IS NOT ?')
    .get(usernameKey(username), except) as { username: string } | undefined;
  if (!holder) return;
  throw new AppError('username-taken', `The user ${holder.username} has this username.`, {
    details: { field: 'username', takenBy: holder.username },
  });
}

function addTags(database: DatabaseSync, userId: number, tags: readonly number[]): void {
  const known = database.prepare('SELECT id FROM tags WHERE id = ?');
  const insert = database.prepare('INSERT OR IGNORE INTO user_tags (user_id, tag_id) VALUES (?, ?)');
  for (const tag of tags) {
    if (!known.get(tag))
      throw new AppError('invalid-input', 'This tag no longer exists.', { details: { field: 'tags', problem: 'unknown', tag } });
    insert.run(userId, tag);
  }
}

/** Removes a device inside the caller's transaction; false when the user has no such device. */
export function removeDevice(database: DatabaseSync, userId: number, deviceId: number, now: number): boolean {
  const { changes } = database.prepare('DELETE FROM user_devices WHERE id = ? AND user_id = ?').run(deviceId, userId);
  if (changes === 0) return false;
  refreshUsers(database, [userId], now);
  return true;
}
