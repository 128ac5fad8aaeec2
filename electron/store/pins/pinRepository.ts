import type { DatabaseSync } from 'node:sqlite';
import type { PinStore } from '../../services/pins/pinPorts.ts';
import { patientTransaction } from '../patientTransaction.ts';
import { pinModes } from '../users/userCompleteness.ts';
import { writePins } from './writePins.ts';

const flag = (stored: unknown) => (stored === null ? null : stored === 1);
const number = (stored: unknown) => stored as number | null;

/** PINs in the users' file, on a connection that may write. */
export function createPinRepository(database: DatabaseSync): PinStore {
  const current = database.prepare('SELECT record, initial FROM user_pins WHERE user_id = ?');
  const earlier = database.prepare('SELECT record FROM user_pin_history WHERE user_id = ? ORDER BY set_at DESC');
  const subjects = database.prepare(
    `SELECT id, phone, backup_phone, pin_can_change, pin_min_length, pin_prevent_weak, pin_expiration_days, pin_history
     FROM users WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id`,
  );
  // Who was there before has another time of creation.
  const withoutPin = database.prepare(
    `SELECT id FROM users WHERE import_job = ? AND created_at = imported_at AND has_pin = 0 AND mode IN (${pinModes}) ORDER BY id`,
  );
  const erase = database.prepare('UPDATE user_pins SET initial = NULL WHERE user_id = ? AND record = ?');

  return {
    records: (userId) => ({
      current: (current.get(userId)?.['record'] as string | undefined) ?? null,
      earlier: earlier.all(userId).map((row) => String(row['record'])),
    }),
    subjects: (userIds) =>
      subjects.all(JSON.stringify(userIds)).map((row) => ({
        id: Number(row['id']),
        phone: String(row['phone']),
        backupPhone: String(row['backup_phone']),
        pinRules: {
          canChange: flag(row['pin_can_change']),
          minLength: number(row['pin_min_length']),
          preventWeak: flag(row['pin_prevent_weak']),
          expirationDays: number(row['pin_expiration_days']),
          history: number(row['pin_history']),
        },
      })),
    newWithoutPin: (importJobId) => withoutPin.all(importJobId).map((row) => Number(row['id'])),
    write: (pins, now, signal) => patientTransaction(database, () => writePins(database, pins, now), signal),
    initial(userId) {
      const row = current.get(userId);
      return row?.['initial'] ? { record: String(row['record']), sealed: row['initial'] as Uint8Array } : null;
    },
    eraseInitial: (told) => patientTransaction(database, () => told.forEach(({ userId, record }) => erase.run(userId, record))),
  };
}
