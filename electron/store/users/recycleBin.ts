import type { DatabaseSync } from 'node:sqlite';
import { fold } from '../../../shared/lib/fold.ts';
import type { RemovedUserRow, SomeWritten } from '../../services/users/userWriter.ts';
import { missingOf } from './bulkEdit.ts';
import { refreshUsers } from './refreshUsers.ts';
import { foldedSql } from './userConnection.ts';

type Refused = SomeWritten['refused'][number];

const gone = (id: number): Refused => ({ name: String(id), reason: 'gone' });

/** What belongs to a user beside his row, and goes with him for good. Tokens are things of their own and become free. */
const belongings = ['user_pins', 'user_pin_history', 'user_tags', 'user_devices', 'user_answers', 'bypasses'] as const;

/** The columns of `users`, all of which `removed_users` has too. */
function userColumns(database: DatabaseSync): string {
  return database
    .prepare('PRAGMA table_info(users)')
    .all()
    .map((row) => String(row['name']))
    .join(', ');
}

/** Puts users into the recycle bin, inside the caller's transaction. What belongs to them waits under their ids. */
export function removeSome(database: DatabaseSync, ids: readonly number[], by: string, now: number): SomeWritten {
  const refused = missingOf(database, ids).map(gone);
  const list = JSON.stringify(ids);
  const columns = userColumns(database);
  database
    .prepare(
      `INSERT INTO removed_users (${columns}, removed_at, removed_by)
       SELECT ${columns}, ?, ? FROM users WHERE id IN (SELECT value FROM json_each(?))`,
    )
    .run(now, by, list);
  database.prepare('INSERT INTO users_unindexed (user_id) SELECT id FROM users WHERE id IN (SELECT value FROM json_each(?))').run(list);
  const { changes } = database.prepare('DELETE FROM users WHERE id IN (SELECT value FROM json_each(?))').run(list);
  return { changed: Number(changes), refused };
}

/**
 * Brings users back inside the caller's transaction; those who are in the list already stay as they are. Who would have the
 * username or directory id of somebody else stays in the bin; of two removed users with the same one, the last removed comes back.
 */
export function restoreSome(database: DatabaseSync, ids: readonly number[], now: number): SomeWritten {
  // Whoever is in the list already, because a removal was stopped or somebody else was faster, is where he belongs.
  const refused = missingOf(database, missingOf(database, ids, 'removed_users')).map(gone);
  const list = JSON.stringify(ids);
  const columns = userColumns(database);
  // IGNORE: the unique indexes say who is in the way, also among those who come back together.
  database
    .prepare(
      `INSERT OR IGNORE INTO users (${columns})
       SELECT ${columns} FROM removed_users WHERE id IN (SELECT value FROM json_each(?)) ORDER BY removed_at DESC, id DESC`,
    )
    .run(list);
  const restored = database
    .prepare('SELECT id FROM removed_users r WHERE id IN (SELECT value FROM json_each(?)) AND EXISTS (SELECT 1 FROM users WHERE id = r.id)')
    .all(list)
    .map((row) => Number(row['id']));
  database.prepare('DELETE FROM removed_users WHERE id IN (SELECT value FROM json_each(?))').run(JSON.stringify(restored));
  if (restored.length > 0) refreshUsers(database, restored, now);
  return { changed: restored.length, refused: [...refused, ...conflicts(database, list)] };
}

function conflicts(database: DatabaseSync, list: string): Refused[] {
  const rows = database
    .prepare(
      `SELECT r.username, n.username AS by_name, d.username AS by_id FROM removed_users r
       LEFT JOIN users n ON n.username_key = r.username_key LEFT JOIN users d ON d.directory_id = r.directory_id
       WHERE r.id IN (SELECT value FROM json_each(?)) ORDER BY r.id`,
    )
    .all(list) as { username: string; by_name: string | null; by_id: string | null }[];
  return rows.map(({ username, by_name, by_id }) =>
    by_name === null
      ? { name: username, reason: 'directory-id-taken', holder: by_id ?? '' }
      : { name: username, reason: 'username-taken', holder: by_name },
  );
}

/** Forgets removed users for good, inside the caller's transaction. Users who are not in the bin are left alone. */
export function forgetSome(database: DatabaseSync, ids: readonly number[], now: number): SomeWritten {
  const refused = missingOf(database, ids, 'removed_users').map(gone);
  const forgotten = database
    .prepare('DELETE FROM removed_users WHERE id IN (SELECT value FROM json_each(?)) RETURNING id')
    .all(JSON.stringify(ids))
    .map((row) => Number(row['id']));
  const list = JSON.stringify(forgotten);
  for (const table of belongings) database.prepare(`DELETE FROM ${table} WHERE user_id IN (SELECT value FROM json_each(?))`).run(list);
  database
    .prepare('UPDATE oath_tokens SET user_id = NULL, updated_at = ? WHERE user_id IN (SELECT value FROM json_each(?))')
    .run(now, list);
  return { changed: forgotten.length, refused };
}

/** Who is in the recycle bin, last removed first. The connection needs `addUserFunctions`. */
export function listRemoved(
  database: DatabaseSync,
  { search, offset, limit }: { search: string; offset: number; limit: number },
): { users: RemovedUserRow[]; total: number } {
  const text = foldedSql(
    `(username || char(10) || first_name || ' ' || last_name || char(10) || last_name || ', ' || first_name || char(10) || email)`,
  );
  const words = fold(search).split(/\s+/u).filter(Boolean);
  const where = words.map(() => `instr(${text}, ?)`).join(' AND ') || '1';
  const { total } = database.prepare(`SELECT count(*) AS total FROM removed_users WHERE ${where}`).get(...words) as { total: number };
  const rows = database
    .prepare(
      `SELECT id, username, first_name AS firstName, last_name AS lastName, email, removed_at AS removedAt, removed_by AS removedBy
       FROM removed_users WHERE ${where} ORDER BY removed_at DESC, id DESC LIMIT ? OFFSET ?`,
    )
    .all(...words, limit, offset);
  return { users: rows.map((row) => ({ ...row }) as unknown as RemovedUserRow), total };
}

export function listRemovedBefore(database: DatabaseSync, instant: number, limit: number): number[] {
  const rows = database.prepare('SELECT id FROM removed_users WHERE removed_at < ? ORDER BY removed_at LIMIT ?').all(instant, limit);
  return rows.map((row) => Number(row['id']));
}
