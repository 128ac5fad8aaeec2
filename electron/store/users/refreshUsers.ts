import type { DatabaseSync } from 'node:sqlite';
import { completeSql } from './userCompleteness.ts';

/** What the tables beside `users` say; users carry it so that lists and filters look at one row. */
const belongings = {
  has_pin: 'EXISTS (SELECT 1 FROM user_pins WHERE user_id = users.id)',
  has_app: 'EXISTS (SELECT 1 FROM user_devices WHERE user_id = users.id)',
  has_token: 'EXISTS (SELECT 1 FROM oath_tokens WHERE user_id = users.id)',
} as const;

const isBelonging = (column: string): column is keyof typeof belongings => Object.hasOwn(belongings, column);

/**
 * To be called by whoever changed PINs, devices, tokens or tags of these users, in the same transaction: brings `has_pin`,
 * `has_app`, `has_token` and `complete` up to date, raises the revision, and notes the users for lists and search.
 * `now` in milliseconds. Ids without a user are passed over.
 */
export function refreshUsers(database: DatabaseSync, ids: readonly number[], now: number): void {
  const list = JSON.stringify(ids);
  const sets = Object.entries(belongings).map(([column, sql]) => `${column} = ${sql}`);
  const complete = completeSql((column) => (isBelonging(column) ? belongings[column] : column));
  database
    .prepare(
      `UPDATE users SET ${sets.join(', ')}, complete = ${complete}, revision = revision + 1, updated_at = ?
       WHERE id IN (SELECT value FROM json_each(?))`,
    )
    .run(now, list);
  database.prepare('INSERT INTO users_unindexed (user_id) SELECT value FROM json_each(?)').run(list);
}
