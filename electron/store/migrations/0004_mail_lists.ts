/**
 * The Outbox with a million mails: how many there are of a state, and which stand at some place of a list, is known from counts of small
 * ranges of ids instead of from the mails.
 */
export const mailLists = `
CREATE INDEX mails_listed ON mails (state, id);
-- All that a search reads.
CREATE INDEX mails_named ON mails (id, username, to_address);

CREATE TABLE mail_blocks (
  state TEXT NOT NULL,
  -- 2048 ids each.
  block INTEGER NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (state, block)
) STRICT, WITHOUT ROWID;
INSERT INTO mail_blocks SELECT state, id / 2048, count(*) FROM mails GROUP BY 1, 2;
-- Whoever writes a mail counts it.
CREATE TRIGGER mails_added AFTER INSERT ON mails BEGIN
  INSERT INTO mail_blocks VALUES (new.state, new.id / 2048, 1) ON CONFLICT (state, block) DO UPDATE SET count = count + 1;
END;
CREATE TRIGGER mails_moved AFTER UPDATE OF state ON mails WHEN new.state <> old.state BEGIN
  UPDATE mail_blocks SET count = count - 1 WHERE state = old.state AND block = old.id / 2048;
  INSERT INTO mail_blocks VALUES (new.state, new.id / 2048, 1) ON CONFLICT (state, block) DO UPDATE SET count = count + 1;
END;
CREATE TRIGGER mails_removed AFTER DELETE ON mails BEGIN
  UPDATE mail_blocks SET count = count - 1 WHERE state = old.state AND block = old.id / 2048;
END;
`;
