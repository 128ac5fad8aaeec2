import { describe, expect, it, test } from 'vitest';
import { contentOf } from './templateContent.ts';
import { findSource, languagesOf } from './templateLibrary.ts';

const library = Object.fromEntries(
  ['en', 'de', 'de-AT', 'fr'].map((language) => [language, { 'test-mail': contentOf({ subject: language, body: 'b' }) }]),
);
const only = { en: { a: contentOf({ subject: 'en', body: 'b' }) }, fr: {} };

describe('the language of a mail', () => {
  test.each([
    [['de'], 'de'],
    [['de-AT', 'fr'], 'de-AT'],
    [['de-CH', 'fr'], 'de'],
    [['pl', 'fr'], 'fr'],
    [['pl', 'fr-CA'], 'fr'],
    [['pl', 'cs'], 'en'],
    [['', 'fr'], 'fr'],
    [[], 'en'],
    [['constructor'], 'en'],
  ])("is the reader's, then the company's, then English: %j", (languages, expected) => {
    expect(findSource(library, 'test-mail', ...languages).language).toBe(expected);
  });

  it('passes over a language that has other mails only', () => {
    expect(findSource(only, 'a', 'fr').language).toBe('en');
    expect(languagesOf(only, 'a')).toEqual(['en']);
    expect(() => findSource(only, 'b', 'fr')).toThrow('There is no template b');
  });
});
