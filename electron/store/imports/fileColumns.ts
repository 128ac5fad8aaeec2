import type { CompanySettings } from '../../../shared/contract/companySettings.ts';
import type { CsvField, FileImportRequest } from '../../../shared/contract/fileImport.ts';
import { methods } from '../../../shared/contract/users.contract.ts';
import { defaultMode } from '../../../shared/users/userDefaults.ts';
import { pinModes } from '../users/userCompleteness.ts';

/** What new users get where the file does not say it. */
export type NewUserDefaults = CompanySettings['userDefaults'];

/** How a value is shown in the report. */
type Kind = 'text' | 'flag' | 'rule' | 'ruleFlag';

/** A column of `users` that a file may set. SQL over `u` (the user as stored) and `p` (the row). */
export interface FileColumn {
  readonly column: string;
  /** How the change is called in the report. */
  readonly field: CsvField | 'phoneValid' | 'backupPhoneValid';
  readonly kind: Kind;
  /** Value after an update. */
  readonly next: string;
  /** Value of a new user. */
  readonly first: string;
}

const sqlText = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** All columns that files may set. `staged` are those that this file says something about; in the others users keep what they have. */
export function fileColumns(
  staged: ReadonlySet<string>,
  request: Pick<FileImportRequest, 'enable'>,
  defaults: NewUserDefaults,
): FileColumn[] {
  /** The row's value, and where it says nothing, `otherwise`. */
  const said = (column: string, otherwise: string): string => (staged.has(column) ? `coalesce(p.${column}, ${otherwise})` : otherwise);

  function text(column: string, field: FileColumn['field'], usual = "''", kind: Kind = 'text'): FileColumn {
    return { column, field, kind, next: said(column, `u.${column}`), first: said(column, usual) };
  }
  const flag = (column: string, field: FileColumn['field'], usual: string): FileColumn => text(column, field, usual, 'flag');

  /** Null in the store is `company` in the row: as Company Settings say. */
  function own(column: string, field: CsvField, kind: 'rule' | 'ruleFlag', company: string): FileColumn {
    if (!staged.has(column)) return { column, field, kind, next: `u.${column}`, first: 'NULL' };
    return {
      column,
      field,
      kind,
      next: `iif(p.${column} IS NULL, u.${column}, nullif(p.${column}, ${company}))`,
      first: `nullif(p.${column}, ${company})`,
    };
  }

  /** An extension belongs to its number: with another number the old one goes. */
  function phone(prefix: '' | 'backup_', field: 'phone' | 'backupPhone', extensionField: 'extension' | 'backupExtension'): FileColumn[] {
    const column = `${prefix}phone`;
    const extension = text(`${prefix}extension`, extensionField);
    const kept = staged.has(column)
      ? `iif(p.${column} IS NULL OR p.${column} = u.${column}, u.${prefix}extension, '')`
      : `u.${prefix}extension`;
    return [text(column, field), flag(`${column}_valid`, `${field}Valid`, '0'), { ...extension, next: said(`${prefix}extension`, kept) }];
  }

  const usualMode = (method: string): string =>
    `CASE ${method} ${methods.map((known) => `WHEN ${sqlText(known)} THEN ${sqlText(defaultMode(defaults, known))}`).join(' ')} END`;
  const method = text('method', 'method', sqlText(defaults.method));
  const mode = text('mode', 'mode', usualMode(method.first));
  const keptMode = staged.has('method') ? `iif(p.method IS NULL OR p.method = u.method, u.mode, ${usualMode('p.method')})` : 'u.mode';
  const dialable = staged.has('phone') ? "(coalesce(p.phone, '') <> '' AND coalesce(p.phone_valid, 0) = 1)" : '0';
  const enabled = { none: '0', new: '1', 'new-with-phone': dialable }[request.enable];

  return [
    text('first_name', 'firstName'),
    text('last_name', 'lastName'),
    text('email', 'email'),
    text('user_group', 'userGroup'),
    text('description', 'description'),
    ...phone('', 'phone', 'extension'),
    ...phone('backup_', 'backupPhone', 'backupExtension'),
    method,
    { ...mode, next: said('mode', keptMode) },
    flag('enabled', 'enabled', enabled),
    flag('must_change_pin', 'mustChangePin', `(${mode.first} IN (${pinModes}))`),
    flag('global_services', 'globalServices', defaults.globalServices ? '1' : '0'),
    flag('administrator', 'administrator', '0'),
    own('when_disabled', 'whenDisabled', 'rule', "'company'"),
    own('can_change_phone', 'canChangePhone', 'ruleFlag', '-1'),
    own('keep_phone_synced', 'keepPhoneSynced', 'ruleFlag', '-1'),
    text('language_call', 'languageCall'),
    text('language_text', 'languageText'),
    text('language_app', 'languageApp'),
    text('language_oath', 'languageOath'),
    own('pin_can_change', 'pinCanChange', 'ruleFlag', '-1'),
    own('pin_min_length', 'pinMinLength', 'rule', '-1'),
    own('pin_prevent_weak', 'pinPreventWeak', 'ruleFlag', '-1'),
    own('pin_expiration_days', 'pinExpirationDays', 'rule', '-1'),
    own('pin_history', 'pinHistory', 'rule', '-1'),
  ];
}

/** SQL of a value as the report shows it. */
export function shownValue({ kind }: FileColumn, value: string): string {
  switch (kind) {
    case 'text':
      return value;
    case 'flag':
      return `iif(${value}, 'true', 'false')`;
    case 'ruleFlag':
      return `CASE ${value} WHEN 1 THEN 'true' WHEN 0 THEN 'false' ELSE 'company' END`;
    case 'rule':
      return `coalesce(CAST(${value} AS TEXT), 'company')`;
  }
}
