import type { DatabaseSync } from 'node:sqlite';

const everyMs = 1_000;

/**
 * Calls back within a second after another connection, of this process or of another, committed something. `readVersion`: which version
 * of a list the file holds, where only its changes count and not, for example, those of a search index.
 */
export function watchChanges(database: DatabaseSync, callback: () => void, readVersion?: (database: DatabaseSync) => number): () => void {
  const statement = database.prepare('PRAGMA data_version');
  const anything = () => Object.values(statement.get() ?? {})[0];
  let [last, lastVersion] = [anything(), readVersion?.(database)];
  const timer = setInterval(() => {
    const now = anything();
    if (now === last) return;
    last = now;
    const version = readVersion?.(database);
    if (readVersion && version === lastVersion) return;
    lastVersion = version;
    callback();
  }, everyMs).unref();
  return () => clearInterval(timer);
}
