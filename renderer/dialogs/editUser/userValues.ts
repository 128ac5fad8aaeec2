import type { UserBase, UserChanges } from '../../../shared/contract/userCommands.ts';
import { modesOf, type Method, type Mode, type UserDetail } from '../../../shared/contract/users.contract.ts';
import { fieldsOfUser, type UserFields } from '../../../shared/users/userFields.ts';

/**
 * The settings of a user, each by a name of its own: what is compared when two administrators edit one user, and what a
 * field of the dialog is called. Method and mode are one value, because neither means anything without the other.
 */
export interface UserValues extends Omit<UserFields, 'phoneValid' | 'backupPhoneValid' | 'method' | 'mode'> {
  /** `text/two-way-otp` */
  readonly method: string;
  /** Ids, ascending. */
  readonly tags: readonly number[];
}
export type UserValue = keyof UserValues;

/** A PIN can be set by two administrators at once as well; it is no value that could be shown. */
export type ConflictName = UserValue | 'pin';

/** In the order of the tabs. */
export const userValueNames: readonly UserValue[] = [
  'username',
  'firstName',
  'lastName',
  'email',
  'userGroup',
  'phone',
  'extension',
  'globalServices',
  'method',
  'enabled',
  'mustChangePin',
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
  'tags',
  'administrator',
];

export function methodValue(method: Method, mode: Mode): string {
  return `${method}/${mode}`;
}

/** The method and mode that a value names. */
export function methodOf(value: string): { readonly method: Method; readonly mode: Mode } {
  const [method, mode] = value.split('/') as [Method, Mode];
  return (modesOf[method] as readonly Mode[]).includes(mode) ? { method, mode } : { method, mode: modesOf[method][0] };
}

/** These settings, and these tags in any order, as the dialog edits them. */
export function toUserValues(fields: UserFields, tags: readonly number[]): UserValues {
  const { phoneValid: _valid, backupPhoneValid: _backupValid, method, mode, ...plain } = fields;
  return { ...plain, method: methodValue(method, mode), tags: tags.toSorted((a, b) => a - b) };
}

/** The settings of a stored user. */
export function valuesOf(user: UserDetail): UserValues {
  return toUserValues(fieldsOfUser(user), user.tags);
}

export function isSameValue(a: UserValues, b: UserValues, name: UserValue): boolean {
  if (name !== 'tags') return a[name] === b[name];
  return a.tags.length === b.tags.length && a.tags.every((id, at) => id === b.tags[at]);
}

/** The names of what differs. */
export function differing(a: UserValues, b: UserValues): readonly UserValue[] {
  return userValueNames.filter((name) => !isSameValue(a, b, name));
}

const languages = { languageCall: 'call', languageText: 'text', languageApp: 'app', languageOath: 'oath' } as const;
const pinRules = {
  pinCanChange: 'canChange',
  pinMinLength: 'minLength',
  pinPreventWeak: 'preventWeak',
  pinExpirationDays: 'expirationDays',
  pinHistory: 'history',
} as const;

/** These settings in the shape of the contract. */
export function settingsOf(values: UserValues, names: readonly UserValue[]): UserChanges {
  const settings: Record<string, unknown> = {};
  const put = (group: 'languages' | 'pinRules', name: string, value: unknown) =>
    (settings[group] = { ...(settings[group] as object | undefined), [name]: value });
  for (const name of names) {
    if (name === 'method') Object.assign(settings, methodOf(values.method));
    else if (name in languages) put('languages', languages[name as keyof typeof languages], values[name]);
    else if (name in pinRules) put('pinRules', pinRules[name as keyof typeof pinRules], values[name]);
    else settings[name] = name === 'tags' ? [...values.tags] : values[name];
  }
  // The names are the contract's own; userValues.test.ts holds them to that.
  return settings as UserChanges;
}

/** Everything that somebody saw who begins to edit. */
export function baseOf(values: UserValues): UserBase {
  return settingsOf(values, userValueNames) as UserBase; // with all names the groups are whole
}
