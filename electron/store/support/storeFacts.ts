import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { storeFiles } from '../storeFiles.ts';

/** What is in the data folder, by numbers: sizes of files, rows of tables. What cannot be read says why. */
export function readStoreFacts(dataFolder: string): Record<string, unknown> {
  const files = storeFiles(dataFolder);
  return {
    folder: dataFolder,
    files: listFiles(dataFolder),
    databases: Object.fromEntries((['console', 'users', 'mail'] as const).map((name) => [name, aboutDatabase(files[name].file)])),
  };
}

function listFiles(folder: string): unknown {
  return readdirSync(folder, { withFileTypes: true }).map((entry) => {
    const path = join(folder, entry.name);
    if (!entry.isDirectory()) return { name: entry.name, bytes: statSync(path, { throwIfNoEntry: false })?.size ?? null };
    return { name: `${entry.name}/`, files: readdirSync(path).length };
  });
}

function aboutDatabase(file: string): unknown {
  try {
    const database = new DatabaseSync(file, { readOnly: true, timeout: 5_000 });
    try {
      const number = (sql: string) => Object.values(database.prepare(sql).get() ?? {})[0];
      const tables = database.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'`).all();
      return {
        schema: number('PRAGMA user_version'),
        pages: number('PRAGMA page_count'),
        freePages: number('PRAGMA freelist_count'),
        // As a list: the names of some tables are those of secrets.
        tables: tables.map(({ name }) => ({ table: name, rows: number(`SELECT count(*) FROM "${String(name).replaceAll('"', '""')}"`) })),
      };
    } finally {
      database.close();
    }
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}
