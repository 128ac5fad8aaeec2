import type { MetadataJson } from 'libphonenumber-js/core';
import { fold } from '../lib/fold.ts';
import { createPhoneParser, type PhoneParser } from './phoneParser.ts';

/** Parsers by country, each made once. */
export interface CountryPhones {
  /** `country`: ISO 3166-1 alpha-2, a calling code (`49`, `+49`) or an English name. Null for what is no country. */
  parserOf(country: string): PhoneParser | null;
}

export function createCountryPhones(metadata: MetadataJson): CountryPhones {
  const parsers = new Map<string, PhoneParser | null>();
  let names: Map<string, string> | undefined;

  function codeOf(country: string): string | null {
    const code = country.toUpperCase();
    if (Object.hasOwn(metadata.countries, code)) return code;
    const calling = /^\+?(\d{1,3})$/.exec(country)?.[1];
    if (calling !== undefined) return metadata.country_calling_codes[calling]?.[0] ?? null;
    names ??= englishNames(metadata);
    return names.get(fold(country)) ?? null;
  }

  return {
    parserOf(country) {
      let parser = parsers.get(country);
      if (parser === undefined) {
        const code = codeOf(country.trim());
        parser = code === null ? null : createPhoneParser(metadata, code);
        // Files may hold anything; what is no country is not worth remembering for ever.
        if (parsers.size < 500) parsers.set(country, parser);
      }
      return parser;
    },
  };
}

function englishNames(metadata: MetadataJson): Map<string, string> {
  const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  return new Map(
    Object.keys(metadata.countries).flatMap((code) => (names.of(code) === undefined ? [] : [[fold(names.of(code) ?? ''), code]])),
  );
}
