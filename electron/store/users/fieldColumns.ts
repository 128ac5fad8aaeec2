import type { SQLInputValue } from 'node:sqlite';
import { nameKey } from '../../../shared/directory/mappingKeys.ts';
import { usernameKey } from '../../../shared/lib/fold.ts';
import type { UserField, UserFields } from '../../../shared/users/userFields.ts';

/** Where each field is stored. A field without a column does not compile. */
export const columnOf: Readonly<Record<UserField, string>> = {
  username: 'username',
  firstName: 'first_name',
  lastName: 'last_name',
  email: 'email',
  userGroup: 'user_group',
  description: 'description',
  phone: 'phone',
  phoneValid: 'phone_valid',
  extension: 'extension',
  backupPhone: 'backup_phone',
  backupPhoneValid: 'backup_phone_valid',
  backupExtension: 'backup_extension',
  globalServices: 'global_services',
  method: 'method',
  mode: 'mode',
  enabled: 'enabled',
  mustChangePin: 'must_change_pin',
  administrator: 'administrator',
  whenDisabled: 'when_disabled',
  canChangePhone: 'can_change_phone',
  keepPhoneSynced: 'keep_phone_synced',
  languageCall: 'language_call',
  languageText: 'language_text',
  languageApp: 'language_app',
  languageOath: 'language_oath',
  pinCanChange: 'pin_can_change',
  pinMinLength: 'pin_min_length',
  pinPreventWeak: 'pin_prevent_weak',
  pinExpirationDays: 'pin_expiration_days',
  pinHistory: 'pin_history',
};

export interface ColumnValue {
  readonly column: string;
  readonly value: SQLInputValue;
}

/** Columns and values of fields. Folded twins come along; that of the name needs both names, so give both or neither. */
export function columnValues(fields: Partial<UserFields>): ColumnValue[] {
  const values: ColumnValue[] = (Object.entries(fields) as [UserField, string | number | boolean | null][]).map(([field, value]) => ({
    column: columnOf[field],
    value: typeof value === 'boolean' ? Number(value) : value,
  }));
  if (fields.username !== undefined) values.push({ column: 'username_key', value: usernameKey(fields.username) });
  if (fields.firstName !== undefined && fields.lastName !== undefined)
    values.push({ column: 'name_key', value: nameKey(fields.firstName, fields.lastName) });
  return values;
}
