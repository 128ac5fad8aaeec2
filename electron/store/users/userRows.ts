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
  has_pin: number;
  has_app: number;
  has_token: number;
  must_change_pin: number;
  enabled: number;
  complete: number;
  created_at: number;
  updated_at: number;
}

interface StoredUser extends StoredRow {
  description: string;
  backup_extension: string;
  language_call: string;
  language_text: string;
  language_app: string;
  language_oath: string;
  directory_id: string | null;
  dn: string;
  account_disabled: number;
  import_job: string;
  imported_at: number | null;
  revision: number;
  sid: string;
  pin_set_at: number | null;
  enabled_at: number | null;
  enabled_by: string;
  enabled_job: string;
  global_services: number;
  administrator: number;
  when_disabled: 'succeed' | 'fail' | null;
  can_change_phone: number | null;
  keep_phone_synced: number | null;
  pin_can_change: number | null;
  pin_min_length: number | null;
  pin_prevent_weak: number | null;
  pin_expiration_days: number | null;
  pin_history: number | null;
}

/** What other tables hold of one user. */
interface Belongings {
  readonly isInitialPin: boolean;
  readonly tags: number[];
  readonly devices: UserDetail['devices'];
  readonly tokens: UserDetail['tokens'];
  readonly answered: number[];
}

const rowColumns = `u.id, username, first_name, last_name, email, user_group, phone, phone_valid, extension, backup_phone, backup_phone_valid,
  method, mode, has_pin, has_app, has_token, must_change_pin, enabled, complete, created_at, updated_at`;

export interface UserRows {
  /** The users of these ids, in this order; ids without a user are left out. */
  byIds(ids: ArrayLike<number>): UserRow[];
  get(key: UserKey): UserDetail | null;
}

/** Reads users as the contract shows them. Statements are prepared once per connection. */
export function createUserRows(database: DatabaseSync): UserRows {
  const byIds = database.prepare(`SELECT ${rowColumns} FROM json_each(?) j CROSS JOIN users u ON u.id = j.value ORDER BY j.key`);
  const byId = database.prepare('SELECT * FROM users WHERE id = ?');
  const readBelongings = createBelongingsReader(database);
  const byUsername = database.prepare('SELECT * FROM users WHERE username_key = ?');
  const byDirectoryId = database.prepare('SELECT * FROM users WHERE directory_id = ?');
  // The condition that the index has too.
  const bySid = database.prepare(`SELECT * FROM users WHERE sid = ? AND sid <> '' LIMIT 2`);

  function find(key: UserKey) {
    if ('id' in key) return byId.get(key.id);
    if ('username' in key) return byUsername.get(usernameKey(key.username));
    if ('directoryId' in key) return byDirectoryId.get(key.directoryId);
    const found = bySid.all(key.sid);
    return found.length === 1 ? found[0] : undefined;
  }

  return {
    byIds: (ids) => (byIds.all(JSON.stringify(Array.from(ids))) as unknown as StoredRow[]).map(toRow),
    get(key) {
      const stored = find(key);
      return stored ? toDetail(stored as unknown as StoredUser, readBelongings(Number(stored['id']))) : null;
    },
  };
}

function createBelongingsReader(database: DatabaseSync): (userId: number) => Belongings {
  const initial = database.prepare('SELECT initial IS NOT NULL AS is_initial FROM user_pins WHERE user_id = ?');
  const tags = database.prepare('SELECT tag_id AS id FROM user_tags WHERE user_id = ? ORDER BY tag_id');
  const devices = database.prepare('SELECT id, name, type, activated_at FROM user_devices WHERE user_id = ? ORDER BY activated_at, id');
  const tokens = database.prepare('SELECT id, serial FROM oath_tokens WHERE user_id = ? ORDER BY serial_key');
  const answered = database.prepare('SELECT question_id AS id FROM user_answers WHERE user_id = ? ORDER BY question_id');
  const idsOf = (rows: unknown[]) => (rows as { id: number }[]).map(({ id }) => id);

  return (userId) => ({
    isInitialPin: (initial.get(userId) as { is_initial: number } | undefined)?.is_initial === 1,
    tags: idsOf(tags.all(userId)),
    devices: (devices.all(userId) as unknown as { id: number; name: string; type: string; activated_at: number }[]).map(
      ({ activated_at, ...device }) => ({ ...device, activatedAt: activated_at }),
    ),
    tokens: (tokens.all(userId) as unknown as { id: number; serial: string }[]).map(({ id, serial }) => ({ id, serial })),
    answered: idsOf(answered.all(userId)),
  });
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
    hasPin: stored.has_pin === 1,
    mustChangePin: stored.must_change_pin === 1,
    enabled: stored.enabled === 1,
    complete: stored.complete === 1,
    missing: missingOf({
      method: stored.method,
      mode: stored.mode,
      phone: stored.phone,
      phoneValid: stored.phone_valid === 1,
      hasApp: stored.has_app === 1,
      hasToken: stored.has_token === 1,
      hasPin: stored.has_pin === 1,
    }),
    createdAt: stored.created_at,
    updatedAt: stored.updated_at,
  };
}

const flagOrCompany = (stored: number | null) => (stored === null ? null : stored === 1);

function toDetail(stored: StoredUser, { isInitialPin, ...belongings }: Belongings): UserDetail {
  return {
    ...toRow(stored),
    ...belongings,
    revision: stored.revision,
    enabledSince: stored.enabled_at === null ? null : { at: stored.enabled_at, account: stored.enabled_by, jobId: stored.enabled_job },
    backupExtension: stored.backup_extension,
    description: stored.description,
    globalServices: stored.global_services === 1,
    administrator: stored.administrator === 1,
    whenDisabled: stored.when_disabled,
    canChangePhone: flagOrCompany(stored.can_change_phone),
    keepPhoneSynced: flagOrCompany(stored.keep_phone_synced),
    languages: { call: stored.language_call, text: stored.language_text, app: stored.language_app, oath: stored.language_oath },
    pinRules: {
      canChange: flagOrCompany(stored.pin_can_change),
      minLength: stored.pin_min_length,
      preventWeak: flagOrCompany(stored.pin_prevent_weak),
      expirationDays: stored.pin_expiration_days,
      history: stored.pin_history,
    },
    pin: { setAt: stored.pin_set_at, isInitial: isInitialPin },
    origin: {
      kind: stored.directory_id === null ? 'manual' : 'import',
      directoryId: stored.directory_id ?? '',
      sid: stored.sid,
      dn: stored.dn,
      jobId: stored.import_job,
      importedAt: stored.imported_at,
      accountDisabled: stored.account_disabled === 1,
    },
  };
}
