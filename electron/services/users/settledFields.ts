import type { CompanySettings } from '../../../shared/contract/companySettings.ts';
import type { UserChanges } from '../../../shared/contract/userCommands.ts';
import { modesOf } from '../../../shared/contract/users.contract.ts';
import type { PhoneParser } from '../../../shared/phones/phoneParser.ts';
import { enteredFields, isLanguageCode, problemOfText } from '../../../shared/users/enteredText.ts';
import { defaultMode } from '../../../shared/users/userDefaults.ts';
import type { UserFields } from '../../../shared/users/userFields.ts';
import { fieldRefused, phoneRefused, textRefused } from './fieldErrors.ts';

/** What entered text is measured by. */
export interface EntryRules {
  readonly company: CompanySettings;
  /** Reads numbers without a country code as numbers of this country (ISO 3166-1 alpha-2). */
  createPhoneParser(country: string): PhoneParser;
}

/** Where numbers without a country code belong; absent: to the country of the company. */
export type PhoneCountries = Pick<UserChanges, 'phoneCountry' | 'backupPhoneCountry'>;

interface PhoneNames {
  readonly phone: 'phone' | 'backupPhone';
  readonly valid: 'phoneValid' | 'backupPhoneValid';
  readonly extension: 'extension' | 'backupExtension';
  readonly country: 'phoneCountry' | 'backupPhoneCountry';
}
const primary: PhoneNames = { phone: 'phone', valid: 'phoneValid', extension: 'extension', country: 'phoneCountry' };
const backup: PhoneNames = { phone: 'backupPhone', valid: 'backupPhoneValid', extension: 'backupExtension', country: 'backupPhoneCountry' };

const languageFields = ['languageCall', 'languageText', 'languageApp', 'languageOath'] as const;

/** An extension behind the number (reference §2.6), with the pauses and keys that libphonenumber does not know. */
const withExtension = /^(.*?\d)\s*(?:x|ext\.?|,)\s*([\d,*#]+)$/i;

/**
 * What somebody entered, as it is stored: trimmed, phones in E.164, method and mode together. `known` is the user as he is,
 * or what a new one starts with; what is there already is accepted as it is, since directories hold what no form would take.
 * Throws AppError `invalid-input` or `phone-not-valid`, with `details.field`.
 */
export function settleFields(
  raw: Partial<UserFields>,
  countries: PhoneCountries,
  known: UserFields,
  rules: EntryRules,
): Partial<UserFields> {
  const entered = trimmed(raw);
  const phones = [primary, backup].map((names) => settlePhone(names, entered, countries[names.country], known, rules));
  const settled: Partial<UserFields> = Object.assign(entered, ...phones, settleMethod(entered, known, rules.company));
  checkTexts(settled, known);
  return settled;
}

function trimmed(fields: Partial<UserFields>): Partial<UserFields> {
  return Object.fromEntries(Object.entries(fields).map(([field, value]) => [field, typeof value === 'string' ? value.trim() : value]));
}

/** Throws for the first text that is not accepted. */
function checkTexts(settled: Partial<UserFields>, known: UserFields): void {
  for (const field of enteredFields) {
    const text = settled[field];
    const found = text === undefined || text === known[field] ? null : problemOfText(field, text);
    if (found) throw textRefused(field, found);
  }
  for (const field of languageFields) {
    const code = settled[field];
    if (code === undefined || code === known[field] || isLanguageCode(code)) continue;
    throw fieldRefused(field, 'not-a-language', 'A language is a short code such as en or pt-BR.');
  }
}

/** A number that was not touched stays, valid or not. An extension written behind the number counts where none was entered beside it. */
function settlePhone(
  names: PhoneNames,
  entered: Partial<UserFields>,
  enteredCountry: string | undefined,
  known: UserFields,
  { company, createPhoneParser }: EntryRules,
): Partial<UserFields> {
  const text = entered[names.phone];
  if (text === undefined || text === known[names.phone]) return {};
  if (text === '') return { [names.valid]: false, [names.extension]: entered[names.extension] ?? '' };
  const country = (enteredCountry ?? company.defaultCountry).toUpperCase();
  const parsePhone = createPhoneParser(country);
  const [, number = text, behind = ''] = withExtension.exec(text) ?? [];
  const parsed = parsePhone(number) ?? parsePhone(text);
  if (!parsed) throw phoneRefused(names.phone, text, country);
  const written = parsed.extension || behind;
  const beside = entered[names.extension];
  const extension = written !== '' && (beside === undefined || beside === known[names.extension]) ? { [names.extension]: written } : {};
  return { [names.phone]: parsed.e164, [names.valid]: true, ...extension };
}

/** A method without a mode keeps the mode where it fits, and gets that of Company Settings otherwise. */
function settleMethod(entered: Partial<UserFields>, known: UserFields, company: CompanySettings): Partial<UserFields> {
  if (entered.method === undefined && entered.mode === undefined) return {};
  const method = entered.method ?? known.method;
  const fits = (mode: string): boolean => (modesOf[method] as readonly string[]).includes(mode);
  if (entered.mode === undefined) return { method, mode: fits(known.mode) ? known.mode : defaultMode(company.userDefaults, method) };
  if (fits(entered.mode)) return { method, mode: entered.mode };
  throw fieldRefused('mode', 'not-of-method', `The method ${method} has these modes: ${modesOf[method].join(', ')}.`);
}
