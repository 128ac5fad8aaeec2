import type { DatabaseSync } from 'node:sqlite';
import type { PinAssignment } from '../../services/pins/pinPorts.ts';
import { refreshUsers } from '../users/refreshUsers.ts';

/**
 * Writes prepared PINs of existing users within the transaction that the caller has open, keeps old ones as the history rule
 * asks, and brings the users' rows up to date (`has_pin`, `pin_set_at`, `complete`, revision, search). Who has an initial PIN
 * must change it. `now` in milliseconds. Answers the users whose PIN was written: not those who are gone, nor those whose PIN
 * is another than the one that the new one was checked against.
 */
export function writePins(database: DatabaseSync, pins: readonly PinAssignment[], now: number): number[] {
  const user = database.prepare('SELECT u.pin_set_at, p.record FROM users u LEFT JOIN user_pins p ON p.user_id = u.id WHERE u.id = ?');
  const put = database.prepare('INSERT OR REPLACE INTO user_pins (user_id, record, initial) VALUES (?, ?, ?)');
  const keep = database.prepare('INSERT OR REPLACE INTO user_pin_history (user_id, set_at, record) VALUES (?, ?, ?)');
  const trim = database.prepare(
    `DELETE FROM user_pin_history WHERE user_id = :user AND (set_at, record) NOT IN
     (SELECT set_at, record FROM user_pin_history WHERE user_id = :user ORDER BY set_at DESC LIMIT :kept)`,
  );
  const mark = database.prepare('UPDATE users SET pin_set_at = ?, must_change_pin = max(must_change_pin, ?) WHERE id = ?');

  const written = pins.filter(({ userId, pin }) => {
    const before = user.get(userId) as { pin_set_at: number | null; record: string | null } | undefined;
    if (!before || before.record !== pin.basedOn) return false;
    if (before.record !== null) keep.run(userId, before.pin_set_at ?? 0, before.record);
    // The new PIN is the first of those that count.
    trim.run({ user: userId, kept: Math.max(0, pin.history - 1) });
    put.run(userId, pin.record, pin.initial);
    mark.run(now, pin.initial === null ? 0 : 1, userId);
    return true;
  });
  const ids = written.map(({ userId }) => userId);
  if (ids.length > 0) refreshUsers(database, ids, now);
  return ids;
}

/** Takes PINs away, old ones too, within the transaction that the caller has open. */
export function clearPins(database: DatabaseSync, userIds: readonly number[], now: number): void {
  const list = JSON.stringify(userIds);
  database.prepare('DELETE FROM user_pins WHERE user_id IN (SELECT value FROM json_each(?))').run(list);
  database.prepare('DELETE FROM user_pin_history WHERE user_id IN (SELECT value FROM json_each(?))').run(list);
  database.prepare('UPDATE users SET pin_set_at = NULL WHERE id IN (SELECT value FROM json_each(?))').run(list);
  refreshUsers(database, userIds, now);
}
