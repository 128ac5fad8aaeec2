/** Several names in one cell: `sales; "a;b"; vip`. A name that holds a separator, a quote or blanks at its ends stands in quotes. */
export function formatList(names: readonly string[]): string {
  return names.map((name) => (/[;,"]|^\s|\s$/.test(name) ? `"${name.replaceAll('"', '""')}"` : name)).join('; ');
}

const item = /\s*(?:"((?:[^"]|"")*)"|([^";]*))\s*(;|$)/y;

/** The names of a cell, without empty ones; null when a quote is not closed or something stands behind it. */
export function parseList(cell: string): string[] | null {
  const names: string[] = [];
  item.lastIndex = 0;
  for (;;) {
    const found = item.exec(cell);
    if (found === null) return null;
    const name = found[1] === undefined ? (found[2] ?? '').trim() : found[1].replaceAll('""', '"');
    if (name !== '') names.push(name);
    if (found[3] === '') return names;
  }
}
