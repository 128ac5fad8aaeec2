import { insertDefaultQuestions } from './defaultQuestions.ts';

/**
 * What the console knows of a user beyond what a directory brings: PIN, tokens, devices, tags, answers, own rules, and the
 * recycle bin. `users` is made anew, because an id must never be given twice (AUTOINCREMENT): what belongs to a removed user
 * waits under his id until he is restored or forgotten.
 *
 * A column that is null where a comment says "company" follows Company Settings.
 */
const userColumns = `
  username TEXT NOT NULL,
  username_key TEXT NOT NULL,
  first_name TEXT NOT NULL DEFAULT '',
  last_name TEXT NOT NULL DEFAULT '',
  name_key TEXT NOT NULL DEFAULT '',
  email TEXT NOT NULL DEFAULT '',
  user_group TEXT NOT NULL DEFAULT '',
  description TEXT NOT NULL DEFAULT '',
  phone TEXT NOT NULL DEFAULT '',
  phone_valid INTEGER NOT NULL DEFAULT 0,
  extension TEXT NOT NULL DEFAULT '',
  backup_phone TEXT NOT NULL DEFAULT '',
  backup_phone_valid INTEGER NOT NULL DEFAULT 0,
  backup_extension TEXT NOT NULL DEFAULT '',
  method TEXT NOT NULL,
  mode TEXT NOT NULL,
  enabled INTEGER NOT NULL,
  complete INTEGER NOT NULL,
  must_change_pin INTEGER NOT NULL DEFAULT 0,
  language_call TEXT NOT NULL DEFAULT '',
  language_text TEXT NOT NULL DEFAULT '',
  language_app TEXT NOT NULL DEFAULT '',
  language_oath TEXT NOT NULL DEFAULT '',
  -- Identifier in the vendor's usual form; null for users that did not come from a directory.
  directory_id TEXT,
  dn TEXT NOT NULL DEFAULT '',
  account_disabled INTEGER NOT NULL DEFAULT 0,
  import_job TEXT NOT NULL DEFAULT '',
  imported_at INTEGER,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  -- Goes up with every change of the user: who edits an older one is told so.
  revision INTEGER NOT NULL DEFAULT 1,
  -- Windows security identifier, S-1-5-…; empty where the directory has none.
  sid TEXT NOT NULL DEFAULT '',
  -- Kept with the tables below by whoever writes them, so that completeness and filters look at one row.
  has_pin INTEGER NOT NULL DEFAULT 0,
  has_app INTEGER NOT NULL DEFAULT 0,
  has_token INTEGER NOT NULL DEFAULT 0,
  pin_set_at INTEGER,
  -- Calls to charged rate zones are allowed.
  global_services INTEGER NOT NULL DEFAULT 1,
  administrator INTEGER NOT NULL DEFAULT 0,
  -- company, or 'succeed', 'fail'
  when_disabled TEXT,
  -- company, or 0, 1
  can_change_phone INTEGER,
  keep_phone_synced INTEGER,
  -- company, or the user's own PIN rules; 0 days: never expires, 0 PINs: no history
  pin_can_change INTEGER,
  pin_min_length INTEGER,
  pin_prevent_weak INTEGER,
  pin_expiration_days INTEGER,
  pin_history INTEGER`;

const kept = `id, username, username_key, first_name, last_name, name_key, email, user_group, description, phone, phone_valid, extension,
  backup_phone, backup_phone_valid, backup_extension, method, mode, enabled, complete, must_change_pin, language_call, language_text,
  language_app, language_oath, directory_id, dn, account_disabled, import_job, imported_at, created_at, updated_at`;

export const people = `
ALTER TABLE users RENAME TO users_before;
DROP INDEX users_username;
DROP INDEX users_directory_id;
DROP INDEX users_name;
DROP INDEX users_import_job;
CREATE TABLE users (id INTEGER PRIMARY KEY AUTOINCREMENT, ${userColumns}
) STRICT;
INSERT INTO users (${kept}) SELECT ${kept} FROM users_before ORDER BY id;
DROP TABLE users_before;
CREATE UNIQUE INDEX users_username ON users (username_key);
CREATE UNIQUE INDEX users_directory_id ON users (directory_id) WHERE directory_id IS NOT NULL;
-- People of one name are listed by username.
CREATE INDEX users_name ON users (name_key, username_key);
CREATE INDEX users_import_job ON users (import_job, id);

-- Which files beside the store hold what was worked out from the users (store/users/keptFiles.ts): of which version of the
-- list, and the SHA-256 of the file.
CREATE TABLE kept_lists (name TEXT PRIMARY KEY, version INTEGER NOT NULL, hash BLOB NOT NULL) STRICT;

-- The recycle bin: a removed user as he was, for 30 days. The tables below keep what belongs to him.
CREATE TABLE removed_users (id INTEGER PRIMARY KEY, ${userColumns},
  removed_at INTEGER NOT NULL,
  removed_by TEXT NOT NULL
) STRICT;
CREATE INDEX removed_users_removed_at ON removed_users (removed_at);

-- A PIN is kept as salted scrypt with its parameters (services/pins). 'initial' is the PIN itself, sealed with a key of the
-- keychain, for as long as it still has to be mailed.
CREATE TABLE user_pins (user_id INTEGER PRIMARY KEY, record TEXT NOT NULL, initial BLOB) STRICT;
CREATE TABLE user_pin_history (user_id INTEGER NOT NULL, set_at INTEGER NOT NULL, record TEXT NOT NULL,
  PRIMARY KEY (user_id, set_at, record)) STRICT, WITHOUT ROWID;

CREATE TABLE tags (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL UNIQUE,
  color TEXT NOT NULL,
  description TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE user_tags (user_id INTEGER NOT NULL, tag_id INTEGER NOT NULL REFERENCES tags (id) ON DELETE CASCADE,
  PRIMARY KEY (user_id, tag_id)) STRICT, WITHOUT ROWID;
CREATE INDEX user_tags_tag ON user_tags (tag_id, user_id);

CREATE TABLE user_devices (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  -- Sealed: where a notification is sent.
  token BLOB NOT NULL,
  activated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX user_devices_user ON user_devices (user_id);

CREATE TABLE oath_tokens (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  serial TEXT NOT NULL,
  serial_key TEXT NOT NULL UNIQUE,
  manufacturer TEXT NOT NULL DEFAULT '',
  model TEXT NOT NULL DEFAULT '',
  -- 'totp' (RFC 6238) or 'hotp' (RFC 4226)
  kind TEXT NOT NULL,
  -- 'SHA1', 'SHA256', 'SHA512'
  algorithm TEXT NOT NULL,
  digits INTEGER NOT NULL,
  -- TOTP: seconds a code lives.
  period INTEGER NOT NULL,
  -- The shared secret, sealed with a key of the keychain. Never shown, never exported.
  secret BLOB NOT NULL,
  -- HOTP: the next counter. TOTP: the time step that was used last; its codes and older ones are refused.
  counter INTEGER NOT NULL DEFAULT 0,
  -- TOTP: by how many steps the token's clock is ahead.
  drift INTEGER NOT NULL DEFAULT 0,
  starts_at INTEGER,
  expires_at INTEGER,
  user_id INTEGER,
  added_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX oath_tokens_user ON oath_tokens (user_id) WHERE user_id IS NOT NULL;

-- The log of each import of a token file, written in the transactions that add its tokens. No secrets.
CREATE TABLE token_imports (job_id TEXT PRIMARY KEY, file TEXT NOT NULL, format TEXT NOT NULL, started_at INTEGER NOT NULL, total INTEGER NOT NULL) STRICT;
CREATE TABLE token_import_rows (job_id TEXT NOT NULL REFERENCES token_imports (job_id) ON DELETE CASCADE, place INTEGER NOT NULL,
  row INTEGER NOT NULL, serial TEXT NOT NULL, added INTEGER NOT NULL, text TEXT NOT NULL, PRIMARY KEY (job_id, place)) STRICT, WITHOUT ROWID;

CREATE TABLE security_questions (id INTEGER PRIMARY KEY AUTOINCREMENT, position INTEGER NOT NULL, language TEXT NOT NULL, text TEXT NOT NULL) STRICT;
${insertDefaultQuestions}
CREATE TABLE user_answers (user_id INTEGER NOT NULL, question_id INTEGER NOT NULL REFERENCES security_questions (id) ON DELETE CASCADE,
  record TEXT NOT NULL, PRIMARY KEY (user_id, question_id)) STRICT, WITHOUT ROWID;

CREATE TABLE bypasses (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id INTEGER NOT NULL,
  seconds INTEGER NOT NULL,
  reason TEXT NOT NULL,
  started_by TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  used_at INTEGER,
  revoked_at INTEGER,
  revoked_by TEXT
) STRICT;
CREATE INDEX bypasses_user ON bypasses (user_id, expires_at);
`;
