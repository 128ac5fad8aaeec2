import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** One file of a program: `server.3.log`. A higher number is newer. */
export interface LogFile {
  readonly name: string;
  readonly path: string;
  readonly number: number;
  readonly bytes: number;
  readonly changedAt: number;
}

/** Files by program, each list from its oldest to its newest. */
export type LogFiles = ReadonlyMap<string, readonly LogFile[]>;

const logName = /^(?<program>.+)\.(?<number>\d{1,9})\.log$/;

/** The log files that are there now. A folder that does not exist, or is none, has none. */
export function findLogFiles(folder: string): LogFiles {
  const found = new Map<string, LogFile[]>();
  for (const name of namesIn(folder)) {
    const { program, number } = logName.exec(name)?.groups ?? {};
    const path = join(folder, name);
    // A file may be removed by its program at any time.
    const stat = program === undefined ? undefined : statSync(path, { throwIfNoEntry: false });
    if (program === undefined || !stat?.isFile()) continue;
    const file = { name, path, number: Number(number), bytes: stat.size, changedAt: Math.round(stat.mtimeMs) };
    found.set(program, [...(found.get(program) ?? []), file]);
  }
  for (const files of found.values()) files.sort((a, b) => a.number - b.number);
  return found;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return [];
    throw error;
  }
}
