import { fallbackLanguage } from '../texts/defaultTexts.ts';
import type { TemplateSource } from './templateSource.ts';

/** Templates by language and id. */
export type TemplateLibrary = Readonly<Record<string, Readonly<Record<string, TemplateSource>>>>;

export interface FoundTemplate {
  readonly language: string;
  readonly source: TemplateSource;
}

/**
 * The template in the reader's language, else in what that language is a kind of (`de` for `de-AT`), else in English. A language
 * may lack some. Throws Error for an id that English lacks too.
 */
export function findSource(library: TemplateLibrary, id: string, language: string): FoundTemplate {
  for (let tag = language; tag !== ''; tag = tag.slice(0, Math.max(0, tag.lastIndexOf('-')))) {
    const source = Object.hasOwn(library, tag) ? library[tag]![id] : undefined;
    if (source) return { language: tag, source };
  }
  const source = library[fallbackLanguage]?.[id];
  if (!source) throw new Error(`There is no template ${id}.`);
  return { language: fallbackLanguage, source };
}

/** Languages in which a template is written, in alphabetical order. */
export function languagesOf(library: TemplateLibrary, id: string): string[] {
  return Object.keys(library)
    .filter((language) => library[language]![id])
    .toSorted();
}
