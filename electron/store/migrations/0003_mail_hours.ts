/** How many attempts ended how, hour by hour: a chart of the last day must not count the attempts of a million mails. */
export const mailHours = `
CREATE TABLE mail_hours (
  -- Since 1970-01-01 UTC.
  hour INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (hour, outcome)
) STRICT, WITHOUT ROWID;
INSERT INTO mail_hours SELECT at / 3600000, outcome, count(*) FROM mail_attempts GROUP BY 1, 2;
-- Whoever writes an attempt counts it.
CREATE TRIGGER mail_attempts_counted AFTER INSERT ON mail_attempts BEGIN
  INSERT INTO mail_hours VALUES (new.at / 3600000, new.outcome, 1) ON CONFLICT (hour, outcome) DO UPDATE SET count = count + 1;
END;
`;
