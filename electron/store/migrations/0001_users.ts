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
-- People of one name are listed by username.
CREATE INDEX users_name ON users (name_key, username_key);
CREATE INDEX users_import_job ON users (import_job, id);

-- Whoever adds, changes or removes users appends their ids here, in the same transaction and as often as it happens:
-- INSERT INTO users_unindexed (user_id) … . The highest seq ever given is the version of the list (orders and found sets
-- held in memory are good for one version); rows leave from the front as the search index takes them up
-- (see store/users/searchIndex.ts). AUTOINCREMENT, so that an emptied log never gives a number twice.
CREATE TABLE users_unindexed (seq INTEGER PRIMARY KEY AUTOINCREMENT, user_id INTEGER NOT NULL) STRICT;

-- Imports whose changes are in this file, written in the same transaction: the one place that tells whether an import
-- that was interrupted at its end was applied.
CREATE TABLE imports_applied (job_id TEXT PRIMARY KEY, applied_at INTEGER NOT NULL) STRICT;

-- Folded text of each user by trigrams; holds no text itself. Filled by store/users/searchIndex.ts only.
CREATE VIRTUAL TABLE users_search USING fts5 (text, content='', contentless_delete=1, detail=full, tokenize='trigram case_sensitive 1');
`;
