import parse, { getCountries, getCountryCallingCode, type CountryCode } from 'libphonenumber-js/min';
import { countryText } from '../../i18n/en/directory.ts';

/** A phone number while it is being typed. */
export interface PhoneForm {
  /** ISO 3166-1 alpha-2; `US` also stands for Canada, which shares its numbers. */
  readonly country: string;
  readonly number: string;
}

export interface Country {
  readonly code: string;
  /** `49` */
  readonly callingCode: string;
  /** `Germany` */
  readonly name: string;
}

/** What was typed, as a number; `extension` only where one was typed along with it. */
export interface ReadPhone {
  readonly e164: string;
  readonly country: string;
  readonly extension: string;
}

/** Every country that has phone numbers, by name; Canada is found under `US`. */
export const countries: readonly Country[] = getCountries()
  .filter((code) => code !== 'CA')
  .map((code) => ({
    code,
    callingCode: getCountryCallingCode(code),
    name: code === 'US' ? `${countryText('US')} & ${countryText('CA')}` : countryText(code),
  }))
  .toSorted((a, b) => a.name.localeCompare(b.name, 'en'));

const byCode = new Map(countries.map((country) => [country.code, country]));

/** The entry of the list for a country; one that is not known is as good as the United States. */
export function countryOf(code: string): Country {
  return byCode.get(code) ?? byCode.get('US')!;
}

const shown = (code: string | undefined) => (code === 'CA' ? 'US' : code);

/** A stored number as the dialog shows it: its country, and what follows the country code. */
export function toPhoneForm(stored: string, defaultCountry: string): PhoneForm {
  const number = stored.startsWith('+') ? parse(stored) : undefined;
  const country = shown(number?.country) ?? mainCountry(number?.countryCallingCode);
  if (!number || country === undefined) return { country: countryOf(defaultCountry).code, number: stored };
  return {
    country,
    number: number
      .formatInternational()
      .slice(number.countryCallingCode.length + 1)
      .trim(),
  };
}

/**
 * Reads what was typed, with or without country code. Null when it is certainly no number; the page knows the numbering
 * plans less well than the server, which has the last word.
 */
export function readPhone({ country, number }: PhoneForm): ReadPhone | null {
  const text = number.trim();
  const code = countryOf(country).code as CountryCode;
  const found =
    valid(text, code) ?? (text.startsWith('00') ? valid(`+${text.slice(2)}`) : valid(`+${countryOf(country).callingCode} ${text}`));
  if (!found) return null;
  // Numbers of countries that share a code are told apart only as far as that does not overrule the choice.
  const isChosen = found.countryCallingCode === countryOf(country).callingCode;
  const own = shown(found.country) ?? mainCountry(found.countryCallingCode);
  return { e164: found.number, extension: found.ext ?? '', country: isChosen || own === undefined ? country : own };
}

function valid(text: string, country?: CountryCode) {
  const found = parse(text, { extract: false, ...(country && { defaultCountry: country }) });
  return found?.isValid() ? found : undefined;
}

/** The stored form of what was typed: E.164, or the text as it is where it is no number. Empty when nothing was typed. */
export function phoneValue(form: PhoneForm): string {
  const text = form.number.trim();
  return text === '' ? '' : (readPhone(form)?.e164 ?? text);
}

/** `+14255550100` → `+1 425 555 0100`. Text that is no number stays. */
export function formatPhone(stored: string): string {
  return stored.startsWith('+') ? (parse(stored)?.formatInternational() ?? stored) : stored;
}

/** Who a number belongs to that could belong to several countries of one calling code: the largest of them. */
const sharedCodes: Readonly<Record<string, string>> = {
  '1': 'US',
  '7': 'RU',
  '39': 'IT',
  '44': 'GB',
  '47': 'NO',
  '61': 'AU',
  '212': 'MA',
  '262': 'RE',
  '290': 'SH',
  '358': 'FI',
  '590': 'GP',
  '599': 'CW',
};

function mainCountry(callingCode: string | undefined): string | undefined {
  if (callingCode === undefined) return undefined;
  return sharedCodes[callingCode] ?? countries.find((country) => country.callingCode === callingCode)?.code;
}
