import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { AppError } from '../../../shared/contract/errors.ts';
import { importOutcomes, type ImportRow } from '../../../shared/contract/imports.contract.ts';
import type { RowWindow } from '../../services/imports/importPorts.ts';
import { toCsv, csvHeading } from './reportCsv.ts';
import { listRows, nearestMark } from './reportIndex.ts';
import { readMeta, type ImportMeta } from './reportMeta.ts';

/** Rows of one part of a CSV text. */
const csvRows = 2000;

interface StoredRow {
  seq: number;
  outcome: number;
  username: string;
  last_name: string;
  first_name: string;
  dn: string;
  reason: string | null;
  taken_by: string | null;
  changes: string | null;
  warnings: string | null;
}

const columns = 'v.seq, v.outcome, p.username, p.last_name, p.first_name, p.dn, v.reason, v.taken_by, v.changes, p.warnings';

/** Opens a report for as long as `work` takes: an open file could not be removed on Windows. Throws AppError `not-found`. */
export function withReport<T>(file: string, work: (database: DatabaseSync, meta: ImportMeta) => T): T {
  const missing = (cause?: unknown): AppError =>
    new AppError('not-found', 'There is no such import, or its report was removed.', { cause });
  if (!existsSync(file)) throw missing();
  const database = new DatabaseSync(file, { readOnly: true, timeout: 100 });
  try {
    const meta = readMeta(database);
    if (meta === undefined) throw missing();
    return work(database, meta);
  } finally {
    database.close();
  }
}

/** One window of the rows; its cost does not depend on the offset. */
export function readRows(database: DatabaseSync, meta: ImportMeta, window: RowWindow): { rows: ImportRow[]; total: number } {
  const { outcome, onlyWarnings, offset, limit } = window;
  const { from, skip } = nearestMark(database, outcome, onlyWarnings, offset);
  const rows = database
    .prepare(
      `SELECT ${columns} FROM (${listRows(outcome, onlyWarnings)} LIMIT :limit OFFSET :skip) list
       JOIN verdicts v USING (seq) JOIN people p USING (seq) ORDER BY v.seq`,
    )
    .all({ from, skip, limit }) as unknown as StoredRow[];
  return { rows: rows.map(toRow), total: totalOf(database, meta, window) };
}

/** Rows after `after` as CSV; the first part begins with the heading. `next` is null at the end. */
export function readCsv(database: DatabaseSync, after: number): { text: string; next: number | null } {
  const rows = (
    database
      .prepare(`SELECT ${columns} FROM verdicts v JOIN people p USING (seq) WHERE v.seq > ? ORDER BY v.seq LIMIT ${csvRows}`)
      .all(after) as unknown as StoredRow[]
  ).map(toRow);
  const last = rows.at(-1);
  return { text: (after === 0 ? csvHeading : '') + toCsv(rows), next: rows.length === csvRows && last ? last.seq : null };
}

function totalOf(database: DatabaseSync, { summary }: ImportMeta, { outcome, onlyWarnings }: RowWindow): number {
  const { counts } = summary;
  if (!onlyWarnings) return outcome ? counts[outcome] : counts.add + counts.update + counts.unchanged + counts.skipped;
  if (!outcome) return counts.warnings;
  const row = database.prepare('SELECT count(*) AS n FROM warned WHERE outcome = ?').get(importOutcomes.indexOf(outcome));
  return (row as { n: number }).n;
}

function toRow(stored: StoredRow): ImportRow {
  return {
    seq: stored.seq,
    outcome: importOutcomes[stored.outcome] ?? 'skipped',
    username: stored.username,
    name: [stored.last_name, stored.first_name].filter((part) => part !== '').join(', '),
    dn: stored.dn,
    ...(stored.reason !== null && { reason: stored.reason as NonNullable<ImportRow['reason']> }),
    ...(stored.taken_by !== null && { takenBy: stored.taken_by }),
    changes: ((stored.changes === null ? [] : JSON.parse(stored.changes)) as [string, string, string][]).map(([field, before, after]) => ({
      field,
      before,
      after,
    })),
    warnings: stored.warnings === null ? [] : (JSON.parse(stored.warnings) as ImportRow['warnings']),
  };
}
