/** Rows as aligned columns. Control characters of names become spaces, so that a name cannot move the cursor or fake a line. */
export function formatTable(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const clean = rows.map((row) => row.map((cell) => cell.replace(/[\p{Cc}\p{Cf}]/gu, ' ')));
  const widths = headings.map((heading, i) => Math.min(60, Math.max(heading.length, ...clean.map((row) => row[i]?.length ?? 0))));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd();
  return [line(headings), line(widths.map((width) => '-'.repeat(width))), ...clean.map(line)].join('\n');
}
