import type { DatabaseSync } from 'node:sqlite';
import type { ImportOutcome, ImportSummary } from '../../../shared/contract/imports.contract.ts';
import { everyOutcome, outcomeName, outcomeNumber } from './outcomes.ts';

/** Every so many rows of a list its position is noted, so that no window is far from a known place. */
const markDistance = 1000;
/** Passing over fewer rows than this takes no longer than a few milliseconds anyway. */
const marksFrom = 200_000;

/** Number of a list that can be asked for: all rows or those of one outcome, with or without warnings. */
export function listNumber(outcome: ImportOutcome | undefined, onlyWarnings: boolean): number {
  return (outcome === undefined ? everyOutcome : outcomeNumber(outcome)) + (onlyWarnings ? 10 : 0);
}

export const noCounts: ImportSummary['counts'] = { add: 0, update: 0, unchanged: 0, skipped: 0, warnings: 0 };

/** Counts of `staging.verdicts`; `warnings` is the number of people with at least one. */
export function countOutcomes(database: DatabaseSync): ImportSummary['counts'] {
  const counts = { ...noCounts };
  const rows = database.prepare('SELECT outcome, count(*) AS n FROM staging.verdicts GROUP BY outcome').all() as {
    outcome: number;
    n: number;
  }[];
  for (const { outcome, n } of rows) {
    const name = outcomeName(outcome);
    if (name !== undefined) counts[name] = n;
  }
  const warned = database.prepare('SELECT count(*) AS n FROM staging.people WHERE warnings IS NOT NULL').get() as { n: number };
  return { ...counts, warnings: warned.n };
}

/** Prepares `staging` for being read in windows: indexes, and marks every thousandth row of each list. */
export function indexReport(database: DatabaseSync): void {
  database.exec(`
    DROP TABLE IF EXISTS staging.marks;
    DROP TABLE IF EXISTS staging.warned;
    DROP INDEX IF EXISTS staging.verdicts_outcome;
    CREATE INDEX staging.verdicts_outcome ON verdicts (outcome, seq);
    CREATE TABLE staging.warned (outcome INTEGER NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (outcome, seq)) WITHOUT ROWID;
    INSERT INTO staging.warned
      SELECT v.outcome, p.seq FROM staging.people p JOIN staging.verdicts v USING (seq) WHERE p.warnings IS NOT NULL ORDER BY 1, 2;
    INSERT INTO staging.warned SELECT ${everyOutcome}, seq FROM staging.warned ORDER BY seq;
    CREATE TABLE staging.marks (list INTEGER NOT NULL, position INTEGER NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (list, position)) WITHOUT ROWID;
  `);
  const { total } = database.prepare('SELECT max(seq) AS total FROM staging.verdicts').get() as { total: number | null };
  if ((total ?? 0) < marksFrom) return;
  for (const [table, first] of [
    ['verdicts', 0],
    ['warned', 10],
  ] as const) {
    database.exec(`
      INSERT INTO staging.marks
        SELECT outcome + ${first}, position, seq FROM
          (SELECT outcome, seq, row_number() OVER (PARTITION BY outcome ORDER BY seq) - 1 AS position FROM staging.${table})
        WHERE position % ${markDistance} = 0;
    `);
  }
}

/** SQL of the sequence numbers of a list, from `:from` on, in order. The list of all rows is dense: it needs no marks. */
export function listRows(outcome: ImportOutcome | undefined, onlyWarnings: boolean): string {
  const number = outcome === undefined ? everyOutcome : outcomeNumber(outcome);
  if (onlyWarnings) return `SELECT seq FROM warned WHERE outcome = ${number} AND seq >= :from ORDER BY seq`;
  if (outcome === undefined) return 'SELECT seq FROM verdicts WHERE seq >= :from ORDER BY seq';
  return `SELECT seq FROM verdicts WHERE outcome = ${number} AND seq >= :from ORDER BY seq`;
}

/** The nearest marked row at or before `offset`: where to start, and how many rows to pass over from there. */
export function nearestMark(
  database: DatabaseSync,
  outcome: ImportOutcome | undefined,
  onlyWarnings: boolean,
  offset: number,
): { readonly from: number; readonly skip: number } {
  if (outcome === undefined && !onlyWarnings) return { from: offset + 1, skip: 0 };
  const mark = database
    .prepare('SELECT position, seq FROM marks WHERE list = ? AND position <= ? ORDER BY position DESC LIMIT 1')
    .get(listNumber(outcome, onlyWarnings), offset) as { position: number; seq: number } | undefined;
  return mark ? { from: mark.seq, skip: offset - mark.position } : { from: 0, skip: offset };
}
