/**
 * What the console itself keeps: settings, sealed secrets, jobs, audit. A file of its own, because an import holds the
 * write lock of the users' file for seconds and must not hold up a progress report or an audit entry.
 */
export const consoleTables = `
CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

CREATE TABLE preferences (account TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (account, name)) STRICT;

-- Sealed by the vault key; 'binding' says what a secret may be used for and is authenticated with it.
CREATE TABLE secrets (binding TEXT PRIMARY KEY, sealed BLOB NOT NULL) STRICT;

CREATE TABLE jobs (
  id TEXT PRIMARY KEY,
  seq INTEGER NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  state TEXT NOT NULL,
  phase TEXT NOT NULL,
  done INTEGER NOT NULL,
  total INTEGER,
  rate REAL NOT NULL,
  remaining_ms REAL,
  started_at INTEGER NOT NULL,
  finished_at INTEGER,
  started_by TEXT NOT NULL,
  host TEXT NOT NULL,
  cancellable INTEGER NOT NULL,
  cancel_requested INTEGER NOT NULL,
  failures INTEGER NOT NULL,
  error TEXT,
  -- Last sign of life of the process that runs it.
  seen_at INTEGER NOT NULL
) STRICT;

CREATE TABLE job_items (
  job_id TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
  seq INTEGER NOT NULL,
  item TEXT NOT NULL,
  code TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (job_id, seq)
) STRICT;

CREATE TABLE audit (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  who TEXT NOT NULL,
  host TEXT NOT NULL,
  what TEXT NOT NULL,
  outcome TEXT NOT NULL,
  code TEXT NOT NULL,
  details TEXT NOT NULL,
  ref TEXT NOT NULL
) STRICT;

CREATE TABLE leases (name TEXT PRIMARY KEY, holder TEXT NOT NULL, expires_at INTEGER NOT NULL) STRICT;
`;
