import type { UserChanges } from '../../shared/contract/userCommands.ts';
import { methods, modes } from '../../shared/contract/users.contract.ts';
import { UsageError } from './verb.ts';

/** A setting of users as the command line names it: `--group Sales`, `group=Sales`. */
interface Word {
  /** What may stand behind the name. */
  readonly values: string;
  /** Throws UsageError for a value that is none of these. */
  read(value: string): UserChanges;
}

const yesNo = (name: string, value: string): boolean => {
  if (value === 'yes' || value === 'no') return value === 'yes';
  throw new UsageError(`${name} takes yes or no.`);
};

function oneOf<const Choice extends string>(name: string, value: string, choices: readonly Choice[]): Choice {
  const found = choices.find((choice) => choice === value);
  if (found === undefined) throw new UsageError(`${name} takes one of: ${choices.join(', ')}.`);
  return found;
}

function wholeNumber(name: string, value: string, most: number): number {
  const number = Number(value);
  if (!/^\d+$/.test(value) || number > most) throw new UsageError(`${name} takes a whole number up to ${most}, or company.`);
  return number;
}

const typed = (field: keyof UserChanges): Word => ({ values: 'TEXT', read: (value) => ({ [field]: value }) });
const flag = (name: string, field: keyof UserChanges): Word => ({ values: 'yes|no', read: (value) => ({ [field]: yesNo(name, value) }) });
/** `company` means: as Company Settings say. */
const own = (name: string, field: keyof UserChanges): Word => ({
  values: 'yes|no|company',
  read: (value) => ({ [field]: value === 'company' ? null : yesNo(name, value) }),
});
const language = (field: string): Word => ({
  values: 'LANGUAGE|company',
  read: (value) => ({ languages: { [field]: value === 'company' ? '' : value } }),
});
const ownNumber = (name: string, field: string, most: number): Word => ({
  values: 'N|company',
  read: (value) => ({ pinRules: { [field]: value === 'company' ? null : wholeNumber(name, value, most) } }),
});
const ownRule = (name: string, field: string): Word => ({
  values: 'yes|no|company',
  read: (value) => ({ pinRules: { [field]: value === 'company' ? null : yesNo(name, value) } }),
});
const country = (name: string, field: 'phoneCountry' | 'backupPhoneCountry'): Word => ({
  values: 'XX',
  read(value) {
    if (!/^[A-Za-z]{2}$/.test(value)) throw new UsageError(`${name} takes the two letters of a country, such as US or DE.`);
    return { [field]: value.toUpperCase() };
  },
});

/** All settings that have a word, in the order of the dialog. */
export const userWords: Readonly<Record<string, Word>> = {
  first: typed('firstName'),
  last: typed('lastName'),
  email: typed('email'),
  group: typed('userGroup'),
  description: typed('description'),
  phone: { values: 'NUMBER', read: (value) => ({ phone: value }) },
  country: country('country', 'phoneCountry'),
  ext: typed('extension'),
  backup: { values: 'NUMBER', read: (value) => ({ backupPhone: value }) },
  'backup-country': country('backup-country', 'backupPhoneCountry'),
  'backup-ext': typed('backupExtension'),
  'global-services': flag('global-services', 'globalServices'),
  method: { values: methods.join('|'), read: (value) => ({ method: oneOf('method', value, methods) }) },
  mode: { values: 'MODE', read: (value) => ({ mode: oneOf('mode', value, modes) }) },
  enabled: flag('enabled', 'enabled'),
  'must-change-pin': flag('must-change-pin', 'mustChangePin'),
  administrator: flag('administrator', 'administrator'),
  'when-disabled': {
    values: 'succeed|fail|company',
    read(value) {
      const rule = oneOf('when-disabled', value, ['succeed', 'fail', 'company']);
      return { whenDisabled: rule === 'company' ? null : rule };
    },
  },
  'can-change-phone': own('can-change-phone', 'canChangePhone'),
  'keep-phone-synced': own('keep-phone-synced', 'keepPhoneSynced'),
  'language-call': language('call'),
  'language-text': language('text'),
  'language-app': language('app'),
  'language-oath': language('oath'),
  'pin-can-change': ownRule('pin-can-change', 'canChange'),
  'pin-min-length': ownNumber('pin-min-length', 'minLength', 16),
  'pin-prevent-weak': ownRule('pin-prevent-weak', 'preventWeak'),
  'pin-expiration-days': ownNumber('pin-expiration-days', 'expirationDays', 999),
  'pin-history': ownNumber('pin-history', 'history', 10),
};

/** Reads one setting. Throws UsageError for an unknown name or a value that does not fit. */
export function readWord(name: string, value: string): UserChanges {
  const word = Object.hasOwn(userWords, name) ? userWords[name] : undefined;
  if (!word) throw new UsageError(`There is no setting "${name}". Settings: ${Object.keys(userWords).join(', ')}.`);
  return word.read(value);
}

/** Several settings as one change. */
export function joinChanges(parts: readonly UserChanges[]): UserChanges {
  return parts.reduce<UserChanges>(
    (all, part) => ({
      ...all,
      ...part,
      ...(part.languages && { languages: { ...all.languages, ...part.languages } }),
      ...(part.pinRules && { pinRules: { ...all.pinRules, ...part.pinRules } }),
    }),
    {},
  );
}
