import type { DatabaseSync } from 'node:sqlite';

const everyMs = 1_000;

/** Calls back within a second after another connection, of this process or of another, committed to the same file. */
export function watchChanges(database: DatabaseSync, callback: () => void): () => void {
  const statement = database.prepare('PRAGMA data_version');
  const version = () => Object.values(statement.get() ?? {})[0];
  let last = version();
  const timer = setInterval(() => {
    const now = version();
    if (now === last) return;
    last = now;
    callback();
  }, everyMs).unref();
  return () => clearInterval(timer);
}
