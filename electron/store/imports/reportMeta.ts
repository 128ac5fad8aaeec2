import type { DatabaseSync } from 'node:sqlite';
import type { CompanySettings } from '../../../shared/contract/companySettings.ts';
import type { ImportSummary } from '../../../shared/contract/imports.contract.ts';

/** What is known of an import besides its rows. Kept in its file, as JSON. */
export interface ImportMeta {
  readonly summary: ImportSummary;
  /** Fields that were read; the others stay as they are. */
  readonly fields: readonly string[];
  /** Of a file: what new users get beyond what it says, as Company Settings were when it was read. */
  readonly userDefaults?: CompanySettings['userDefaults'];
}

export function writeMeta(database: DatabaseSync, meta: ImportMeta, schema = 'main'): void {
  database.prepare(`INSERT OR REPLACE INTO ${schema}.meta (name, value) VALUES ('import', ?)`).run(JSON.stringify(meta));
}

/** Undefined when the file was cut short before it said what it is. */
export function readMeta(database: DatabaseSync, schema = 'main'): ImportMeta | undefined {
  const row = database.prepare(`SELECT value FROM ${schema}.meta WHERE name = 'import'`).get() as { value: string } | undefined;
  return row && (JSON.parse(row.value) as ImportMeta);
}
