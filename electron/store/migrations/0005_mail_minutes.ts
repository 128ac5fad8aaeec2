/**
 * How many recipients the relay has taken mails for, minute by minute, so that a limit for 24 hours holds after a restart and on another host,
 * and costs the same with a million mails. `unknown` counts too: the relay may have taken it.
 */
export const mailMinutes = `
-- To, Cc and Bcc. Of contents that are there already as many as there are @ in them: never too few.
ALTER TABLE mail_contents ADD COLUMN recipients INTEGER NOT NULL DEFAULT 1;
UPDATE mail_contents SET recipients = 1 + length(cc || bcc) - length(replace(cc || bcc, '@', '')) WHERE cc <> '' OR bcc <> '';

CREATE TABLE mail_minutes (
  -- Since 1970-01-01 UTC.
  minute INTEGER PRIMARY KEY,
  recipients INTEGER NOT NULL
) STRICT;
-- What is older counts no more.
INSERT INTO mail_minutes SELECT a.at / 60000, sum(c.recipients) FROM mail_attempts a
  JOIN mails m ON m.id = a.mail_id JOIN mail_contents c ON c.id = m.content_id
  WHERE a.outcome IN ('sent', 'unknown') AND a.at >= (unixepoch() - 2 * 86400) * 1000 GROUP BY 1;
-- Whoever writes an attempt counts its recipients.
CREATE TRIGGER mail_recipients_counted AFTER INSERT ON mail_attempts WHEN new.outcome IN ('sent', 'unknown') BEGIN
  INSERT INTO mail_minutes SELECT new.at / 60000, c.recipients FROM mails m JOIN mail_contents c ON c.id = m.content_id WHERE m.id = new.mail_id
    ON CONFLICT (minute) DO UPDATE SET recipients = recipients + excluded.recipients;
END;
`;
