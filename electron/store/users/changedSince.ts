import type { DatabaseSync } from 'node:sqlite';
import { readIds } from './userConnection.ts';

/** Ids of users that changed after `version`, or null when the log does not reach back that far or there are more than `most`. */
export function changedSince(database: DatabaseSync, version: number, most: number): Uint32Array<ArrayBuffer> | null {
  const { first } = database.prepare('SELECT min(seq) AS first FROM users_unindexed').get() as { first: number | null };
  if (first === null || first > version + 1) return null;
  const changed = readIds(database, `SELECT DISTINCT user_id AS id FROM users_unindexed WHERE seq > ? LIMIT ?`, version, most + 1);
  return changed.length > most ? null : changed;
}
