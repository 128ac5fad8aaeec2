/**
 * Wrong PINs and codes since the last right one. In this file, and not beside the users: an attempt must be counted before it is
 * answered, also while an import holds the write lock of the users' file.
 */
export const failedAttempts = `
CREATE TABLE failed_attempts (user_id INTEGER PRIMARY KEY, failures INTEGER NOT NULL, last_at INTEGER NOT NULL) STRICT;
`;
