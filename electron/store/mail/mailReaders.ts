import type { DatabaseSync } from 'node:sqlite';
import type { Method, Mode } from '../../../shared/contract/users.contract.ts';
import type { MailReader } from '../../services/email/outboxPorts.ts';

const columns = `u.id, u.username, u.first_name, u.last_name, u.email, u.phone, u.extension, u.backup_phone, u.backup_extension, u.method, u.mode,
  u.enabled, u.complete, u.language_call, u.language_text, u.language_app, u.language_oath,
  EXISTS (SELECT 1 FROM user_pins p WHERE p.user_id = u.id AND p.initial IS NOT NULL) AS has_initial_pin`;

/** Reads what mails need to know of some users; those who are no more are left out. For a few hundred at a time. */
export function createMailReaders(database: DatabaseSync): (ids: readonly number[]) => MailReader[] {
  const some = database.prepare(`SELECT ${columns} FROM json_each(?) j JOIN users u ON u.id = j.value ORDER BY u.id`);
  return (ids) =>
    some.all(JSON.stringify(ids)).map((row) => {
      const text = (name: string) => String(row[name]);
      return {
        id: Number(row['id']),
        username: text('username'),
        firstName: text('first_name'),
        lastName: text('last_name'),
        email: text('email'),
        phone: text('phone'),
        extension: text('extension'),
        backupPhone: text('backup_phone'),
        backupExtension: text('backup_extension'),
        method: text('method') as Method,
        mode: text('mode') as Mode,
        enabled: row['enabled'] === 1,
        complete: row['complete'] === 1,
        languages: { call: text('language_call'), text: text('language_text'), app: text('language_app'), oath: text('language_oath') },
        hasInitialPin: row['has_initial_pin'] === 1,
      };
    });
}
