/** Codes that let somebody sign in to the page of an activation authority, each once. */
export const authorityPage = `
CREATE TABLE page_codes (
  -- SHA-256; the code itself is kept nowhere.
  digest TEXT PRIMARY KEY,
  -- Who made it, and is signed in by it.
  account TEXT NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT;
`;
