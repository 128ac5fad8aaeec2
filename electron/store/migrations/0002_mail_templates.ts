/** What administrators make of the mails that come with the console, and what else belongs to a mail that waits. */
export const mailTemplateTables = `
-- All that a template ever was in one language; the last version holds. Nothing is ever changed or removed here.
CREATE TABLE template_versions (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  template TEXT NOT NULL,
  language TEXT NOT NULL,
  -- From 1 for each template and language.
  version INTEGER NOT NULL,
  at INTEGER NOT NULL,
  by TEXT NOT NULL,
  action TEXT NOT NULL,
  -- The version that was restored.
  restored INTEGER,
  -- JSON; null: what came with the console
  content TEXT,
  UNIQUE (template, language, version)
) STRICT;

ALTER TABLE mail_contents ADD COLUMN format TEXT NOT NULL DEFAULT 'html';
-- Empty: the one of the settings.
ALTER TABLE mail_contents ADD COLUMN from_mailbox TEXT NOT NULL DEFAULT '';
ALTER TABLE mail_contents ADD COLUMN cc TEXT NOT NULL DEFAULT '';
ALTER TABLE mail_contents ADD COLUMN bcc TEXT NOT NULL DEFAULT '';
-- JSON: name, bytes and sha256 of each
ALTER TABLE mail_contents ADD COLUMN attachments TEXT NOT NULL DEFAULT '[]';
`;
