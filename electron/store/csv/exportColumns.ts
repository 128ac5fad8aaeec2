import type { ExportField } from '../../../shared/contract/csv.contract.ts';

/** SQL over table `users` for a column of an export; what an import of files reads back as it was. */
const flag = (column: string): string => `iif(${column}, 'true', 'false')`;
const ownFlag = (column: string): string => `CASE ${column} WHEN 1 THEN 'true' WHEN 0 THEN 'false' ELSE 'company' END`;
const ownRule = (column: string): string => `coalesce(CAST(${column} AS TEXT), 'company')`;
const time = (column: string): string => `coalesce(strftime('%Y-%m-%dT%H:%M:%SZ', ${column} / 1000, 'unixepoch'), '')`;

/** Names of a list are joined by a control character that no name contains; `csvRow` writes them as a list. */
export const listSeparator = '\u001f';

export const exportSql: Readonly<Record<ExportField, string>> = {
  username: 'username',
  directoryId: "coalesce(directory_id, '')",
  firstName: 'first_name',
  lastName: 'last_name',
  email: 'email',
  userGroup: 'user_group',
  description: 'description',
  phone: 'phone',
  extension: 'extension',
  backupPhone: 'backup_phone',
  backupExtension: 'backup_extension',
  method: 'method',
  mode: 'mode',
  enabled: flag('enabled'),
  mustChangePin: flag('must_change_pin'),
  globalServices: flag('global_services'),
  administrator: flag('administrator'),
  whenDisabled: ownRule('when_disabled'),
  canChangePhone: ownFlag('can_change_phone'),
  keepPhoneSynced: ownFlag('keep_phone_synced'),
  languageCall: 'language_call',
  languageText: 'language_text',
  languageApp: 'language_app',
  languageOath: 'language_oath',
  pinCanChange: ownFlag('pin_can_change'),
  pinMinLength: ownRule('pin_min_length'),
  pinPreventWeak: ownFlag('pin_prevent_weak'),
  pinExpirationDays: ownRule('pin_expiration_days'),
  pinHistory: ownRule('pin_history'),
  tags: `coalesce((SELECT group_concat(name, char(31)) FROM (SELECT t.name FROM user_tags ut JOIN tags t ON t.id = ut.tag_id WHERE ut.user_id = users.id ORDER BY t.name_key)), '')`,
  oathSerial: `coalesce((SELECT group_concat(serial, char(31)) FROM (SELECT serial FROM oath_tokens WHERE user_id = users.id ORDER BY serial_key)), '')`,
  complete: flag('complete'),
  // Told from the others, see writeExport.
  missing: "''",
  hasPin: flag('has_pin'),
  pinSetAt: time('pin_set_at'),
  phoneValid: flag('phone_valid'),
  backupPhoneValid: flag('backup_phone_valid'),
  origin: "iif(directory_id IS NULL, 'manual', 'import')",
  dn: 'dn',
  sid: 'sid',
  accountDisabled: flag('account_disabled'),
  createdAt: time('created_at'),
  updatedAt: time('updated_at'),
  importedAt: time('imported_at'),
};
