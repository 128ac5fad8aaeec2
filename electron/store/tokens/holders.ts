import type { DatabaseSync } from 'node:sqlite';
import { refreshUsers } from '../users/refreshUsers.ts';

/**
 * Brings users in line with the tokens that they have now (reference §2.5). To be called in the transaction that gave or took
 * the tokens. Users in the recycle bin are kept right too, so that they come back as they are.
 */
export function keepHolders(database: DatabaseSync, userIds: readonly number[], now: number): void {
  if (userIds.length === 0) return;
  const ids = [...new Set(userIds)];
  refreshUsers(database, ids, now);
  const hasToken = 'EXISTS (SELECT 1 FROM oath_tokens WHERE oath_tokens.user_id = removed_users.id)';
  database
    .prepare(
      `UPDATE removed_users SET has_token = ${hasToken}, complete = CASE method WHEN 'oath' THEN ${hasToken} ELSE complete END
       WHERE id IN (SELECT value FROM json_each(?))`,
    )
    .run(JSON.stringify(ids));
}
