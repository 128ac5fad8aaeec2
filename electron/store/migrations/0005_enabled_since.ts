const columns = `
  -- Since when the user is enabled or disabled, who did it, and the job in which it happened; null and empty where nobody noted it.
  ALTER TABLE TABLE_NAME ADD COLUMN enabled_at INTEGER;
  ALTER TABLE TABLE_NAME ADD COLUMN enabled_by TEXT NOT NULL DEFAULT '';
  ALTER TABLE TABLE_NAME ADD COLUMN enabled_job TEXT NOT NULL DEFAULT '';
`;

/** "Why is he disabled?" is what administrators ask when somebody cannot sign in; the recycle bin keeps the answer too. */
export const enabledSince = ['users', 'removed_users'].map((table) => columns.replaceAll('TABLE_NAME', table)).join('');
