/** What credentials were used for, so that a server whose answer was lost can be given it again. */
export const repeatedActivation = `
-- SHA-256 of the public key (SPKI) that was certified for them.
ALTER TABLE credentials ADD COLUMN used_key TEXT;
ALTER TABLE credentials ADD COLUMN server_id TEXT REFERENCES servers (id);
-- PEM
ALTER TABLE credentials ADD COLUMN certificate TEXT;
ALTER TABLE credentials ADD COLUMN certificate_expires_at INTEGER;
`;
