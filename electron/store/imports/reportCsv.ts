import type { ImportRow } from '../../../shared/contract/imports.contract.ts';
import { csvLine } from '../../../shared/csv/csvText.ts';

const heading = ['outcome', 'username', 'name', 'dn', 'reason', 'taken by', 'changes', 'warnings'];

/** The first line of a report; rows of a file begin with their line. */
export const csvHeading = (isFile: boolean): string => csvLine(isFile ? ['line', ...heading] : heading);

/** One line for each row. */
export function toCsv(rows: readonly ImportRow[]): string {
  return rows
    .map((row) =>
      csvLine([
        ...(row.line === undefined ? [] : [String(row.line)]),
        row.outcome,
        row.username,
        row.name,
        row.dn,
        row.reason ?? '',
        row.takenBy ?? '',
        row.changes.map(({ field, before, after }) => `${field}: ${before} → ${after}`).join('; '),
        row.warnings.map(({ warning, field, value, column }) => `${warning} (${column || field || 'row'}: ${value})`).join('; '),
      ]),
    )
    .join('');
}
