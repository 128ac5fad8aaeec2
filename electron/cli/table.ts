import { printableLine } from './printable.ts';

/** Rows as aligned columns. A cell is one line, whatever it holds. */
export function formatTable(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const clean = rows.map((row) => row.map(printableLine));
  const widths = headings.map((heading, i) => Math.min(60, Math.max(heading.length, ...clean.map((row) => row[i]?.length ?? 0))));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd();
  return [line(headings), line(widths.map((width) => '-'.repeat(width))), ...clean.map(line)].join('\n');
}
