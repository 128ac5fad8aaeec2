/** Filters of users, saved by name for all administrators. `name_key` is the name folded by usernameKey. */
export const savedFilters = `
CREATE TABLE saved_filters (
  name_key TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  filter TEXT NOT NULL,
  saved_by TEXT NOT NULL,
  saved_at INTEGER NOT NULL
) STRICT;
`;
