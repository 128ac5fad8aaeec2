import type { ManyChanges } from '../../../shared/contract/userCommands.ts';
import { methods, modesOf, type Method, type Mode } from '../../../shared/contract/users.contract.ts';
import { expirationText, historyText, lengthText, whenDisabledText, yesNoText } from '../../i18n/en/editUser.ts';
import { editUsersText as text } from '../../i18n/en/editUsers.ts';
import { languageCodes, languageText } from '../../i18n/en/importDialog.ts';
import { methodText } from '../../i18n/en/users.ts';

export type BulkField = keyof typeof text.fields;

/** What is to be changed: a value for each field that is ticked. */
export type BulkForm = ReadonlyMap<BulkField, string>;

export interface BulkChoice {
  readonly value: string;
  readonly label: string;
}

/** The value that stands for "as Company Settings say". */
const company = 'company';
const companyChoice: BulkChoice = { value: company, label: text.company };
const yesNo: readonly BulkChoice[] = [true, false].map((value) => ({ value: String(value), label: yesNoText(value) }));
const ownYesNo = [companyChoice, ...yesNo];
const languages: readonly BulkChoice[] = [companyChoice, ...languageCodes.map((code) => ({ value: code, label: languageText(code) }))];
const numbers = (from: number, to: number, words: (value: number) => string): BulkChoice[] =>
  Array.from({ length: to - from + 1 }, (_none, index) => ({ value: String(from + index), label: words(from + index) }));
const methodChoices: readonly BulkChoice[] = [
  companyChoice,
  ...methods.flatMap((method) => modesOf[method].map((mode) => ({ value: `${method}/${mode}`, label: methodText(method, mode) }))),
];

/** Null: text is typed. Tags are not known here. */
const choices: Record<Exclude<BulkField, 'addTag' | 'removeTag'>, readonly BulkChoice[] | null> = {
  userGroup: null,
  method: methodChoices,
  enabled: yesNo,
  administrator: yesNo,
  globalServices: yesNo,
  whenDisabled: [companyChoice, ...(['fail', 'succeed'] as const).map((value) => ({ value, label: whenDisabledText(value) }))],
  canChangePhone: ownYesNo,
  keepPhoneSynced: ownYesNo,
  languageCall: languages,
  languageText: languages,
  languageApp: languages,
  languageOath: languages,
  mustChangePin: yesNo,
  pin: [
    { value: 'initial', label: text.initialPin },
    { value: 'none', label: text.noPin },
  ],
  pinCanChange: ownYesNo,
  pinMinLength: [companyChoice, ...numbers(4, 16, lengthText)],
  pinPreventWeak: ownYesNo,
  pinExpirationDays: [companyChoice, ...[0, 30, 60, 90, 180, 365].map((days) => ({ value: String(days), label: expirationText(days) }))],
  pinHistory: [companyChoice, ...numbers(0, 10, historyText)],
};

/** What a field can be given; null where text is typed. */
export function choicesOf(field: BulkField, tags: readonly BulkChoice[]): readonly BulkChoice[] | null {
  return field === 'addTag' || field === 'removeTag' ? tags : choices[field];
}

/** In the order of the tabs of Edit User. */
export const bulkGroups: readonly { readonly heading: keyof typeof text.headings; readonly fields: readonly BulkField[] }[] = [
  { heading: 'general', fields: ['userGroup', 'method', 'enabled', 'administrator', 'globalServices'] },
  { heading: 'tags', fields: ['addTag', 'removeTag'] },
  { heading: 'own', fields: ['whenDisabled', 'canChangePhone', 'keepPhoneSynced'] },
  { heading: 'languages', fields: ['languageCall', 'languageText', 'languageApp', 'languageOath'] },
  {
    heading: 'pin',
    fields: ['pin', 'mustChangePin', 'pinCanChange', 'pinMinLength', 'pinPreventWeak', 'pinExpirationDays', 'pinHistory'],
  },
];

/** What the server is asked for. */
export function changesOf(form: BulkForm): ManyChanges {
  const changes: Record<string, unknown> = {};
  const pinRules: Record<string, unknown> = {};
  const ownLanguages: Record<string, string> = {};
  for (const [field, value] of form) {
    const language = /^language(.+)$/.exec(field)?.[1];
    const rule = /^pin(.+)$/.exec(field)?.[1];
    if (language) ownLanguages[language.toLowerCase()] = value === company ? '' : value;
    else if (rule) pinRules[rule.charAt(0).toLowerCase() + rule.slice(1)] = parsed(value);
    else if (field === 'addTag') changes['addTags'] = [Number(value)];
    else if (field === 'removeTag') changes['removeTags'] = [Number(value)];
    else if (field === 'method') changes['method'] = methodOf(value);
    else changes[field] = field === 'userGroup' || field === 'pin' ? value : parsed(value);
  }
  return {
    ...changes,
    ...(Object.keys(pinRules).length > 0 && { pinRules }),
    ...(Object.keys(ownLanguages).length > 0 && { languages: ownLanguages }),
  } as ManyChanges;
}

function methodOf(value: string): ManyChanges['method'] {
  if (value === company) return 'company';
  const [method, mode] = value.split('/') as [Method, Mode];
  return { method, mode };
}

/** Yes, no, a number, a word, or null for what follows Company Settings. */
function parsed(value: string): boolean | number | string | null {
  if (value === company) return null;
  if (value === 'true' || value === 'false') return value === 'true';
  return /^\d+$/.test(value) ? Number(value) : value;
}
