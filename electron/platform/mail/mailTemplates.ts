import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TemplateLibrary } from '../../../shared/email/templateLibrary.ts';
import { parseTemplateFile } from '../../../shared/email/templateFile.ts';

/** Reads the templates that ship with the console: a folder for each language, a file for each template. Read once, when first asked for. */
export function createShippedTemplates(folder: string): () => TemplateLibrary {
  let library: TemplateLibrary | undefined;
  return () => {
    library ??= Object.fromEntries(
      readdirSync(folder).map((language) => [
        language,
        Object.fromEntries(
          readdirSync(join(folder, language)).map((file) => [
            file.replace(/\.txt$/, ''),
            { ...parseTemplateFile(readFileSync(join(folder, language, file), 'utf8')).content, attachments: [] },
          ]),
        ),
      ]),
    );
    return library;
  };
}
