import type { CompanySettings } from '../contract/companySettings.ts';
import { checkText, type TextProblem } from '../texts/checkText.ts';
import { textLanguages } from '../texts/companyTexts.ts';
import { textRules } from '../texts/messageKinds.ts';

/** What cannot be saved. `field` is the path within the settings, such as `texts.textMessage.de.one-way-otp`. */
export type CompanyProblem =
  | { readonly kind: 'unknown-country'; readonly field: 'defaultCountry' }
  | { readonly kind: 'language-without-texts'; readonly field: `userDefaults.languages.${'text' | 'oath'}`; readonly language: string }
  | { readonly kind: 'too-many-languages'; readonly field: 'texts.textMessage' | 'texts.oathToken' }
  | { readonly kind: 'text'; readonly field: string; readonly problem: TextProblem };

/** More than any company speaks; keeps the settings small. */
export const maxTextLanguages = 60;

/** Everything that the schema alone cannot say. `isCountry` knows the countries of the phone numbers. Empty: may be saved. */
export function checkCompany(settings: CompanySettings, isCountry: (code: string) => boolean): CompanyProblem[] {
  const { userDefaults, texts } = settings;
  const problems: CompanyProblem[] = [];
  if (!isCountry(settings.defaultCountry)) problems.push({ kind: 'unknown-country', field: 'defaultCountry' });

  const spoken = [
    ['text', 'textMessage'],
    ['oath', 'oathToken'],
  ] as const;
  for (const [method, group] of spoken) {
    const language = userDefaults.languages[method];
    if (textLanguages(texts, group).includes(language)) continue;
    problems.push({ kind: 'language-without-texts', field: `userDefaults.languages.${method}`, language });
  }

  for (const [, group] of spoken) {
    const written = Object.entries<Readonly<Partial<Record<string, string>>>>(texts[group]);
    if (written.length > maxTextLanguages) problems.push({ kind: 'too-many-languages', field: `texts.${group}` });
    for (const [language, own] of written) {
      for (const [kind, text] of Object.entries(own)) {
        const field = `texts.${group}.${language}.${kind}`;
        for (const problem of checkText(text ?? '', textRules[group])) problems.push({ kind: 'text', field, problem });
      }
    }
  }
  return problems;
}
