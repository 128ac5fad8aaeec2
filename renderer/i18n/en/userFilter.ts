import type { UserCondition } from '../../../shared/contract/userFilter.ts';
import { methods, modesOf } from '../../../shared/contract/users.contract.ts';
import { methodText, usersText } from './users.ts';

type Of<Kind extends UserCondition['kind']> = Extract<UserCondition, { kind: Kind }>;

export const defaultLanguage = 'Default of this server';
export const languageNames: Record<Of<'language'>['field'], string> = {
  languageCall: 'Phone call language',
  languageText: 'Text message language',
  languageApp: 'Mobile app language',
  languageOath: 'OATH token language',
};
export const originKinds = { import: 'Import from a directory', manual: 'Added by an administrator' } as const;

const date = new Intl.DateTimeFormat('en', { dateStyle: 'medium' });
const dateTime = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

export const textFieldNames: Record<Of<'text'>['field'], string> = {
  username: 'Username',
  firstName: 'First name',
  lastName: 'Last name',
  email: 'Email address',
  userGroup: 'User group',
  description: 'Description',
  phone: 'Phone',
  backupPhone: 'Backup phone',
  dn: 'Distinguished name',
};

export const testWords: Record<Of<'text'>['test'], string> = {
  is: 'is',
  'is-not': 'is not',
  contains: 'contains',
  'contains-not': 'does not contain',
  'starts-with': 'begins with',
  'starts-with-not': 'does not begin with',
  empty: 'is empty',
  'not-empty': 'is not empty',
};

/** What is said when the flag is set, and when it is not. */
export const flagTexts: Record<Of<'flag'>['field'], readonly [yes: string, no: string]> = {
  enabled: ['Enabled', 'Disabled'],
  complete: ['Complete', 'Incomplete'],
  hasPin: ['Has a PIN', 'Has no PIN'],
  mustChangePin: ['Must change PIN', 'Need not change PIN'],
  pinExpired: ['PIN has expired', 'PIN has not expired'],
  phoneValid: ['Phone number is valid', 'No valid phone number'],
  administrator: ['Administrator', 'Not an administrator'],
  accountDisabled: ['Directory account disabled', 'Directory account not disabled'],
  globalServices: ['Charged rate zones allowed', 'Charged rate zones not allowed'],
};

export const timeFieldNames: Record<Of<'time'>['field'], string> = {
  createdAt: 'Created',
  updatedAt: 'Updated',
  importedAt: 'Imported',
  pinSetAt: 'PIN set',
};

const or = (values: readonly string[]) => values.join(' or ');
const quote = (value: string) => `“${value}”`;

/** A condition of a filter in words, for chips: `User group is “Sales” or “IT”`. Times are in the time zone of this computer. */
export function conditionText(condition: UserCondition): string {
  switch (condition.kind) {
    case 'text':
      return [textFieldNames[condition.field], testWords[condition.test], or(condition.values.map(quote))].filter(Boolean).join(' ');
    case 'flag':
      return flagTexts[condition.field][condition.is ? 0 : 1];
    case 'method':
      return `Method ${condition.not ? 'is not' : 'is'} ${or(condition.values.map(methodValueText))}`;
    case 'missing':
      return `${condition.not ? 'Does not lack' : 'Lacks'} ${or(condition.values.map((value) => usersText.missingNames[value]))}`;
    case 'tag':
      if (condition.values.length === 0) return condition.not ? 'Has a tag' : 'Has no tag';
      return `${condition.not ? 'Without tag' : 'Tag'} ${or(condition.values.map(quote))}`;
    case 'language': {
      const values = condition.values.map((value) => (value === '' ? defaultLanguage : value));
      return `${languageNames[condition.field]} ${condition.not ? 'is not' : 'is'} ${or(values)}`;
    }
    case 'origin':
      return originKinds[condition.is];
    case 'time':
      return timeText(condition);
  }
}

/** `text/two-way-otp` as the list shows it. */
export function methodValueText(value: Of<'method'>['values'][number]): string {
  const method = methods.find((each) => value === each || value.startsWith(`${each}/`)) ?? 'call';
  const [usual] = modesOf[method];
  const mode = modesOf[method].find((each) => value === `${method}/${each}`);
  if (mode === undefined) return methodText(method, 'standard');
  const all = methodText(method, mode);
  return mode === usual && all === methodText(method, 'standard') && modesOf[method].length > 1 ? `${all} (Standard)` : all;
}

function timeText({ field, not, after, before, days, never }: Of<'time'>): string {
  const name = timeFieldNames[field];
  if (never) return not ? `${name} at some time` : `Not yet ${name.replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase())}`;
  const word = not ? 'not ' : '';
  if (days !== undefined) return days === 1 ? `${name} ${word}in the last 24 hours` : `${name} ${word}in the last ${days} days`;
  if (after !== undefined && before !== undefined) return `${name} ${word}from ${instantText(after)} to ${lastText(before)}`;
  return after === undefined ? `${name} ${word}before ${instantText(before ?? 0)}` : `${name} ${word}since ${instantText(after)}`;
}

const isMidnight = (instant: number) => {
  const at = new Date(instant);
  return new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime() === instant;
};
const instantText = (instant: number) => (isMidnight(instant) ? date : dateTime).format(instant);
/** The end of a stretch, which is excluded: whole days are said by their last day. */
const lastText = (instant: number) => (isMidnight(instant) ? date.format(instant - 1) : dateTime.format(instant));

/** Words of the dialog Filter User List. */
export const filterDialogText = {
  title: 'Filter User List',
  saved: 'Saved filters:',
  noneSaved: 'None yet',
  choose: 'Choose…',
  removeSaved: 'Remove saved filter',
  match: 'Show users who meet',
  matches: { all: 'all conditions', any: 'at least one condition' },
  conditions: 'Conditions',
  none: 'Without a condition the list shows everybody.',
  condition: (place: number) => `Condition ${place}`,
  field: (place: number) => `Field of condition ${place}`,
  test: (place: number) => `Test of condition ${place}`,
  value: (place: number) => `Value of condition ${place}`,
  until: (place: number) => `Last day of condition ${place}`,
  remove: (place: number) => `Remove condition ${place}`,
  groups: { text: 'Text', state: 'State', method: 'Method and tags', language: 'Languages', time: 'Times' },
  fields: { method: 'Method', missing: 'Missing', tag: 'Tag', origin: 'Origin' },
  flagField: (yes: string, no: string) => `${yes} / ${no}`,
  is: 'is',
  isNot: 'is not',
  lacks: 'lacks',
  lacksNot: 'does not lack',
  hasTag: 'has one of',
  hasNotTag: 'has none of',
  anyTag: 'has any tag',
  noTag: 'has no tag',
  severalHint: 'Several values: separate them with semicolons.',
  times: {
    days: 'in the last … days',
    'not-days': 'not in the last … days',
    since: 'since',
    before: 'before',
    between: 'from … to',
    never: 'never',
    ever: 'at some time',
  },
  add: 'Add condition',
  clear: 'Remove all',
  counting: 'Counting…',
  count: (count: number) => (count === 1 ? '1 user meets this.' : `${count.toLocaleString('en')} users meet this.`),
  countFailed: 'It could not be counted.',
  incomplete: 'A condition is not complete.',
  name: 'Save as:',
  save: 'Save',
  replace: 'Replace',
  savedAs: (name: string) => `Saved as ${name}.`,
  removedSaved: (name: string) => `${name} is removed.`,
  saveFailed: 'The filter was not saved.',
  listFailed: 'The saved filters could not be read.',
  apply: 'Apply',
  close: 'Close',
} as const;
