import type { CompanySettings } from '../contract/companySettings.ts';
import { defaultMessages, defaultPrompts, shippedLanguages, type MessageTexts, type PromptTexts } from './defaultTexts.ts';

type Texts = CompanySettings['texts'];
export type TextGroup = keyof Texts;

/** Languages that have texts: those that come with the product, then those that were added, by their code. */
export function textLanguages(texts: Texts, group: TextGroup): string[] {
  const added = Object.keys(texts[group]).filter((language) => !shippedLanguages.includes(language));
  return [...shippedLanguages, ...added.toSorted()];
}

/** The texts that users of a language get: the company's own, and for those that it has not written the shipped ones. */
export function messagesOf(texts: Texts, language: string): MessageTexts {
  return { ...defaultMessages(language), ...ownOf(texts.textMessage, language) };
}

export function promptsOf(texts: Texts, language: string): PromptTexts {
  return { ...defaultPrompts(language), ...ownOf(texts.oathToken, language) };
}

/** A user's language may be more exact than those that have texts: `de-AT` is content with `de`. */
function ownOf<T>(byLanguage: Readonly<Record<string, T>>, language: string): T | undefined {
  for (let tag = language; tag !== ''; tag = tag.slice(0, Math.max(0, tag.lastIndexOf('-')))) {
    if (Object.hasOwn(byLanguage, tag)) return byLanguage[tag];
  }
  return undefined;
}
