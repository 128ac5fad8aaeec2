/** Windows names are looked up by SID (services/usernames). Users without one cost nothing here. */
export const userSids = `
CREATE INDEX users_sid ON users (sid) WHERE sid <> '';
`;
