import { flagFields, languageFields, textFields, timeFields } from '../contract/userFilter.ts';
import type { UserCondition } from '../contract/userFilter.ts';

type Of<Kind extends UserCondition['kind']> = Extract<UserCondition, { kind: Kind }>;

/** What a word before the operator stands for. */
export type FilterField =
  | { readonly kind: 'text'; readonly field: Of<'text'>['field'] }
  | { readonly kind: 'flag'; readonly field: Of<'flag'>['field'] }
  | { readonly kind: 'language'; readonly field: Of<'language'>['field'] }
  | { readonly kind: 'time'; readonly field: Of<'time'>['field'] }
  | { readonly kind: 'method' | 'missing' | 'tag' | 'origin' };

/** How the fields are written. When read, the names of the contract are understood too, and letter case does not matter. */
export const fieldWords = {
  username: 'username',
  firstName: 'first',
  lastName: 'last',
  email: 'email',
  userGroup: 'group',
  description: 'description',
  phone: 'phone',
  backupPhone: 'backup',
  dn: 'dn',
  enabled: 'enabled',
  complete: 'complete',
  hasPin: 'pin',
  mustChangePin: 'must-change-pin',
  pinExpired: 'pin-expired',
  phoneValid: 'phone-valid',
  administrator: 'administrator',
  accountDisabled: 'account-disabled',
  globalServices: 'global-services',
  languageCall: 'language-call',
  languageText: 'language-text',
  languageApp: 'language-app',
  languageOath: 'language-oath',
  createdAt: 'created',
  updatedAt: 'updated',
  importedAt: 'imported',
  pinSetAt: 'pin-set',
} as const satisfies Record<Of<'text' | 'flag' | 'language' | 'time'>['field'], string>;

const kinds = ['method', 'missing', 'tag', 'origin'] as const;
const known = [
  ...textFields.map((field) => ({ kind: 'text', field }) as const),
  ...flagFields.map((field) => ({ kind: 'flag', field }) as const),
  ...languageFields.map((field) => ({ kind: 'language', field }) as const),
  ...timeFields.map((field) => ({ kind: 'time', field }) as const),
];
const byWord = new Map<string, FilterField>(kinds.map((kind) => [kind, { kind }]));
for (const each of known) byWord.set(fieldWords[each.field], each).set(each.field.toLowerCase(), each);

export function fieldOf(word: string): FilterField | undefined {
  return byWord.get(word.toLowerCase());
}

/** All words that a condition can begin with. */
export const filterFieldWords: readonly string[] = [...Object.values(fieldWords), ...kinds];
