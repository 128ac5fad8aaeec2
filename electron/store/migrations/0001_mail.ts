/**
 * The outbox. A file of its own: each mail that goes out is written several times, and must not wait for an import that holds the
 * write lock of the users' file.
 */
export const mailTables = `
-- A template as it was when mails were made of it: who changes a template does not change mails that wait.
CREATE TABLE mail_contents (
  id INTEGER PRIMARY KEY,
  hash TEXT NOT NULL UNIQUE,
  template TEXT NOT NULL,
  language TEXT NOT NULL,
  subject TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;

CREATE TABLE mails (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  -- The same for each attempt.
  message_id TEXT NOT NULL UNIQUE,
  -- One action mails one user once, also when it is carried out again after a crash.
  campaign TEXT NOT NULL,
  user_id INTEGER NOT NULL,
  username TEXT NOT NULL,
  to_name TEXT NOT NULL,
  to_address TEXT NOT NULL,
  content_id INTEGER NOT NULL REFERENCES mail_contents (id),
  -- JSON: what the variables stand for, without the PIN
  merge_values TEXT NOT NULL,
  -- The PIN, sealed; null once the mail has gone or was dropped. 'pin_record' names the PIN of the user that it is.
  pin BLOB,
  pin_record TEXT NOT NULL DEFAULT '',
  state TEXT NOT NULL,
  -- 1: may go out even where mails are held
  released INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  -- Which process hands it over, or has; null before.
  sender TEXT,
  reply TEXT NOT NULL DEFAULT '',
  UNIQUE (campaign, user_id)
) STRICT;
CREATE INDEX mails_due ON mails (state, due_at, id);
CREATE INDEX mails_sent ON mails (updated_at) WHERE state = 'sent';

CREATE TABLE mail_attempts (
  mail_id INTEGER NOT NULL REFERENCES mails (id) ON DELETE CASCADE,
  at INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  reply TEXT NOT NULL
) STRICT;
CREATE INDEX mail_attempts_mail ON mail_attempts (mail_id);

-- Why nothing goes out, written by the process that sends, for all others to see.
CREATE TABLE delivery_trouble (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  since INTEGER NOT NULL,
  code TEXT NOT NULL,
  message TEXT NOT NULL,
  next_try_at INTEGER NOT NULL
) STRICT;
`;
