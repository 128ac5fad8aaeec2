import type { DatabaseSync } from 'node:sqlite';

/**
 * Brings users in line with the tokens that they have now: `has_token`, and `complete` for those who sign in with a token
 * (reference §2.5; a token needs no PIN). To be called in the transaction that gave or took the tokens. Users in the recycle
 * bin are kept right too, so that they come back as they are.
 */
export function keepHolders(database: DatabaseSync, userIds: readonly number[], now: number): void {
  if (userIds.length === 0) return;
  const ids = JSON.stringify([...new Set(userIds)]);
  const rightly = (table: string) => `UPDATE ${table} SET
      has_token = EXISTS (SELECT 1 FROM oath_tokens WHERE oath_tokens.user_id = ${table}.id),
      complete = CASE method WHEN 'oath' THEN EXISTS (SELECT 1 FROM oath_tokens WHERE oath_tokens.user_id = ${table}.id) ELSE complete END,
      revision = revision + 1,
      updated_at = ?
    WHERE id IN (SELECT value FROM json_each(?))`;
  database.prepare(rightly('users')).run(now, ids);
  database.prepare(rightly('removed_users')).run(now, ids);
  database.prepare('INSERT INTO users_unindexed (user_id) SELECT id FROM users WHERE id IN (SELECT value FROM json_each(?))').run(ids);
}
