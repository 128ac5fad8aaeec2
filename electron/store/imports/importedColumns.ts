import type { ImportRequest } from '../../../shared/contract/imports.contract.ts';
import type { ImportedField } from '../../../shared/directory/mappingPerson.ts';

/** A column of `users` that an update sets. `next` is SQL over `u` (the user as stored) and `p` (the person as read). */
export interface ImportedColumn {
  readonly column: string;
  readonly next: string;
  /** How the change is called in the report. */
  readonly field: string;
}

const plain: Readonly<Partial<Record<ImportedField, string>>> = {
  username: 'username',
  dn: 'dn',
  firstName: 'first_name',
  lastName: 'last_name',
  email: 'email',
  userGroup: 'user_group',
  description: 'description',
  languageCall: 'language_call',
  languageText: 'language_text',
  languageApp: 'language_app',
  languageOath: 'language_oath',
  accountDisabled: 'account_disabled',
};

/** A number that works is replaced only by one that works: an import must not take away anybody's second factor. */
function phoneColumns(prefix: '' | 'backup_', field: 'phone' | 'backupPhone', extensionField: string): ImportedColumn[] {
  const valid = `${prefix}phone_valid`;
  const next = (column: string): string => `iif(p.${valid} >= u.${valid}, p.${column}, u.${column})`;
  return [
    { column: `${prefix}phone`, next: next(`${prefix}phone`), field },
    { column: valid, next: next(valid), field: `${field}Valid` },
    { column: `${prefix}extension`, next: next(`${prefix}extension`), field: extensionField },
  ];
}

/**
 * What an update sets. Method, mode and PIN are never touched, and nobody is disabled: an update enables people only
 * where the request says so, and never those whose account the directory disables.
 */
export function importedColumns(fields: ReadonlySet<string>, enable: ImportRequest['enable']): ImportedColumn[] {
  const columns = Object.entries(plain)
    .filter(([field]) => fields.has(field))
    .map(([field, column]) => ({ column, next: `p.${column}`, field }));
  // An account that reads fewer attributes than the one before takes nothing away.
  if (fields.has('sid')) columns.push({ column: 'sid', next: `iif(p.sid = '', u.sid, p.sid)`, field: 'sid' });
  if (fields.has('phone')) columns.push(...phoneColumns('', 'phone', 'extension'));
  if (fields.has('backupPhone')) columns.push(...phoneColumns('backup_', 'backupPhone', 'backupExtension'));
  if (enable === 'all') columns.push({ column: 'enabled', next: 'iif(p.account_disabled, u.enabled, 1)', field: 'enabled' });
  return columns;
}

/** SQL: whether a new person `p` is enabled (reference §2.9). Accounts that the directory disables never are. */
export function enabledOfNew(enable: ImportRequest['enable']): string {
  switch (enable) {
    case 'none':
      return '0';
    case 'new-with-phone':
      return 'p.phone_valid AND NOT p.account_disabled';
    case 'new':
    case 'all':
      return 'NOT p.account_disabled';
  }
}
