import type { CellError, CellNote, CellWarning, CsvColumn, CsvField } from '../contract/fileImport.ts';
import { excerpt } from '../directory/mappingText.ts';
import type { CsvRecord } from './csvReader.ts';
import { unguarded } from './csvText.ts';

/** Columns whose values a directory may have brought in a form that no file may introduce. The position is the bit in `doubts`. */
export const doubtful = [
  'first_name',
  'last_name',
  'user_group',
  'description',
  'email',
  'phone',
  'backup_phone',
  'extension',
  'backup_extension',
  'language_call',
  'language_text',
  'language_app',
  'language_oath',
] as const;
export type DoubtfulColumn = (typeof doubtful)[number];

/** One row while it is read: its cells by field, and what is found wrong with them. */
export interface RowReading {
  has(field: CsvField): boolean;
  /** Without blanks around it and without the apostrophe that guards formulas; empty where the file has no such column. */
  cell(field: CsvField): string;
  /** The row cannot be imported. `value` is shown to people. */
  error(error: CellError, field: CsvField, value?: string): void;
  warn(warning: CellWarning, field: CsvField, value: string): void;
  /** The value of this column is accepted only where the user has it already. */
  doubt(column: DoubtfulColumn, error: CellError, field: CsvField): void;
}

export interface RowNotes extends RowReading {
  begin(record: CsvRecord): void;
  readonly notes: readonly CellNote[];
  readonly hasErrors: boolean;
  readonly doubts: number;
}

export function createRowReading(columns: readonly CsvColumn[]): RowNotes {
  const places = new Map<CsvField, number>();
  for (const [at, { field }] of columns.entries()) if (field !== null && !places.has(field)) places.set(field, at);
  const headerOf = (field: CsvField): string => columns[places.get(field) ?? -1]?.header ?? field;
  let cells: readonly string[] = [];
  let notes: CellNote[] = [];
  let hasErrors = false;
  let doubts = 0;

  const cell = (field: CsvField): string => {
    const at = places.get(field);
    const raw = at === undefined ? '' : (cells[at] ?? '');
    return raw === '' ? '' : unguarded(raw.trim());
  };
  const note = (warning: CellNote['warning'], field: CsvField, value: string): void => {
    notes.push({ warning, field, value: excerpt(value), column: headerOf(field) });
  };

  return {
    begin(record) {
      cells = record.cells;
      notes = [];
      hasErrors = false;
      doubts = 0;
      if (record.isDoubtful) rowError('quote-misplaced', record.cells.join(' | '));
      if (cells.length < columns.length) rowError('cells-missing', `${cells.length} / ${columns.length}`);
      // Delimiters at the end of a row, as spreadsheets leave them, say nothing.
      if (cells.slice(columns.length).some((extra) => extra.trim() !== ''))
        rowError('cells-too-many', `${cells.length} / ${columns.length}`);
    },
    has: (field) => places.has(field),
    cell,
    error(error, field, value = cell(field)) {
      note(error, field, value);
      hasErrors = true;
    },
    warn: note,
    doubt(column, error, field) {
      note(error, field, cell(field));
      doubts |= 1 << doubtful.indexOf(column);
    },
    get notes() {
      return notes;
    },
    get hasErrors() {
      return hasErrors;
    },
    get doubts() {
      return doubts;
    },
  };

  function rowError(error: CellError, value: string): void {
    notes.push({ warning: error, field: '', value: excerpt(value), column: '' });
    hasErrors = true;
  }
}
