import { parse } from 'csv-parse/sync';
import { AppError } from '../../../../shared/contract/errors.ts';
import { tokenAlgorithms, tokenKinds, type TokenFacts } from '../../../../shared/contract/tokens.contract.ts';
import { readSecretKey, secretKeyProblemText, type SecretEncoding } from '../../../../shared/tokens/secretKey.ts';
import { factsProblem, tidyFacts } from '../tokenFacts.ts';
import { readFileDate } from './dates.ts';
import { brokenToken, type FileToken } from './tokenFile.ts';

/** What a column may be called, without blanks, case and punctuation. The first five are those of the original product and its cloud. */
const names = {
  serial: ['serialnumber', 'serial', 'serialno', 'sn', 'tokenserial', 'tokenserialnumber'],
  secret: ['secretkey', 'secret', 'seed', 'key', 'base32secret', 'secretkeybase32', 'secretkeyhex', 'secrethex', 'hexsecret', 'hexseed'],
  interval: ['timeinterval', 'interval', 'timestep', 'period', 'timeintervalseconds', 'timeintervalinseconds'],
  manufacturer: ['manufacturer', 'vendor', 'make'],
  model: ['model', 'type', 'product'],
  username: ['username', 'upn', 'userprincipalname', 'user'],
  kind: ['kind', 'tokentype', 'oathtype'],
  algorithm: ['algorithm', 'hash', 'hmac'],
  digits: ['digits', 'otplength', 'codelength'],
  counter: ['counter', 'movingfactor'],
  startsAt: ['startdate', 'start', 'validfrom'],
  expiresAt: ['expirationdate', 'expirydate', 'expires', 'expiry', 'enddate', 'validto'],
} as const;
type Column = keyof typeof names;
type Columns = Partial<Record<Column, number>>;

/** A problem of one row; the sentence begins with the column where there is one. */
class RowProblem extends Error {}

const delimiters = [',', ';', '\t', '|'] as const;

/**
 * Reads tokens from CSV with a header row. Delimiter and the way that secrets are written (Base32 or hexadecimal) are found
 * out. Throws AppError `token-file-not-valid` for a file that holds no such table.
 */
export function readCsvTokens(text: string): FileToken[] {
  const nul = text.indexOf('\0');
  if (nul >= 0) throw notValid(`The file has a NUL character in line ${lineAt(text, nul)}. It is not text, or it is damaged.`);
  const records = parseRecords(text);
  const [heading, ...rows] = records;
  if (!heading) throw notValid('The file is empty.');
  const columns = columnsOf(heading.cells);
  const encoding = encodingOf(
    heading.cells,
    rows.map(({ cells }) => cells[columns.secret ?? -1] ?? ''),
    columns.secret,
  );
  return rows.map((record) => {
    const serial = (record.cells[columns.serial ?? -1] ?? '').trim();
    try {
      if (record.cells.length !== heading.cells.length)
        throw new RowProblem(`The line has ${record.cells.length} fields; the header has ${heading.cells.length}.`);
      return readRow(record.cells, columns, heading.cells, encoding, record.line);
    } catch (error) {
      if (!(error instanceof RowProblem)) throw error;
      return brokenToken(record.line, serial.slice(0, 100), error.message);
    }
  });
}

const notValid = (message: string) => new AppError('token-file-not-valid', message);

function lineAt(text: string, position: number): number {
  return text.slice(0, position).split('\n').length;
}

function parseRecords(text: string): { line: number; cells: string[] }[] {
  const firstLine = /^[^\r\n]*/.exec(text.trimStart())?.[0] ?? '';
  const delimiter = delimiters.map((each) => [firstLine.split(each).length, each] as const).sort(([a], [b]) => b - a)[0]?.[1] ?? ',';
  try {
    const parsed = parse(text, {
      delimiter,
      info: true,
      relaxColumnCount: true,
      skipEmptyLines: true,
      skipRecordsWithEmptyValues: true,
      maxRecordSize: 65_536,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    return parsed.map(({ record, info }) => ({ line: info.lines, cells: record }));
  } catch (error) {
    const line = typeof error === 'object' && error !== null && 'lines' in error ? ` near line ${String(error.lines)}` : '';
    throw new AppError('token-file-not-valid', `The quotation marks of the CSV file do not match${line}.`, { cause: error });
  }
}

const plainName = (heading: string) => heading.toLowerCase().replace(/[^a-z0-9]/g, '');

function columnsOf(headings: readonly string[]): Columns {
  const columns: Columns = {};
  for (const [index, heading] of headings.entries()) {
    const plain = plainName(heading);
    const found = (Object.keys(names) as Column[]).find((column) => (names[column] as readonly string[]).includes(plain));
    if (!found) continue;
    if (columns[found] !== undefined)
      throw notValid(`Two columns of the header row mean the same: ${headings[columns[found]]} and ${heading}.`);
    columns[found] = index;
  }
  const missing = [columns.serial === undefined && 'serial number', columns.secret === undefined && 'secret key'].filter(
    (each) => each !== false,
  );
  if (missing.length > 0)
    throw notValid(
      `The header row names no column for: ${missing.join(', ')}. The first line must be such as: serial number,secret key,time interval,manufacturer,model`,
    );
  return columns;
}

/** Hexadecimal if the heading says so, or if all secrets are and at least one cannot be Base32. */
function encodingOf(headings: readonly string[], secrets: readonly string[], column: number | undefined): SecretEncoding {
  if (plainName(headings[column ?? -1] ?? '').includes('hex')) return 'hex';
  if (plainName(headings[column ?? -1] ?? '').includes('32')) return 'base32';
  const tidy = secrets.map((secret) => secret.replace(/[\s-]/g, '')).filter((secret) => secret !== '');
  const areHex = tidy.length > 0 && tidy.every((secret) => /^(0x)?([0-9a-f]{2})+$/i.test(secret));
  return areHex && tidy.some((secret) => /[0189]/.test(secret)) ? 'hex' : 'base32';
}

function readRow(
  cells: readonly string[],
  columns: Columns,
  headings: readonly string[],
  encoding: SecretEncoding,
  line: number,
): FileToken {
  const cell = (column: Column) => (columns[column] === undefined ? '' : (cells[columns[column]] ?? '').trim());
  const wrong = (column: Column, what: string) => new RowProblem(`Column ${headings[columns[column] ?? -1] ?? column}: ${what}`);
  const oneOf = <const Choice extends string>(column: Column, choices: readonly Choice[], usual: Choice): Choice => {
    const text = cell(column).toLowerCase().replaceAll('-', '').replace(/^hmac/, '');
    const found = text === '' ? usual : choices.find((choice) => choice.toLowerCase() === text);
    if (found === undefined) throw wrong(column, `one of ${choices.join(', ')} is needed.`);
    return found;
  };
  const number = (column: Column, min: number, max: number, usual: number) => {
    const text = cell(column);
    if (text === '') return usual;
    const value = /^\d{1,15}$/.test(text) ? Number(text) : NaN;
    if (!(value >= min && value <= max)) throw wrong(column, `a whole number from ${min} to ${max} is needed.`);
    return value;
  };
  const date = (column: Column) => {
    const text = cell(column);
    if (text === '') return null;
    const value = readFileDate(text);
    if (value === undefined) throw wrong(column, 'a date such as 2027-01-31 is needed.');
    return value;
  };

  const kind = oneOf('kind', tokenKinds, 'totp');
  const facts: TokenFacts = tidyFacts({
    serial: cell('serial'),
    manufacturer: cell('manufacturer'),
    model: cell('model'),
    kind,
    algorithm: oneOf('algorithm', tokenAlgorithms, 'SHA1'),
    digits: number('digits', 6, 8, 6),
    interval: kind === 'totp' ? number('interval', 10, 600, 30) : 0,
    startsAt: date('startsAt'),
    expiresAt: date('expiresAt'),
  });
  const problem = factsProblem(facts);
  if (problem) throw new RowProblem(problem.text);
  const reading = readSecretKey(cell('secret'), encoding);
  if ('problem' in reading) throw wrong('secret', secretKeyProblemText(reading.problem, encoding));
  const counter = number('counter', 0, Number.MAX_SAFE_INTEGER, 0);
  return { row: line, serial: facts.serial, facts, secret: reading.bytes, counter, drift: 0, username: cell('username'), problem: null };
}
