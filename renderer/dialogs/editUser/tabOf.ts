import type { FormField } from './userForm.ts';
import type { ConflictName } from './userValues.ts';

/** In the order of the original product (reference §2.2). */
export const userTabs = ['general', 'advanced', 'tags', 'administrator', 'devices', 'token', 'questions', 'info'] as const;
export type UserTab = (typeof userTabs)[number];

const advanced: readonly string[] = [
  'description',
  'backupPhone',
  'backupExtension',
  'canChangePhone',
  'keepPhoneSynced',
  'whenDisabled',
  'languageCall',
  'languageText',
  'languageApp',
  'languageOath',
  'pinCanChange',
  'pinMinLength',
  'pinPreventWeak',
  'pinExpirationDays',
  'pinHistory',
];

/** Where a field is. */
export function tabOf(field: FormField | ConflictName): UserTab {
  if (field === 'tags') return 'tags';
  if (field === 'administrator') return 'administrator';
  return advanced.includes(field) ? 'advanced' : 'general';
}
