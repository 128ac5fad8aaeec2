/**
 * People and what the list of them needs. Text that is searched or sorted without regard to letter case has a folded
 * twin (`*_key`, see shared/lib/fold.ts), because SQLite's NOCASE knows ASCII only.
 */
export const users = `
CREATE TABLE users (
  id INTEGER PRIMARY KEY,
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
  updated_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX users_username ON users (username_key);
CREATE UNIQUE INDEX users_directory_id ON users (directory_id) WHERE directory_id IS NOT NULL;
CREATE INDEX users_name ON users (name_key, id);
CREATE INDEX users_import_job ON users (import_job, id);

-- Users whose text changed since the search index was brought up to date (see store/users/searchIndex.ts).
CREATE TABLE users_unindexed (user_id INTEGER PRIMARY KEY) STRICT;
`;
