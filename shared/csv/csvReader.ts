import { AppError } from '../contract/errors.ts';
import type { CsvDelimiter } from '../contract/fileImport.ts';

export interface CsvRecord {
  readonly cells: readonly string[];
  /** Line of the file in which the record begins, from 1. A cell may hold line ends, so this is not the number of the record. */
  readonly line: number;
  /** Something stands behind the closing quote of a cell: where the cell ends is a guess. */
  readonly isDoubtful: boolean;
}

export interface CsvReader {
  /** Records that end within this part of the text. */
  push(text: string): CsvRecord[];
  /** The last record. */
  end(): CsvRecord[];
}

/** UTF-16 units. A record that is longer has a quote that is never closed, or the file is no table at all. */
const maxRecordLength = 1_000_000;

const quote = 0x22;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const blank = 0x20;

/**
 * Reads records as RFC 4180 defines them, from text in parts of any size; rows may end in CRLF, LF or CR. More tolerant where
 * spreadsheets are: blanks around quotes, and quotes inside of unquoted cells. Rows without any character are passed over.
 * Both throw AppError `file-not-readable` with the line where a quote opens that is never closed, or where a row begins that has no end.
 *
 * Written here because an import works off a part of the file at a time, in one thread and without waiting for streams, and because
 * the line of a quote that is never closed is known. It takes half the time of csv-parse (e2e/bench/csv.bench.ts).
 */
export function createCsvReader(delimiter: CsvDelimiter): CsvReader {
  const separator = delimiter.charCodeAt(0);
  let rest = '';
  let line = 1;

  function read(text: string, isLast: boolean): CsvRecord[] {
    const records: CsvRecord[] = [];
    let at = 0;
    while (at < text.length) {
      const plainEnd = text.indexOf('\n', at);
      if (plainEnd !== -1) {
        const end = plainEnd > at && text.charCodeAt(plainEnd - 1) === carriageReturn ? plainEnd - 1 : plainEnd;
        const row = text.slice(at, end);
        if (!row.includes('"') && !row.includes('\r')) {
          if (row !== '') records.push({ cells: row.split(delimiter), line, isDoubtful: false });
          line += 1;
          at = plainEnd + 1;
          continue;
        }
      }
      const record = readRecord(text, at, separator, isLast);
      if (record === null) break;
      if (record.cells.length > 1 || record.cells[0] !== '') records.push({ cells: record.cells, line, isDoubtful: record.isDoubtful });
      line += lineEnds(text, at, record.end);
      at = record.end;
    }
    rest = at === 0 ? text : text.slice(at);
    if (rest.length > maxRecordLength || (isLast && rest !== '')) throw notReadable(line, rest);
    return records;
  }

  return {
    push: (text) => read(rest === '' ? text : rest + text, false),
    end: () => read(rest, true),
  };
}

function notReadable(line: number, rest: string): AppError {
  const text = rest.includes('"')
    ? `A quote that opens in the row of line ${line} is never closed.`
    : `The row of line ${line} has more than ${maxRecordLength.toLocaleString('en-US')} characters. This is not a CSV file, or its encoding is another one.`;
  return new AppError('file-not-readable', text, { details: { line } });
}

interface RawRecord {
  readonly cells: string[];
  readonly isDoubtful: boolean;
  /** Where the next record begins. */
  readonly end: number;
}

/** The record at `start`, or null when it does not end within the text. */
function readRecord(text: string, start: number, separator: number, isLast: boolean): RawRecord | null {
  const cells: string[] = [];
  let isDoubtful = false;
  let at = start;
  for (;;) {
    const open = skipBlanks(text, at);
    let cell: string;
    if (text.charCodeAt(open) === quote) {
      const close = closingQuote(text, open + 1);
      // A quote at the very end of a part may be the first of two.
      if (close === -1 || (close === text.length - 1 && !isLast)) return null;
      const after = skipBlanks(text, close + 1);
      const end = endOfCell(text, after, separator);
      cell = text.slice(open + 1, close).replaceAll('""', '"');
      if (end > after) {
        isDoubtful = true;
        cell += text.slice(close + 1, end);
      }
      at = end;
    } else {
      const end = endOfCell(text, at, separator);
      cell = text.slice(at, end);
      at = end;
    }
    if (at >= text.length && !isLast) return null;
    cells.push(cell);
    const stop = text.charCodeAt(at);
    if (stop === separator) {
      at += 1;
      continue;
    }
    if (stop === carriageReturn) {
      if (at + 1 >= text.length && !isLast) return null;
      return { cells, isDoubtful, end: text.charCodeAt(at + 1) === lineFeed ? at + 2 : at + 1 };
    }
    return { cells, isDoubtful, end: Math.min(at + 1, text.length) };
  }
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (text.charCodeAt(at) === blank) at += 1;
  return at;
}

/** The quote that is not doubled, or -1. */
function closingQuote(text: string, from: number): number {
  let at = text.indexOf('"', from);
  while (at !== -1 && text.charCodeAt(at + 1) === quote) at = text.indexOf('"', at + 2);
  return at;
}

function endOfCell(text: string, from: number, separator: number): number {
  for (let at = from; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === separator || unit === lineFeed || unit === carriageReturn) return at;
  }
  return text.length;
}

/** Lines that end within a part: CRLF, LF or CR. */
function lineEnds(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = from; at < to; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === lineFeed || (unit === carriageReturn && text.charCodeAt(at + 1) !== lineFeed)) count += 1;
  }
  return count;
}
