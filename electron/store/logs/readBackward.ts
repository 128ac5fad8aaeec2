import { closeSync, openSync, readSync } from 'node:fs';
import type { LogFile } from './logFiles.ts';
import { parseLine, type FoundLine, type LineTest } from './logLine.ts';
import type { Place } from './logPlace.ts';

const blockBytes = 1_048_576;
/** A line that is longer is cut into pieces. */
const longestLine = 16 * blockBytes;
const newline = 0x0a;

/** Reads the files of one program from a place towards the beginning, a block at a time. */
export interface BackwardReader {
  /** Lines that fit, of the next block, the newest first: none when none of it does, null at the beginning of the oldest file. */
  next(): readonly FoundLine[] | null;
  /** Up to where it has read. */
  place(): Place;
  /** Bytes that were read. */
  readBytes(): number;
  close(): void;
}

/** `files` from the oldest to the newest. What lies beyond `from` is not read. */
export function createBackwardReader(files: readonly LogFile[], from: Place, test: LineTest): BackwardReader {
  let index = files.findLastIndex(({ number }) => number <= from.number);
  let end = index < 0 ? 0 : files[index]!.number === from.number ? Math.min(from.offset, files[index]!.bytes) : files[index]!.bytes;
  let handle: number | undefined;
  let read = 0;

  function close() {
    if (handle !== undefined) closeSync(handle);
    handle = undefined;
  }

  function olderFile(): boolean {
    close();
    index -= 1;
    end = files[index]?.bytes ?? 0;
    return index >= 0;
  }

  /** Whole lines that end at `end`; more than a block where one line is longer than that. Null for a file that is gone. */
  function readBlock(file: LogFile): { readonly bytes: Buffer; readonly start: number } | null {
    handle ??= openOrNothing(file.path);
    if (handle === undefined) return null;
    for (let size = Math.min(blockBytes, end); ; size = Math.min(size * 4, end)) {
      const start = end - size;
      const bytes = Buffer.allocUnsafe(size);
      const count = readSync(handle, bytes, 0, size, start);
      read += count;
      if (count < size) return null;
      if (start === 0) return { bytes, start };
      const first = bytes.indexOf(newline);
      if (first >= 0 && first < size - 1) return { bytes: bytes.subarray(first + 1), start: start + first + 1 };
      if (size >= longestLine) return { bytes, start };
    }
  }

  return {
    next() {
      while (index >= 0 && end === 0) if (!olderFile()) return null;
      const file = files[index];
      if (!file) return null;
      const block = readBlock(file);
      if (!block) {
        end = 0;
        return [];
      }
      end = block.start;
      return test.mayHold(block.bytes) ? linesOf(block, file, test) : [];
    },
    place: () => ({ number: files[index]?.number ?? 0, offset: end }),
    readBytes: () => read,
    close,
  };
}

function linesOf({ bytes, start }: { readonly bytes: Buffer; readonly start: number }, file: LogFile, test: LineTest): FoundLine[] {
  const found: FoundLine[] = [];
  let end = bytes.length;
  if (bytes[end - 1] === newline) end -= 1;
  while (end > 0) {
    const first = bytes.lastIndexOf(newline, end - 1) + 1;
    if (first < end && test.mayFit(bytes, first, end)) {
      const line = parseLine(bytes.subarray(first, end), `${file.name}:${start + first}`);
      if (test.fits(line)) found.push({ line, start: start + first, end: start + end + 1 });
    }
    end = first - 1;
  }
  return found;
}

function openOrNothing(path: string): number | undefined {
  try {
    return openSync(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
