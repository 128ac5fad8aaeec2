/** What an activation authority keeps: its company, credentials that were given out, and the servers that it activated. */
export const authorityTables = `
CREATE TABLE authority (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  company_id TEXT NOT NULL,
  company_name TEXT NOT NULL,
  -- PEM; its private key is in the vault.
  certificate TEXT NOT NULL,
  -- Sealed by the vault.
  licence_key BLOB NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE credentials (
  email TEXT PRIMARY KEY,
  -- scrypt; the password is kept nowhere.
  password TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  used_at INTEGER
) STRICT;

-- Attempts to activate since the last one that worked, by where they came from and for which address.
CREATE TABLE guesses (
  subject TEXT PRIMARY KEY,
  count INTEGER NOT NULL,
  last_at INTEGER NOT NULL
) STRICT;

CREATE TABLE groups (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  -- The name, folded: unique without regard to letter case.
  name_key TEXT NOT NULL UNIQUE,
  -- Sealed by the vault.
  key BLOB NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE servers (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  -- JSON
  addresses TEXT NOT NULL,
  version TEXT NOT NULL,
  -- Null: activated, but in no group yet.
  group_id TEXT REFERENCES groups (id),
  role TEXT,
  joined_at INTEGER,
  activated_at INTEGER NOT NULL,
  last_seen INTEGER NOT NULL,
  -- 'active', 'left' or 'revoked'
  state TEXT NOT NULL
) STRICT;
CREATE INDEX servers_group ON servers (group_id);

CREATE TABLE certificates (
  sha256 TEXT PRIMARY KEY,
  server_id TEXT NOT NULL REFERENCES servers (id),
  issued_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX certificates_server ON certificates (server_id);
`;
