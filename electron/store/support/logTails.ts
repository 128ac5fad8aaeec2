import { closeSync, openSync, readSync } from 'node:fs';
import { findLogFiles, type LogFile } from '../logs/logFiles.ts';

/** So much of the newest log files goes into a bundle. */
const mostBytes = 8 * 1024 * 1024;
const blockBytes = 256 * 1024;

export interface LogTail {
  readonly file: LogFile;
  /** Where the part that is taken begins. */
  readonly from: number;
}

/** The newest files, the last of them from somewhere in its middle. */
export function newestLogs(folder: string, limit = mostBytes): LogTail[] {
  const newest = [...findLogFiles(folder).values()].flat().toSorted((a, b) => b.changedAt - a.changedAt);
  const taken: LogTail[] = [];
  let left = limit;
  for (const file of newest) {
    if (left <= 0) break;
    taken.push({ file, from: Math.max(0, file.bytes - left) });
    left -= file.bytes;
  }
  return taken;
}

/** The whole lines of a tail, some at a time. A file that is gone by then has none. */
export function* linesOf({ file, from }: LogTail): Generator<string[]> {
  let handle: number;
  try {
    handle = openSync(file.path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  try {
    const block = Buffer.alloc(blockBytes);
    let rest = Buffer.alloc(0);
    let isCut = from > 0;
    for (let at = from; at < file.bytes;) {
      const read = readSync(handle, block, 0, Math.min(blockBytes, file.bytes - at), at);
      if (read === 0) break;
      at += read;
      const bytes = Buffer.concat([rest, block.subarray(0, read)]);
      const end = bytes.lastIndexOf(0x0a) + 1;
      rest = bytes.subarray(end);
      const lines = bytes.toString('utf8', 0, end).split('\n').slice(0, -1);
      yield isCut ? lines.slice(1) : lines;
      isCut &&= end === 0;
    }
    if (rest.length > 0 && !isCut) yield [rest.toString('utf8')];
  } finally {
    closeSync(handle);
  }
}
