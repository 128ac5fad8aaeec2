import { closeSync, openSync, readSync } from 'node:fs';
import type { LogLine } from '../../../shared/contract/logs.contract.ts';
import type { LogReader } from '../../services/logs/logService.ts';
import type { LogFile, LogFiles } from './logFiles.ts';
import { createLineTest, parseLine, type LineTest } from './logLine.ts';
import { readPlaces, writePlaces, type Place } from './logPlace.ts';

/** Of more than this nobody could read the lines as they come. */
const mostBytes = 4 * 1_048_576;
const newline = 0x0a;

type FollowAnswer = Awaited<ReturnType<LogReader['follow']>>;

/** Lines that were written since a place, in the order of their times. A line that is not finished yet comes with the next answer. */
export function followLogs(files: LogFiles, { filter, from }: Parameters<LogReader['follow']>[0]): FollowAnswer {
  const start = readPlaces(from);
  const test = createLineTest(filter);
  const lines: LogLine[] = [];
  const end: Record<string, Place> = {};
  let skippedBytes = 0;
  for (const [program, own] of files) {
    let place = placeIn(own, start[program]);
    for (const file of own) {
      if (file.number < place.number) continue;
      const first = file.number === place.number ? place.offset : 0;
      const skipped = Math.max(0, file.bytes - first - mostBytes);
      skippedBytes += skipped;
      const isNewest = file === own.at(-1);
      const read = readLines(file, first + skipped, { test, isBroken: skipped > 0, isNewest });
      lines.push(...read.lines);
      place = { number: file.number, offset: read.end };
    }
    end[program] = place;
  }
  lines.sort((a, b) => (a.at ?? 0) - (b.at ?? 0));
  return { lines, end: writePlaces(end), skippedBytes };
}

const beginning: Place = { number: 0, offset: 0 };

/** Where to go on. Files that were removed, or emptied, begin anew: what was read of them before is not in them any more. */
function placeIn(files: readonly LogFile[], place: Place = beginning): Place {
  if ((files.at(-1)?.number ?? 0) < place.number) return beginning;
  const isShorter = files.some(({ number, bytes }) => number === place.number && bytes < place.offset);
  return isShorter ? { number: place.number, offset: 0 } : place;
}

interface ReadOptions {
  readonly test: LineTest;
  /** Begins in the middle of a line, which is left out. */
  readonly isBroken: boolean;
  readonly isNewest: boolean;
}

function readLines(file: LogFile, from: number, { test, isBroken, isNewest }: ReadOptions): { lines: LogLine[]; end: number } {
  const bytes = readBytes(file, from);
  const lines: LogLine[] = [];
  let first = isBroken ? bytes.indexOf(newline) + 1 : 0;
  for (let last = bytes.indexOf(newline, first); last >= 0; last = bytes.indexOf(newline, first)) {
    if (last > first && test.mayFit(bytes, first, last)) {
      const line = parseLine(bytes.subarray(first, last), `${file.name}:${from + first}`);
      if (test.fits(line)) lines.push(line);
    }
    first = last + 1;
  }
  return { lines, end: isNewest ? from + first : file.bytes };
}

function readBytes(file: LogFile, from: number): Buffer {
  if (file.bytes <= from) return Buffer.alloc(0);
  const handle = openSync(file.path, 'r');
  try {
    const bytes = Buffer.alloc(file.bytes - from);
    return bytes.subarray(0, readSync(handle, bytes, 0, bytes.length, from));
  } finally {
    closeSync(handle);
  }
}
