import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { Bypass } from '../../../shared/contract/bypasses.contract.ts';
import type { BypassStore } from '../../services/bypasses/bypassService.ts';
import { patientTransaction } from '../patientTransaction.ts';

const isOpen = 'used_at IS NULL AND revoked_at IS NULL AND expires_at > :now';
const columns = `b.id, b.user_id, b.seconds, b.reason, b.started_by, b.started_at, b.expires_at, b.used_at, b.revoked_at, b.revoked_by,
  coalesce(u.username, r.username, '') AS username`;
const tables = 'bypasses b LEFT JOIN users u ON u.id = b.user_id LEFT JOIN removed_users r ON r.id = b.user_id';

/** One-time bypasses in the users' file, on a connection that may write. They stay there as history. */
export function createBypassRepository(database: DatabaseSync): BypassStore {
  const user = database.prepare('SELECT 1 FROM users WHERE id = ?');
  const insert = database.prepare(
    `INSERT INTO bypasses (user_id, seconds, reason, started_by, started_at, expires_at) VALUES (?, ?, ?, ?, ?, ?) RETURNING id`,
  );
  const byId = database.prepare(`SELECT ${columns} FROM ${tables} WHERE b.id = ?`);
  const open = database.prepare(`SELECT ${columns} FROM ${tables} WHERE b.user_id = :user AND ${isOpen} LIMIT 1`);
  const use = database.prepare(`UPDATE bypasses SET used_at = :now WHERE user_id = :user AND ${isOpen}`);
  const revoke = database.prepare(`UPDATE bypasses SET revoked_at = :now, revoked_by = :by WHERE user_id = :user AND ${isOpen}`);
  const lists = {
    open: {
      rows: database.prepare(`SELECT ${columns} FROM ${tables} WHERE ${isOpen} ORDER BY b.id DESC LIMIT :limit OFFSET :offset`),
      count: database.prepare(`SELECT count(*) AS n FROM bypasses WHERE ${isOpen}`),
    },
    all: {
      rows: database.prepare(`SELECT ${columns} FROM ${tables} WHERE :now > 0 ORDER BY b.id DESC LIMIT :limit OFFSET :offset`),
      count: database.prepare('SELECT count(*) AS n FROM bypasses WHERE :now > 0'),
    },
  };

  return {
    start: ({ userId, seconds, reason, startedBy }, now) =>
      patientTransaction(database, () => {
        if (!user.get(userId)) return null;
        revoke.run({ user: userId, by: startedBy, now });
        const row = insert.get(userId, seconds, reason, startedBy, now, now + seconds * 1000);
        return toBypass(byId.get(Number(row?.['id']))!, now);
      }),
    list: ({ show, offset, limit }, now) => ({
      bypasses: lists[show].rows.all({ now, offset, limit }).map((row) => toBypass(row, now)),
      total: Number(lists[show].count.get({ now })?.['n']),
    }),
    openOf(userId, now) {
      const row = open.get({ user: userId, now });
      return row ? toBypass(row, now) : null;
    },
    async use(userId, now) {
      // Nearly nobody has one, and nobody without one should wait for the write lock.
      if (!open.get({ user: userId, now })) return false;
      return patientTransaction(database, () => use.run({ user: userId, now }).changes === 1);
    },
    revoke: (userId, by, now) => patientTransaction(database, () => Number(revoke.run({ user: userId, by, now }).changes)),
  };
}

function toBypass(row: Record<string, SQLOutputValue>, now: number): Bypass {
  const [usedAt, revokedAt, expiresAt] = [row['used_at'], row['revoked_at'], Number(row['expires_at'])] as [
    number | null,
    number | null,
    number,
  ];
  return {
    id: Number(row['id']),
    userId: Number(row['user_id']),
    username: String(row['username']),
    seconds: Number(row['seconds']),
    reason: String(row['reason']),
    startedBy: String(row['started_by']),
    startedAt: Number(row['started_at']),
    expiresAt,
    state: usedAt !== null ? 'used' : revokedAt !== null ? 'revoked' : expiresAt > now ? 'open' : 'expired',
    endedAt: usedAt ?? revokedAt,
    revokedBy: String(row['revoked_by'] ?? ''),
  };
}
