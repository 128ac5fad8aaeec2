import { fallbackLanguage } from '../texts/defaultTexts.ts';
import type { TemplateContent } from './templateContent.ts';

/** Templates by language and id. */
export type TemplateLibrary = Readonly<Record<string, Readonly<Record<string, TemplateContent>>>>;

export interface FoundTemplate {
  readonly language: string;
  readonly source: TemplateContent;
}

/**
 * The template in the first of these languages that has it, else in English. A language that has it not is tried as what it is a kind of
 * (`de` for `de-AT`) before the next. Throws Error for an id that English lacks too.
 */
export function findSource(library: TemplateLibrary, id: string, ...languages: readonly string[]): FoundTemplate {
  for (const language of [...languages, fallbackLanguage]) {
    for (let tag = language; tag !== ''; tag = tag.slice(0, Math.max(0, tag.lastIndexOf('-')))) {
      const source = Object.hasOwn(library, tag) ? library[tag]![id] : undefined;
      if (source) return { language: tag, source };
    }
  }
  throw new Error(`There is no template ${id}.`);
}

/** Languages in which a template is written, in alphabetical order. */
export function languagesOf(library: TemplateLibrary, id: string): string[] {
  return Object.keys(library)
    .filter((language) => library[language]![id])
    .toSorted();
}
