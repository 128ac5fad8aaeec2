import type { DatabaseSync } from 'node:sqlite';

const everyMs = 1_000;

/**
 * Calls back within a second after another connection, of this process or of another, committed a change of users. What else is
 * committed to the file, such as the search index, does not count. `readVersion`: which version of the list the file holds.
 */
export function watchChanges(database: DatabaseSync, readVersion: (database: DatabaseSync) => number, callback: () => void): () => void {
  const statement = database.prepare('PRAGMA data_version');
  const anything = () => Object.values(statement.get() ?? {})[0];
  let [last, lastVersion] = [anything(), readVersion(database)];
  const timer = setInterval(() => {
    const now = anything();
    if (now === last) return;
    last = now;
    const version = readVersion(database);
    if (version === lastVersion) return;
    lastVersion = version;
    callback();
  }, everyMs).unref();
  return () => clearInterval(timer);
}
