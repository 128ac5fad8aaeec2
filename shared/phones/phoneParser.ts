import { parsePhoneNumberFromString, type CountryCode, type MetadataJson } from 'libphonenumber-js/core';
import { createPlainNumberReader } from './plainNumbers.ts';

/** A number that can be dialled. */
export interface ParsedPhone {
  /** `+` and digits, nothing else. */
  readonly e164: string;
  /** Digits; empty when there is none. */
  readonly extension: string;
}

/** Null when the text is not a valid number of any country. */
export type PhoneParser = (text: string) => ParsedPhone | null;

const plainExtension = /^(.{6,40}\d) ?(?:x|ext\.?) ?(\d{1,9})$/;

/**
 * Reads phone numbers as people write them into directories: `+49 (0)30 …`, `0049 …`, dots, slashes, brackets, `x12`,
 * `ext. 12`, `,12`. Numbers without a country code belong to `defaultCountry` (ISO 3166-1 alpha-2); an unknown country
 * is as good as none. `metadata` is libphonenumber's: `max` where numbers are stored, `min` suffices for display.
 */
export function createPhoneParser(metadata: MetadataJson, defaultCountry: string): PhoneParser {
  const country = isCountry(metadata, defaultCountry) ? defaultCountry : undefined;
  const readPlainNumber = createPlainNumberReader(metadata, country);

  return (text) => {
    const plain = readPlainNumber(text);
    if (plain !== null) return { e164: plain, extension: '' };
    const [, number, extension] = plainExtension.exec(text) ?? [];
    const beforeExtension = number === undefined ? null : readPlainNumber(number);
    if (beforeExtension !== null && extension !== undefined) return { e164: beforeExtension, extension };
    return parseWithLibrary(text, country, metadata);
  };
}

/** What `createPhoneParser` promises, without its short cut. Ten times slower; the tests compare the two. */
export function parseWithLibrary(text: string, country: CountryCode | undefined, metadata: MetadataJson): ParsedPhone | null {
  // RFC 3966; the library knows the prefix only where it looks for numbers inside longer text.
  const trimmed = text.trim().replace(/^tel:/i, '');
  const written = parse(trimmed, country, metadata);
  if (written !== null) return written;
  // "00" is how most of the world dials abroad, also where the default country dials something else ("011").
  return trimmed.startsWith('00') ? parse(`+${trimmed.slice(2)}`, country, metadata) : null;
}

function parse(text: string, defaultCountry: CountryCode | undefined, metadata: MetadataJson): ParsedPhone | null {
  const found = parsePhoneNumberFromString(text, { ...(defaultCountry && { defaultCountry }), extract: false }, metadata);
  return found?.isValid() ? { e164: found.number, extension: found.ext ?? '' } : null;
}

function isCountry(metadata: MetadataJson, code: string): code is CountryCode {
  return Object.hasOwn(metadata.countries, code);
}
