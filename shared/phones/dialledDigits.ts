import { parsePhoneNumberFromString, type MetadataJson } from 'libphonenumber-js/core';

/**
 * The digits of a stored phone number in the ways in which people dial it: international, and national with its trunk prefix
 * (`+49 30 …` is also `030 …`). A number that is not valid has only the digits that somebody typed; no number has none.
 * `metadata` as for `createPhoneParser`.
 */
export function dialledDigits(metadata: MetadataJson, phone: string): string[] {
  const typed = digitsOf(phone);
  if (typed === '') return [];
  const parsed = phone.startsWith('+') ? parsePhoneNumberFromString(phone, metadata) : undefined;
  if (!parsed) return [typed];
  return [...new Set([typed, digitsOf(parsed.formatNational()), parsed.nationalNumber])];
}

function digitsOf(text: string): string {
  return text.replace(/\D/g, '');
}
