import type { ImportRow } from '../../../shared/contract/imports.contract.ts';

/** Spreadsheets run cells that begin like this as formulas, some also in full width (OWASP, CSV injection); an apostrophe makes them text. */
const formulaStart = /^[=+\-@＝＋－＠\t\r\n]/;
const needsQuotes = /[",\r\n]/;

export const csvHeading = line(['outcome', 'username', 'name', 'dn', 'reason', 'taken by', 'changes', 'warnings']);

/** One line for each row, RFC 4180: CRLF, quotes doubled. */
export function toCsv(rows: readonly ImportRow[]): string {
  return rows
    .map((row) =>
      line([
        row.outcome,
        row.username,
        row.name,
        row.dn,
        row.reason ?? '',
        row.takenBy ?? '',
        row.changes.map(({ field, before, after }) => `${field}: ${before} → ${after}`).join('; '),
        row.warnings.map(({ warning, field, value }) => `${warning} (${field}: ${value})`).join('; '),
      ]),
    )
    .join('');
}

function line(cells: readonly string[]): string {
  return `${cells.map(cell).join(',')}\r\n`;
}

function cell(text: string): string {
  const safe = formulaStart.test(text) ? `'${text}` : text;
  return needsQuotes.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
