import type { ConsoleClient } from '../../app/client.tsx';
import { saveFile } from '../../ui/saveFile.ts';

/** Excel takes a CSV file without it for Windows-1252 and breaks every accent. */
export const byteOrderMark = '\uFEFF';

/**
 * Reads the report of a job part by part. The first part begins with a byte order mark.
 */
export async function readCsvParts(client: Pick<ConsoleClient, 'imports'>, jobId: string, signal?: AbortSignal): Promise<string[]> {
  const parts: string[] = [];
  let after: number | null = 0;
  while (after !== null) {
    const part: { text: string; next: number | null } = await client.imports.csv({ jobId, after }, signal ? { signal } : undefined);
    parts.push(part.text);
    // A server that does not move on would keep us here for ever.
    after = part.next !== null && part.next > after ? part.next : null;
  }
  if (!parts[0]?.startsWith(byteOrderMark)) parts.unshift(byteOrderMark);
  return parts;
}

/** `import-2026-11-22.csv`, by the date of the computer on which the file is saved. */
export function csvFileName(at: Date, what = 'import'): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${what}-${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}.csv`;
}

/** Hands a CSV file to whoever looks at the page. */
export function downloadCsv(fileName: string, parts: readonly BlobPart[]): void {
  saveFile(fileName, 'text/csv;charset=utf-8', parts);
}
