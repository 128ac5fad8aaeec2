import type { CountryCode, MetadataJson } from 'libphonenumber-js/core';

/** Answers E.164 for a number that is certainly valid, null for everything that is not certain. */
export type PlainNumberReader = (text: string) => string | null;

/** Digits with the punctuation that never changes their meaning. Everything else is left to the library. */
const plainText = /^(?:\+|\(?\d)[\d ().\-/]{5,30}\d$/;
const punctuation = /[ ().\-/]/g;

/**
 * A short cut through libphonenumber for ordinary numbers. The library builds its regular expressions anew for every
 * number; here those of its metadata are compiled once and applied in the library's own order. Whatever is not plainly
 * valid (carrier codes, extensions, doubtful prefixes, invalid numbers) is left to the library, so both always agree;
 * phoneParser.test.ts holds them to that.
 */
export function createPlainNumberReader(metadata: MetadataJson, defaultCountry: CountryCode | undefined): PlainNumberReader {
  const plans = new Map<string, NumberingPlan>();
  const planOf = (country: string): NumberingPlan => {
    const known = plans.get(country) ?? compilePlan(metadata, country);
    plans.set(country, known);
    return known;
  };
  const countriesOf = (callingCode: string): readonly string[] =>
    Object.hasOwn(metadata.country_calling_codes, callingCode) ? (metadata.country_calling_codes[callingCode] ?? []) : [];
  const home = defaultCountry === undefined ? undefined : planOf(defaultCountry);

  return (text) => {
    if (!plainText.test(text)) return null;
    const digits = text.replace(punctuation, '');
    if (digits.charCodeAt(0) === 0x2b) {
      for (let end = 2; end <= 4; end += 1) {
        const callingCode = digits.slice(1, end);
        const countries = countriesOf(callingCode);
        // The first country is the main one of its calling code; its prefixes hold for all.
        const [main] = countries;
        if (main !== undefined) return validNumber(callingCode, digits.slice(end), planOf(main), countries);
      }
      return null;
    }
    // Could be meant with a dialling prefix or with the calling code but without "+": not plain.
    if (home === undefined || home.diallingPrefix.test(digits) || digits.startsWith(home.callingCode)) return null;
    return validNumber(home.callingCode, digits, home, countriesOf(home.callingCode));
  };

  function validNumber(callingCode: string, digits: string, plan: NumberingPlan, countries: readonly string[]): string | null {
    const national = withoutPrefix(digits, plan);
    if (national === null) return null;
    const country = countries.length === 1 ? countries[0] : countries.find((candidate) => belongsTo(national, planOf(candidate)));
    return country !== undefined && isOfSomeType(national, planOf(country)) ? `+${callingCode}${national}` : null;
  }
}

interface NumberingPlan {
  readonly callingCode: string;
  readonly diallingPrefix: RegExp;
  readonly general: RegExp;
  readonly possibleLengths: readonly number[];
  readonly nationalPrefix: RegExp | null;
  readonly leadingDigits: RegExp | null;
  readonly types: readonly { readonly pattern: RegExp; readonly lengths: readonly number[] }[];
}

/** Without the national prefix ("0" in 030 …); null when the library would have to weigh what the first digits are. */
function withoutPrefix(digits: string, plan: NumberingPlan): string | null {
  const prefix = plan.nationalPrefix?.exec(digits);
  if (!prefix) return digits;
  const national = digits.slice(prefix[0].length);
  const isCertain = prefix.length === 1 && plan.general.test(national) && plan.possibleLengths.includes(national.length);
  return isCertain ? national : null;
}

function belongsTo(national: string, plan: NumberingPlan): boolean {
  return plan.leadingDigits === null ? isOfSomeType(national, plan) : plan.leadingDigits.test(national);
}

function isOfSomeType(national: string, plan: NumberingPlan): boolean {
  return plan.general.test(national) && plan.types.some((type) => type.lengths.includes(national.length) && type.pattern.test(national));
}

/** Positions as in METADATA.md of libphonenumber-js (format of version 1.7.35 and later). */
function compilePlan(metadata: MetadataJson, country: string): NumberingPlan {
  const row = (metadata.countries as unknown as Record<string, readonly unknown[]>)[country] ?? [];
  const text = (position: number): string => (typeof row[position] === 'string' ? row[position] : '');
  const possibleLengths = Array.isArray(row[3]) ? (row[3] as readonly number[]) : [];
  const types = Array.isArray(row[11]) ? (row[11] as readonly (readonly [string?, (readonly number[])?] | 0)[]) : [];
  const prefix = text(7) || text(5);
  return {
    callingCode: text(0),
    diallingPrefix: new RegExp(`^(?:${text(1)})`),
    general: whole(text(2)),
    possibleLengths,
    nationalPrefix: prefix === '' ? null : new RegExp(`^(?:${prefix})`),
    leadingDigits: text(10) === '' ? null : new RegExp(`^(?:${text(10)})`),
    types: types.flatMap((type) => (type && type[0] ? [{ pattern: whole(type[0]), lengths: type[1] || possibleLengths }] : [])),
  };
}

function whole(pattern: string): RegExp {
  return new RegExp(`^(?:${pattern})$`);
}
