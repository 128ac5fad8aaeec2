import type { CompanySettings } from '../contract/companySettings.ts';
import type { UserBase, UserChanges } from '../contract/userCommands.ts';
import type { Method, Mode, UserDetail } from '../contract/users.contract.ts';
import { defaultMode } from './userDefaults.ts';

/**
 * What an administrator can set of one user, without nesting: one name for each thing that can be changed, kept, compared
 * and reported by itself. Tags are apart, because they are a set.
 */
export interface UserFields {
  readonly username: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly userGroup: string;
  readonly description: string;
  /** E.164, or text that is no number: `phoneValid`. */
  readonly phone: string;
  readonly phoneValid: boolean;
  readonly extension: string;
  readonly backupPhone: string;
  readonly backupPhoneValid: boolean;
  readonly backupExtension: string;
  readonly globalServices: boolean;
  readonly method: Method;
  readonly mode: Mode;
  readonly enabled: boolean;
  readonly mustChangePin: boolean;
  readonly administrator: boolean;
  readonly whenDisabled: 'succeed' | 'fail' | null;
  readonly canChangePhone: boolean | null;
  readonly keepPhoneSynced: boolean | null;
  readonly languageCall: string;
  readonly languageText: string;
  readonly languageApp: string;
  readonly languageOath: string;
  readonly pinCanChange: boolean | null;
  readonly pinMinLength: number | null;
  readonly pinPreventWeak: boolean | null;
  readonly pinExpirationDays: number | null;
  readonly pinHistory: number | null;
}

export type UserField = keyof UserFields;

/** Settings as the contract nests them. What is absent there is absent here. */
export function fieldsOf(settings: UserBase | UserChanges): Partial<UserFields> {
  const { languages = {}, pinRules = {}, tags: _tags, ...plain } = settings;
  // Both carry more than fields: countries, a PIN.
  const { phoneCountry: _country, backupPhoneCountry: _backupCountry, pin: _pin, ...fields } = plain as UserChanges;
  return defined({
    ...fields,
    languageCall: languages.call,
    languageText: languages.text,
    languageApp: languages.app,
    languageOath: languages.oath,
    pinCanChange: pinRules.canChange,
    pinMinLength: pinRules.minLength,
    pinPreventWeak: pinRules.preventWeak,
    pinExpirationDays: pinRules.expirationDays,
    pinHistory: pinRules.history,
  });
}

/** What a user has who has only a username (reference §5.1). What is null or empty follows Company Settings for good. */
export function newUserFields({ userDefaults }: Pick<CompanySettings, 'userDefaults'>): UserFields {
  return {
    username: '',
    firstName: '',
    lastName: '',
    email: '',
    userGroup: '',
    description: '',
    phone: '',
    phoneValid: false,
    extension: '',
    backupPhone: '',
    backupPhoneValid: false,
    backupExtension: '',
    globalServices: userDefaults.globalServices,
    method: userDefaults.method,
    mode: defaultMode(userDefaults, userDefaults.method),
    enabled: true,
    mustChangePin: false,
    administrator: false,
    whenDisabled: null,
    canChangePhone: null,
    keepPhoneSynced: null,
    languageCall: '',
    languageText: '',
    languageApp: '',
    languageOath: '',
    pinCanChange: null,
    pinMinLength: null,
    pinPreventWeak: null,
    pinExpirationDays: null,
    pinHistory: null,
  };
}

/** The settings of a stored user. */
export function fieldsOfUser(user: UserDetail): UserFields {
  const { phoneValid, backupPhoneValid, languages, pinRules } = user;
  const { username, firstName, lastName, email, userGroup, description, phone, extension, backupPhone, backupExtension } = user;
  const { globalServices, method, mode, enabled, mustChangePin, administrator, whenDisabled, canChangePhone, keepPhoneSynced } = user;
  return {
    ...{ username, firstName, lastName, email, userGroup, description },
    ...{ phone, phoneValid, extension, backupPhone, backupPhoneValid, backupExtension },
    ...{ globalServices, method, mode, enabled, mustChangePin, administrator, whenDisabled, canChangePhone, keepPhoneSynced },
    ...{ languageCall: languages.call, languageText: languages.text, languageApp: languages.app, languageOath: languages.oath },
    ...{ pinCanChange: pinRules.canChange, pinMinLength: pinRules.minLength, pinPreventWeak: pinRules.preventWeak },
    ...{ pinExpirationDays: pinRules.expirationDays, pinHistory: pinRules.history },
  };
}

function defined(fields: { readonly [Field in UserField]?: UserFields[Field] | undefined }): Partial<UserFields> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
