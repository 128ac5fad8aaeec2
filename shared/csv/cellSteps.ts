import type { CsvField } from '../contract/fileImport.ts';
import { modesOf, type Mode } from '../contract/users.contract.ts';
import { isFaithful, textLimits } from '../directory/mappingText.ts';
import { isLanguageCode, isMailAddress } from '../users/enteredText.ts';
import { readFlag, readMethod, readMode, type Words } from './cellWords.ts';
import { looksLikeFormula } from './csvText.ts';
import { parseList } from './listCell.ts';
import type { DoubtfulColumn, RowReading } from './rowReading.ts';
import type { StagedValue } from './stagedValue.ts';

/** Reads some cells of a row into the staged columns that they fill: exactly one value for each of `columns`. */
export interface Step {
  readonly columns: readonly string[];
  read(row: RowReading, values: StagedValue[]): void;
}

/** Columns of text; what a directory brought into them may stay, though no file may bring it. */
export type DoubtfulText = Extract<DoubtfulColumn, 'first_name' | 'last_name' | 'email' | 'user_group' | 'description'>;

/** Printable ASCII that is no formula either: nearly all text, and nothing to look at. */
const plain = /^[!-&(-*.-<>?A-~](?:[ -~]*[!-~])?$/;
const lineEnds = /\r\n?|\u0085/g;
const control = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/;

/** Text, never shortened: what does not fit or is no text is an error of the row. Line ends stay in descriptions only. */
export function textStep(field: CsvField, column: DoubtfulText, limit: number, clears: boolean): Step {
  const empty = clears ? '' : null;
  return {
    columns: [column],
    read(row, values) {
      const raw = row.cell(field);
      if (raw === '') return void values.push(empty);
      const text = plain.test(raw) ? raw : checked(row, field, column, raw);
      if (text.length > limit) row.error('text-too-long', field);
      if (field === 'email' && !isMailAddress(text)) row.doubt('email', 'email-not-valid', field);
      values.push(text);
    },
  };
}

function checked(row: RowReading, field: CsvField, column: DoubtfulText, raw: string): string {
  const lines = raw.replace(lineEnds, '\n');
  const text = (field === 'description' ? lines : lines.replace(/\n+/g, ' ')).replace(/\t/g, ' ');
  if (control.test(text)) row.error('text-control-characters', field, text.replace(/\p{Cc}/gu, '�'));
  // What a directory sent in another encoding is kept as far as it could be read, and an export says it like that.
  if (!isFaithful(text)) row.doubt(column, 'text-not-utf8', field);
  if (looksLikeFormula(text)) row.warn('looks-like-formula', field, text);
  return text;
}

/** Yes or no. An empty cell never changes anything. */
export function flagStep(field: CsvField, column: string): Step {
  return {
    columns: [column],
    read(row, values) {
      const text = row.cell(field);
      const flag = text === '' ? null : readFlag(text);
      if (flag === undefined) row.error('flag-not-known', field);
      values.push(flag ?? null);
    },
  };
}

/** A rule of the user's own; `company` stands for "as Company Settings say". */
export function wordStep<Meaning extends StagedValue>(
  field: CsvField,
  column: string,
  words: Words<Meaning>,
  followsCompany: Words<true>,
  company: StagedValue,
  clears: boolean,
): Step {
  return {
    columns: [column],
    read(row, values) {
      const text = row.cell(field);
      if (text === '') return void values.push(clears ? company : null);
      const meaning = followsCompany(text) ? company : words(text);
      if (meaning === undefined) row.error('rule-not-known', field);
      values.push(meaning ?? null);
    },
  };
}

export function numberStep(
  field: CsvField,
  column: string,
  { min, max }: { readonly min: number; readonly max: number },
  followsCompany: Words<true>,
  clears: boolean,
): Step {
  return {
    columns: [column],
    read(row, values) {
      const text = row.cell(field);
      if (text === '') return void values.push(clears ? -1 : null);
      if (followsCompany(text)) return void values.push(-1);
      const number = /^\d{1,6}$/.test(text) ? Number(text) : -1;
      if (number < min || number > max) row.error('number-out-of-range', field, `${text} (${min}–${max})`);
      values.push(number);
    },
  };
}

/** Method and mode belong together: `text` and `two-way-otp` in two cells, or `text/two-way-otp` in one. */
export function methodStep(): Step {
  return {
    columns: ['method', 'mode'],
    read(row, values) {
      const [methodText = '', modeText = row.cell('mode')] = row.cell('method').split('/', 2);
      const method = methodText === '' ? null : readMethod(methodText);
      const mode: Mode | null | undefined = modeText === '' ? null : readMode(modeText);
      if (method === undefined) row.error('method-not-known', 'method');
      if (mode === undefined) row.error('mode-not-known', row.has('mode') ? 'mode' : 'method');
      if (method === null && mode) row.error('mode-without-method', 'mode');
      if (method && mode && !(modesOf[method] as readonly Mode[]).includes(mode)) {
        row.error('mode-of-other-method', row.has('mode') ? 'mode' : 'method', `${method} / ${mode}`);
      }
      values.push(method ?? null, mode ?? null);
    },
  };
}

const languages = [
  ['languageCall', 'language_call'],
  ['languageText', 'language_text'],
  ['languageApp', 'language_app'],
  ['languageOath', 'language_oath'],
] as const satisfies readonly (readonly [CsvField, DoubtfulColumn])[];

/** One language for all methods (`language`), and one for each; the second wins. */
export function languageSteps(has: (field: CsvField) => boolean, clears: boolean): Step[] {
  return languages
    .filter(([field]) => has(field) || has('language'))
    .map(([field, column]) => ({
      columns: [column],
      read(row, values) {
        const own = row.cell(field);
        const text = own === '' ? row.cell('language') : own;
        if (text === '') return void values.push(clears ? '' : null);
        const source = own === '' ? 'language' : field;
        if (text.length > textLimits.language) row.error('language-not-known', source);
        else if (!isLanguageCode(text)) row.doubt(column, 'language-not-known', source);
        values.push(text);
      },
    }));
}

/** Longer names cannot be filtered by (shared/contract/userFilter.ts). */
const longestName = 128;

/** Several names in one cell. Null: the file does not say it. */
export function listStep(field: 'tags' | 'oathSerial', clears: boolean): (row: RowReading) => readonly string[] | null {
  return (row) => {
    const text = row.cell(field);
    if (text === '') return row.has(field) && clears ? [] : null;
    const names = parseList(text);
    if (names === null || !isFaithful(text) || names.some((name) => name.length > longestName || /\p{Cc}/u.test(name))) {
      row.error('list-not-readable', field);
      return null;
    }
    return names;
  };
}
