import type { DatabaseSync } from 'node:sqlite';
import type { Method, Mode, UserDetail, UserRow } from '../../../shared/contract/users.contract.ts';
import { usernameKey } from '../../../shared/lib/fold.ts';
import { missingOf } from '../../../shared/users/completeness.ts';
import type { UserKey } from '../../services/users/userReader.ts';

interface StoredRow {
  id: number;
  username: string;
  first_name: string;
  last_name: string;
  email: string;
  user_group: string;
  phone: string;
  phone_valid: number;
  extension: string;
  backup_phone: string;
  method: Method;
  mode: Mode;
  backup_phone_valid: number;
  enabled: number;
  complete: number;
  created_at: number;
  updated_at: number;
}

interface StoredUser extends StoredRow {
  description: string;
  backup_extension: string;
  must_change_pin: number;
  language_call: string;
  language_text: string;
  language_app: string;
  language_oath: string;
  directory_id: string | null;
  dn: string;
  account_disabled: number;
  import_job: string;
  imported_at: number | null;
}

const rowColumns = `u.id, username, first_name, last_name, email, user_group, phone, phone_valid, extension, backup_phone, backup_phone_valid,
  method, mode, enabled, complete, created_at, updated_at`;

export interface UserRows {
  /** The users of these ids, in this order; ids without a user are left out. */
  byIds(ids: ArrayLike<number>): UserRow[];
  get(key: UserKey): UserDetail | null;
}

/** Reads users as the contract shows them. Statements are prepared once per connection. */
export function createUserRows(database: DatabaseSync): UserRows {
  const byIds = database.prepare(`SELECT ${rowColumns} FROM json_each(?) j CROSS JOIN users u ON u.id = j.value ORDER BY j.key`);
  const byId = database.prepare('SELECT * FROM users WHERE id = ?');
  const byUsername = database.prepare('SELECT * FROM users WHERE username_key = ?');

  return {
    byIds: (ids) => (byIds.all(JSON.stringify(Array.from(ids))) as unknown as StoredRow[]).map(toRow),
    get(key) {
      const stored = 'id' in key ? byId.get(key.id) : byUsername.get(usernameKey(key.username));
      return stored ? toDetail(stored as unknown as StoredUser) : null;
    },
  };
}

function toRow(stored: StoredRow): UserRow {
  return {
    id: stored.id,
    username: stored.username,
    firstName: stored.first_name,
    lastName: stored.last_name,
    email: stored.email,
    userGroup: stored.user_group,
    phone: stored.phone,
    phoneValid: stored.phone_valid === 1,
    extension: stored.extension,
    backupPhone: stored.backup_phone,
    backupPhoneValid: stored.backup_phone_valid === 1,
    method: stored.method,
    mode: stored.mode,
    enabled: stored.enabled === 1,
    complete: stored.complete === 1,
    createdAt: stored.created_at,
    updatedAt: stored.updated_at,
  };
}

function toDetail(stored: StoredUser): UserDetail {
  const row = toRow(stored);
  return {
    ...row,
    backupExtension: stored.backup_extension,
    // `complete` is what was stored when the user was written; apps and tokens are not kept here.
    missing: row.complete ? [] : missingOf(row),
    mustChangePin: stored.must_change_pin === 1,
    languages: { call: stored.language_call, text: stored.language_text, app: stored.language_app, oath: stored.language_oath },
    description: stored.description,
    origin: {
      kind: stored.directory_id === null ? 'manual' : 'import',
      directoryId: stored.directory_id ?? '',
      dn: stored.dn,
      jobId: stored.import_job,
      importedAt: stored.imported_at,
      accountDisabled: stored.account_disabled === 1,
    },
  };
}
