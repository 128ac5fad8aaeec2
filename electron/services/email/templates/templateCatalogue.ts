import type { TemplateOrigin, TemplateRef } from '../../../../shared/contract/mailTemplates.contract.ts';
import { fallbackLanguage } from '../../../../shared/texts/defaultTexts.ts';
import type { TemplateLibrary } from '../../../../shared/email/templateLibrary.ts';
import type { StoredVersion, TemplateStore } from './templatePorts.ts';

/** The mails as they hold now: those that came with the console, with what administrators made of them. */
export interface TemplateCatalogue {
  library(): TemplateLibrary;
  shipped(): TemplateLibrary;
  /** The last change of a template in one language; null where there was none. */
  lastChange(ref: TemplateRef): StoredVersion | null;
  /** Null: it is not written in this language. */
  originOf(ref: TemplateRef): TemplateOrigin | null;
}

const keyOf = ({ template, language }: TemplateRef): string => `${language} ${template}`;

/** Asks the store at each use whether anything changed: another process may have saved. */
export function createTemplateCatalogue(shipped: () => TemplateLibrary, store: Pick<TemplateStore, 'state' | 'latest'>): TemplateCatalogue {
  let known: { state: number; library: TemplateLibrary; changes: ReadonlyMap<string, StoredVersion> } | undefined;

  function current() {
    const state = store.state();
    if (known?.state === state) return known;
    const changes = store.latest();
    const library: Record<string, Record<string, TemplateLibrary[string][string]>> = Object.fromEntries(
      Object.entries(shipped()).map(([language, templates]) => [language, { ...templates }]),
    );
    for (const { template, language, content } of changes) {
      if (content === null) continue;
      // Language codes are checked on their way in, so none of them is a name that every object has.
      (library[language] ??= {})[template] = content;
    }
    known = { state, library, changes: new Map(changes.map((change) => [keyOf(change), change])) };
    return known;
  }

  const isShipped = ({ template, language }: TemplateRef): boolean =>
    Object.hasOwn(shipped(), language) && shipped()[language]![template] !== undefined;

  return {
    library: () => current().library,
    shipped,
    lastChange: (ref) => current().changes.get(keyOf(ref)) ?? null,
    originOf(ref) {
      const isChanged = Boolean(current().changes.get(keyOf(ref))?.content);
      if (isShipped(ref)) return isChanged ? 'edited' : 'default';
      return isChanged ? 'added' : null;
    },
  };
}

/** What a template goes back to: what came with the console in this language, or else in English. */
export function defaultOf(catalogue: TemplateCatalogue, { template, language }: TemplateRef) {
  const own = Object.hasOwn(catalogue.shipped(), language) ? catalogue.shipped()[language]![template] : undefined;
  if (own) return { language, content: own };
  return { language: fallbackLanguage, content: catalogue.shipped()[fallbackLanguage]![template]! };
}
