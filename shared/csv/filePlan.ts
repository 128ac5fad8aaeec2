import type { CellNote, CsvField, FileImportRequest } from '../contract/fileImport.ts';
import { hasControls, isFaithful, textLimits } from '../directory/mappingText.ts';
import { usernameKey } from '../lib/fold.ts';
import type { CsvRecord } from './csvReader.ts';
import {
  flagStep,
  languageSteps,
  listStep,
  methodStep,
  numberStep,
  textStep,
  wordStep,
  type DoubtfulText,
  type Step,
} from './cellSteps.ts';
import { followsCompany, readFlag, readWhenDisabled } from './cellWords.ts';
import { phoneStep, type PhoneTools } from './phoneStep.ts';
import { createRowReading } from './rowReading.ts';
import type { StagedValue } from './stagedValue.ts';

/** One row of a file, read as far as that is possible without knowing the store. */
export interface FileRow {
  readonly line: number;
  readonly username: string;
  readonly usernameKey: string;
  readonly directoryId: string | null;
  /** In the order of `FilePlan.columns`. */
  readonly values: readonly StagedValue[];
  /** One bit for each column of `doubtful`. */
  readonly doubts: number;
  /** Why the row cannot be imported whatever the store holds. */
  readonly skip: 'no-username' | 'bad-username' | 'row-not-valid' | null;
  readonly notes: readonly CellNote[];
  /** Null: the file does not say it. */
  readonly tags: readonly string[] | null;
  readonly serials: readonly string[] | null;
}

export interface FilePlan {
  /** Columns of `users` that rows say something about. */
  readonly columns: readonly string[];
  /** Pure. Never throws, whatever the file holds. */
  read(record: CsvRecord): FileRow;
}

/** Works out once which column of a file goes where. The order of steps is the order of the staged columns. */
export function planFile(request: Pick<FileImportRequest, 'columns' | 'emptyCells'>, tools: PhoneTools): FilePlan {
  const row = createRowReading(request.columns);
  const clears = request.emptyCells === 'clear';
  const has = (field: CsvField): boolean => row.has(field);
  const steps: Step[] = [];
  const add = (field: CsvField, step: () => Step): void => {
    if (has(field)) steps.push(step());
  };
  const text = (field: CsvField, column: DoubtfulText, limit: number): void => add(field, () => textStep(field, column, limit, clears));
  const flag = (field: CsvField, column: string): void => add(field, () => flagStep(field, column));
  const own = (field: CsvField, column: string): void => add(field, () => wordStep(field, column, readFlag, followsCompany, -1, clears));
  const number = (field: CsvField, column: string, min: number, max: number): void =>
    add(field, () => numberStep(field, column, { min, max }, followsCompany, clears));

  text('firstName', 'first_name', textLimits.firstName);
  text('lastName', 'last_name', textLimits.lastName);
  text('email', 'email', textLimits.email);
  text('userGroup', 'user_group', textLimits.userGroup);
  text('description', 'description', textLimits.description);
  if (has('phone') || has('extension'))
    steps.push(phoneStep('', { phone: 'phone', extension: 'extension', country: 'country' }, tools, clears));
  if (has('backupPhone') || has('backupExtension')) {
    steps.push(phoneStep('backup_', { phone: 'backupPhone', extension: 'backupExtension', country: 'backupCountry' }, tools, clears));
  }
  if (has('method') || has('mode')) steps.push(methodStep());
  flag('enabled', 'enabled');
  flag('mustChangePin', 'must_change_pin');
  flag('globalServices', 'global_services');
  flag('administrator', 'administrator');
  add('whenDisabled', () => wordStep('whenDisabled', 'when_disabled', readWhenDisabled, followsCompany, 'company', clears));
  own('canChangePhone', 'can_change_phone');
  own('keepPhoneSynced', 'keep_phone_synced');
  steps.push(...languageSteps(has, clears));
  own('pinCanChange', 'pin_can_change');
  number('pinMinLength', 'pin_min_length', 4, 16);
  own('pinPreventWeak', 'pin_prevent_weak');
  number('pinExpirationDays', 'pin_expiration_days', 0, 999);
  number('pinHistory', 'pin_history', 0, 10);
  const tags = listStep('tags', clears);
  const serials = listStep('oathSerial', false);

  return {
    columns: steps.flatMap((step) => step.columns),
    read(record) {
      row.begin(record);
      const username = row.cell('username');
      const directoryId = row.cell('directoryId').slice(0, textLimits.directoryId) || null;
      const values: StagedValue[] = [];
      for (const step of steps) step.read(row, values);
      const lists = { tags: tags(row), serials: serials(row) };
      const usable = username.length <= textLimits.username && isFaithful(username) && !hasControls(username);
      const skip = row.hasErrors
        ? 'row-not-valid'
        : !usable
          ? 'bad-username'
          : username === '' && directoryId === null
            ? 'no-username'
            : null;
      const shown = usable ? username : username.replace(/\p{Cc}/gu, '').slice(0, textLimits.username);
      return {
        line: record.line,
        username: shown,
        usernameKey: usernameKey(shown),
        directoryId,
        values,
        doubts: row.doubts,
        skip,
        notes: row.notes,
        ...lists,
      };
    },
  };
}
