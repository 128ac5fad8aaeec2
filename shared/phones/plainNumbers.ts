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
  const codes = new Map<string, CallingCode | null>();
  const callingCode = (digits: string): CallingCode | null => {
    let known = codes.get(digits);
    if (known === undefined) {
      const countries = Object.hasOwn(metadata.country_calling_codes, digits) ? (metadata.country_calling_codes[digits] ?? []) : [];
      const all = countries.map(planOf);
      known = all[0] === undefined ? null : { digits, main: all[0], plans: all };
      codes.set(digits, known);
    }
    return known;
  };
  const home = defaultCountry === undefined ? undefined : planOf(defaultCountry);
  const homeCode = home === undefined ? null : callingCode(home.callingCode);

  return (text) => {
    if (!plainText.test(text)) return null;
    const digits = text.replace(punctuation, '');
    if (digits.charCodeAt(0) === 0x2b) {
      for (let end = 2; end <= 4; end += 1) {
        const code = callingCode(digits.slice(1, end));
        if (code !== null) return validNumber(code, digits.slice(end), code.main);
      }
      return null;
    }
    // Could be meant with a dialling prefix or with the calling code but without "+": not plain.
    if (home === undefined || homeCode === null || home.diallingPrefix.test(digits) || digits.startsWith(homeCode.digits)) return null;
    return validNumber(homeCode, digits, home);
  };
}

interface CallingCode {
  readonly digits: string;
  /** The plan of the main country of the calling code: its prefixes hold for all. */
  readonly main: NumberingPlan;
  /** Of all countries that share it, in the library's order. */
  readonly plans: readonly NumberingPlan[];
}

function validNumber(code: CallingCode, digits: string, plan: NumberingPlan): string | null {
  const national = withoutPrefix(digits, plan);
  if (national === null) return null;
  const isShared = code.plans.length > 1;
  const owner = isShared ? code.plans.find((candidate) => belongsTo(national, candidate)) : code.main;
  if (owner === undefined) return null;
  // Who has no leading digits has been found by the type of the number.
  const isValid = (isShared && owner.leadingDigits === null) || isOfSomeType(national, owner);
  return isValid ? `+${code.digits}${national}` : null;
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

function isOfSomeType(national: string, plan: NumberingPlan | null): boolean {
  return (
    plan !== null &&
    plan.general.test(national) &&
    plan.types.some((type) => type.lengths.includes(national.length) && type.pattern.test(national))
  );
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
