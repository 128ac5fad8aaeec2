import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openDatabase } from '../database.ts';
import { users } from './0001_users.ts';
import { people } from './0002_people.ts';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'people-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('takes over everybody of a store that was made before there were PINs, tags and tokens', () => {
  const file = join(folder, 'users.db');
  const old = openDatabase({ file, migrations: [users] });
  old.exec(`
    INSERT INTO users (id, username, username_key, first_name, last_name, name_key, email, user_group, description, phone, phone_valid, extension,
      backup_phone, backup_phone_valid, backup_extension, method, mode, enabled, complete, must_change_pin, language_call, language_text, language_app,
      language_oath, directory_id, dn, account_disabled, import_job, imported_at, created_at, updated_at)
    VALUES (7, 'Anna', 'anna', 'Änna', 'Miller', 'miller	anna', 'a@corp.test', 'Sales', 'text', '+14255550100', 1, '12', '+4930901820', 1, '3', 'text',
      'two-way-otp', 1, 1, 1, 'de', 'en', 'fr', 'es', 'guid-7', 'CN=Anna', 1, 'job-1', 5, 6, 7), (9, 'bob', 'bob', '', '', '', '', '', '', '', 0, '', '', 0, '',
      'call', 'standard', 0, 0, 0, '', '', '', '', NULL, '', 0, '', NULL, 8, 9);
    INSERT INTO users_unindexed (user_id) VALUES (7), (9); INSERT INTO imports_applied VALUES ('job-1', 5)`);
  const before = old.prepare('SELECT * FROM users ORDER BY id').all();
  old.close();

  const migrated = openDatabase({ file, migrations: [users, people] });

  const after = migrated.prepare('SELECT * FROM users ORDER BY id').all();
  expect(after).toEqual(
    before.map((row) => ({
      ...row,
      ...{ revision: 1, sid: '', has_pin: 0, has_app: 0, has_token: 0, pin_set_at: null, global_services: 1, administrator: 0 },
      ...{ when_disabled: null, can_change_phone: null, keep_phone_synced: null, pin_can_change: null, pin_min_length: null },
      ...{ pin_prevent_weak: null, pin_expiration_days: null, pin_history: null },
    })),
  );
  expect(migrated.prepare('SELECT user_id FROM users_unindexed ORDER BY seq').all()).toEqual([{ user_id: 7 }, { user_id: 9 }]);
  expect(migrated.prepare('SELECT job_id FROM imports_applied').all()).toEqual([{ job_id: 'job-1' }]);
  const columnsOf = (table: string) =>
    migrated
      .prepare(`PRAGMA table_info(${table})`)
      .all()
      .map((row) => row['name']);
  // The recycle bin takes a user as he is.
  expect(columnsOf('removed_users')).toEqual([...columnsOf('users'), 'removed_at', 'removed_by']);
  expect(migrated.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
  migrated.exec('DELETE FROM users WHERE id = 9');
  const insert = `INSERT INTO users (username, username_key, method, mode, enabled, complete, created_at, updated_at) VALUES ('carl', 'carl', 'call', 'standard', 1, 0, 1, 1)`;
  expect(migrated.prepare(insert).run().lastInsertRowid).toBe(10);
  expect(() => migrated.exec(insert.replaceAll('carl', 'anna'))).toThrow('UNIQUE');
  migrated.close();
});
