import { languagePattern } from '../../../../shared/texts/languageCode.ts';
import type { MailAttachment, TemplateContent } from '../../../../shared/email/templateContent.ts';
import { parseTemplateFile } from '../../../../shared/email/templateFile.ts';
import type { TemplateLibrary } from '../../../../shared/email/templateLibrary.ts';
import { findTemplate } from '../../../../shared/email/templates.ts';
import type { ArchiveFile } from './templatePorts.ts';

/** A template as an archive has it. */
export interface ArchivedTemplate {
  readonly file: string;
  readonly template: string;
  readonly language: string;
  /** Null where it cannot be read; `refusal` says why. */
  readonly content: TemplateContent | null;
  readonly refusal: string;
  /** Its attachments that the archive has, by their SHA-256. */
  readonly attached: ReadonlyMap<string, Uint8Array>;
}

const templateFile = /(?:^|\/)(?<language>[^/]+)\/(?<template>[^/]+)\.txt$/;

/**
 * Finds the templates of an archive: `LANGUAGE/ID.txt`, in whatever folder those lie, and the attachments of each in `LANGUAGE/ID/`. An attachment that the
 * archive lacks is taken from what holds now.
 */
export function readArchive(
  files: readonly ArchiveFile[],
  library: TemplateLibrary,
  sha256: (content: Uint8Array) => string,
): { templates: ArchivedTemplate[]; ignored: string[] } {
  const byName = new Map(files.map(({ name, content }) => [name, content]));
  const used = new Set<string>();
  const seen = new Map<string, string>();

  function attachment(file: string, name: string, kept: readonly MailAttachment[], attached: Map<string, Uint8Array>): MailAttachment {
    const path = `${file.slice(0, -'.txt'.length)}/${name}`;
    const content = byName.get(path);
    if (content) {
      used.add(path);
      const hash = sha256(content);
      attached.set(hash, content);
      return { name, bytes: content.length, sha256: hash };
    }
    const found = kept.find((one) => one.name === name);
    if (!found) throw new Error(`The attachment "${name}" is not in the archive: it would be ${path}.`);
    return found;
  }

  function read(file: string, template: string, language: string, bytes: Uint8Array): ArchivedTemplate {
    const attached = new Map<string, Uint8Array>();
    try {
      if (!findTemplate(template)) throw new Error(`There is no template "${template}".`);
      if (language.length > 16 || !languagePattern.test(language))
        throw new Error(`"${language}" is not a language code such as en or pt-BR.`);
      const other = seen.get(`${language}/${template}`);
      if (other !== undefined) throw new Error(`The archive has this template twice: also as ${other}.`);
      seen.set(`${language}/${template}`, file);
      const parsed = parseTemplateFile(decoded(bytes));
      const kept = Object.hasOwn(library, language) ? (library[language]![template]?.attachments ?? []) : [];
      const attachments = parsed.attachmentNames.map((name) => attachment(file, name, kept, attached));
      return { file, template, language, content: { ...parsed.content, attachments }, refusal: '', attached };
    } catch (error) {
      return { file, template, language, content: null, refusal: (error as Error).message, attached };
    }
  }

  const templates = files.flatMap(({ name, content }) => {
    const found = templateFile.exec(name)?.groups;
    // What Windows and macOS put into archives by themselves has no language that could be one.
    if (!found || /(?:^|\/)(?:__MACOSX|\.)/.test(name) || isAttachment(name, byName)) return [];
    used.add(name);
    return [read(name, found['template']!, found['language']!, content)];
  });
  return { templates, ignored: files.map(({ name }) => name).filter((name) => !used.has(name)) };
}

/** `en/call-pin-new-user/notes.txt` belongs to the template whose file lies beside that folder. */
function isAttachment(name: string, byName: ReadonlyMap<string, Uint8Array>): boolean {
  return byName.has(`${name.slice(0, name.lastIndexOf('/'))}.txt`);
}

/** UTF-8, or UTF-16 with its mark as Notepad writes it. Throws Error with a sentence. */
function decoded(bytes: Uint8Array): string {
  const isWide = bytes[0] === 0xff && bytes[1] === 0xfe;
  try {
    return new TextDecoder(isWide ? 'utf-16le' : 'utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Error('The file is not written in UTF-8. Save it again in this encoding.');
  }
}
