import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { AppError } from '../../../shared/contract/errors.ts';
import { isFileImport, type ImportRow } from '../../../shared/contract/imports.contract.ts';
import type { RowWindow } from '../../services/imports/importPorts.ts';
import { outcomeName, outcomeNumber } from './outcomes.ts';
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
  line: number | null;
  reason: string | null;
  taken_by: string | null;
  changes: string | null;
  warnings: string | null;
}

/** A file's rows have a line and no place in a directory. */
function columnsOf({ fields, summary }: ImportMeta): string {
  const person = isFileImport(summary.request)
    ? `${fields.includes('last_name') ? "coalesce(p.last_name, '')" : "''"} AS last_name, ${fields.includes('first_name') ? "coalesce(p.first_name, '')" : "''"} AS first_name, '' AS dn, p.line`
    : 'p.last_name, p.first_name, p.dn, NULL AS line';
  return `v.seq, v.outcome, p.username, ${person}, v.reason, v.taken_by, v.changes, p.warnings`;
}

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
      `SELECT ${columnsOf(meta)} FROM (${listRows(outcome, onlyWarnings)} LIMIT :limit OFFSET :skip) list
       JOIN verdicts v USING (seq) JOIN people p USING (seq) ORDER BY v.seq`,
    )
    .all({ from, skip, limit }) as unknown as StoredRow[];
  return { rows: rows.map(toRow), total: totalOf(database, meta, window) };
}

/** Rows after `after` as CSV; the first part begins with the heading. `next` is null at the end. */
export function readCsv(database: DatabaseSync, meta: ImportMeta, after: number): { text: string; next: number | null } {
  const rows = (
    database
      .prepare(`SELECT ${columnsOf(meta)} FROM verdicts v JOIN people p USING (seq) WHERE v.seq > ? ORDER BY v.seq LIMIT ${csvRows}`)
      .all(after) as unknown as StoredRow[]
  ).map(toRow);
  const last = rows.at(-1);
  return {
    text: (after === 0 ? csvHeading(isFileImport(meta.summary.request)) : '') + toCsv(rows),
    next: rows.length === csvRows && last ? last.seq : null,
  };
}

function totalOf(database: DatabaseSync, { summary }: ImportMeta, { outcome, onlyWarnings }: RowWindow): number {
  const { counts } = summary;
  if (!onlyWarnings)
    return outcome ? (counts[outcome] ?? 0) : counts.add + counts.update + counts.unchanged + counts.skipped + (counts.error ?? 0);
  if (!outcome) return counts.warnings;
  const row = database.prepare('SELECT count(*) AS n FROM warned WHERE outcome = ?').get(outcomeNumber(outcome));
  return (row as { n: number }).n;
}

function toRow(stored: StoredRow): ImportRow {
  return {
    seq: stored.seq,
    outcome: outcomeName(stored.outcome) ?? 'skipped',
    username: stored.username,
    name: [stored.last_name, stored.first_name].filter((part) => part !== '').join(', '),
    dn: stored.dn,
    ...(stored.line !== null && { line: stored.line }),
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
