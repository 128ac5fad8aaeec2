/** Spreadsheets run cells that begin like this as formulas, some also in full width (OWASP, CSV injection); an apostrophe makes them text. */
const formulaStart = /^[=+\-@＝＋－＠\t\r\n]/;
/** What `toText` makes of such a cell, and what must get one apostrophe more so that reading it back is certain. */
const guarded = /^'+[=+\-@＝＋－＠\t\r\n]/;

/** A row of a CSV text, RFC 4180: CRLF, quotes doubled. No cell of it is a formula for a spreadsheet. */
export function csvLine(cells: readonly string[], delimiter = ','): string {
  return `${cells.map((cell) => csvCell(cell, delimiter)).join(delimiter)}\r\n`;
}

export function looksLikeFormula(text: string): boolean {
  return formulaStart.test(text);
}

/** The text of a cell that `csvLine` wrote: the apostrophe in front of what looks like a formula is not part of it. */
export function unguarded(cell: string): string {
  return cell.charCodeAt(0) === 0x27 && guarded.test(cell) ? cell.slice(1) : cell;
}

function csvCell(text: string, delimiter: string): string {
  if (text === '') return '';
  const safe = formulaStart.test(text) || guarded.test(text) ? `'${text}` : text;
  return /["\r\n]/.test(safe) || safe.includes(delimiter) || safe.startsWith(' ') || safe.endsWith(' ')
    ? `"${safe.replaceAll('"', '""')}"`
    : safe;
}
