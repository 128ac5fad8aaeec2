import type { LogFilter, LogLevel, LogLine } from '../../../shared/contract/logs.contract.ts';

/** A line of a file. */
export interface FoundLine {
  readonly line: LogLine;
  /** Bytes of the file before the line, and with it. */
  readonly start: number;
  readonly end: number;
}

const longestRaw = 65_536;
/** As pino numbers them; between two of them counts the lower. */
const leastNumber: Readonly<Record<LogLevel, number>> = { debug: 0, info: 30, warning: 40, error: 50 };

/** Level number of a line of pino, whose first field it is; undefined for another line. */
function levelNumber(bytes: Uint8Array, start: number): number | undefined {
  // {"level":30,
  if (bytes[start] !== 0x7b || bytes[start + 8] !== 0x3a) return undefined;
  let number = 0;
  for (let at = start + 9; at < start + 12; at++) {
    const digit = (bytes[at] ?? 0) - 0x30;
    if (digit < 0 || digit > 9) break;
    number = number * 10 + digit;
  }
  return number;
}

function levelOf(number: number): LogLevel {
  if (number >= leastNumber.error) return 'error';
  if (number >= leastNumber.warning) return 'warning';
  return number >= leastNumber.info ? 'info' : 'debug';
}

/** Tells cheaply which parts of a file and which lines may fit a filter. */
export interface LineTest {
  /** False when no line of these bytes can fit. */
  mayHold(block: Buffer): boolean;
  /** Whether the line between these bytes may fit. */
  mayFit(block: Buffer, start: number, end: number): boolean;
  /** Whether a line that may fit does. */
  fits(line: LogLine): boolean;
}

/** As text lies in a line of JSON. */
const inJson = (text: string) => JSON.stringify(text).slice(1, -1).toLowerCase();

export function createLineTest(filter: LogFilter): LineTest {
  const { component = '', user = '', ref = '', text = '', level = 'debug' } = filter;
  const parts = [component && `"${inJson(component)}"`, inJson(user), ref && `"ref":"${inJson(ref)}`, inJson(text)].filter(
    (part) => part !== '',
  );
  const least = leastNumber[level];
  // A byte is a letter then, which is quicker; what else is in the line cannot look like one of these.
  const encoding = parts.every((part) => /^[\x20-\x7e]*$/.test(part)) ? 'latin1' : 'utf8';
  const holds = (lower: string) => parts.every((part) => lower.includes(part));

  return {
    mayHold: (block) => parts.length === 0 || holds(block.toString(encoding).toLowerCase()),
    mayFit(block, start, end) {
      if (least > 0 && (levelNumber(block, start) ?? leastNumber.info) < least) return false;
      return parts.length === 0 || holds(block.toString(encoding, start, end).toLowerCase());
    },
    fits: (line) => component === '' || line.component.toLowerCase() === component.toLowerCase(),
  };
}

/** Reads a line. `id` tells it from all others. */
export function parseLine(bytes: Buffer, id: string): LogLine {
  const raw = bytes.toString('utf8', 0, Math.min(bytes.length, longestRaw));
  const fields = fieldsOf(bytes.length > longestRaw ? bytes.toString('utf8') : raw);
  if (!fields) return { id, at: null, level: 'info', host: '', component: '', user: '', ref: '', message: raw.slice(0, 512), raw };
  const at = typeof fields['time'] === 'string' ? Date.parse(fields['time']) : Number.NaN;
  return {
    id,
    at: Number.isNaN(at) ? null : at,
    level: levelOf(Number(fields['level'])),
    host: textOf(fields['host']),
    component: textOf(fields['service']) || textOf(fields['component']),
    user: textOf(fields['user']) || textOf(fields['username']),
    ref: textOf(fields['ref']),
    message: messageOf(fields),
    raw,
  };
}

function fieldsOf(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? (parsed as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** What was logged, and where it is an error what the error says: the one tells little without the other. */
function messageOf(fields: Readonly<Record<string, unknown>>): string {
  const { err } = fields;
  const reason = typeof err === 'object' && err !== null && 'message' in err ? textOf(err.message) : '';
  return [textOf(fields['msg']), reason].filter((part) => part !== '').join(' ');
}
