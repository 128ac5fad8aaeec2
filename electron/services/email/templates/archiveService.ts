import type { Implementation } from '../../../../shared/contract/define.ts';
import { AppError, isAppError } from '../../../../shared/contract/errors.ts';
import type { ImportedFile, mailTemplatesContract } from '../../../../shared/contract/mailTemplates.contract.ts';
import type { MailAttachment, TemplateContent } from '../../../../shared/email/templateContent.ts';
import { formatTemplateFile } from '../../../../shared/email/templateFile.ts';
import { languagesOf } from '../../../../shared/email/templateLibrary.ts';
import { mailTemplates } from '../../../../shared/email/templates.ts';
import type { Call } from '../../../runtime/call.ts';
import { contentProblems } from '../mailProblems.ts';
import { readArchive, type ArchivedTemplate } from './archiveFiles.ts';
import type { TemplateCatalogue } from './templateCatalogue.ts';
import type { ArchiveFile, AttachmentFiles, NewVersion, TemplateArchives, TemplateStore } from './templatePorts.ts';

export interface ArchiveServicePorts {
  readonly catalogue: TemplateCatalogue;
  readonly store: TemplateStore;
  readonly files: AttachmentFiles;
  readonly archives: TemplateArchives;
  readonly uploads: { discard(uploadId: string): void };
  now(): number;
  changed(): void;
}

type ArchiveMethods = 'exportAll' | 'exportPart' | 'discardExport' | 'planImport' | 'importAll';

/** All mails as files. */
export function createArchiveService(ports: ArchiveServicePorts): Pick<Implementation<typeof mailTemplatesContract, Call>, ArchiveMethods> {
  const { catalogue, store, files, archives } = ports;

  async function* exported(missing: string[]): AsyncGenerator<ArchiveFile> {
    const library = catalogue.library();
    const encoder = new TextEncoder();
    for (const { id } of mailTemplates) {
      for (const language of languagesOf(library, id)) {
        const content = library[language]![id]!;
        yield { name: `${language}/${id}.txt`, content: encoder.encode(formatTemplateFile(content)) };
        for (const attachment of content.attachments) {
          const name = `${language}/${id}/${attachment.name}`;
          const bytes = await files.read(attachment).catch((error: unknown) => {
            if (!isAppError(error, 'attachment-missing')) throw error;
            missing.push(name);
          });
          if (bytes) yield { name, content: bytes };
        }
      }
    }
  }

  interface Planned extends ImportedFile {
    readonly archived: ArchivedTemplate;
  }

  function planned(archived: ArchivedTemplate): Planned {
    const { file, template, language, content, refusal } = archived;
    const base = { file, template, language, archived, replaces: null };
    if (content === null) return { ...base, change: 'refused', text: refusal };
    const current = Object.hasOwn(catalogue.library(), language) ? catalogue.library()[language]![template] : undefined;
    if (current && isSame(current, content)) return { ...base, change: 'same', text: '' };
    const isThere = (one: MailAttachment): boolean => archived.attached.has(one.sha256) || files.isThere(one);
    const errors = contentProblems(base, content, isThere).filter(({ severity }) => severity === 'error');
    if (errors.length === 0) {
      const last = current && catalogue.lastChange({ template, language });
      const replaces = last?.content ? { by: last.by, at: last.at } : null;
      return { ...base, replaces, change: current ? 'changed' : 'new', text: '' };
    }
    const text = errors.map((one) => (one.line === 0 ? one.text : `${one.field} ${one.line}:${one.column}: ${one.text}`)).join(' ');
    return { ...base, change: 'refused', text };
  }

  async function plan(uploadId: string) {
    const found = readArchive(await archives.read(uploadId), catalogue.library(), archives.sha256);
    return { files: found.templates.map(planned), ignored: found.ignored };
  }

  const answer = ({ archived: _inside, ...file }: Planned): ImportedFile => file;

  return {
    async exportAll() {
      const missing: string[] = [];
      const library = catalogue.library();
      const written = await archives.write(exported(missing));
      const templates = mailTemplates.reduce((sum, { id }) => sum + languagesOf(library, id).length, 0);
      return { ...written, templates, missing };
    },
    async exportPart({ exportId, offset }) {
      const { bytes, next } = await archives.part(exportId, offset);
      return { base64: Buffer.from(bytes).toString('base64'), next };
    },
    async discardExport({ exportId }) {
      archives.discard(exportId);
      return null;
    },

    async planImport({ uploadId }) {
      // Before the plan: what is changed while it is made counts as changed afterwards.
      const state = store.state();
      const found = await plan(uploadId);
      return { files: found.files.map(answer), ignored: found.ignored, state };
    },

    async importAll({ uploadId, state }, call) {
      if (state !== undefined && state !== store.state())
        throw new AppError(
          'changed-meanwhile',
          'Mails were changed since it was worked out what the import would do. Nothing was imported.',
        );
      const found = (await plan(uploadId)).files;
      if (found.length === 0)
        throw new AppError(
          'file-not-readable',
          'The archive has no templates. Each is a file LANGUAGE/ID.txt, such as en/call-pin-new-user.txt.',
        );
      const refused = found.filter(({ change }) => change === 'refused');
      if (refused.length > 0) {
        const lines = refused.slice(0, 10).map(({ file, text }) => `${file}: ${text}`);
        throw new AppError('invalid-input', `Nothing was imported.\n${lines.join('\n')}`, { details: { refused: refused.length } });
      }
      const versions: NewVersion[] = [];
      for (const { change, archived } of found) {
        if (change === 'same') continue;
        for (const content of archived.attached.values()) await files.keepBytes(content);
        const { template, language, content } = archived;
        const base = catalogue.lastChange({ template, language })?.version ?? 0;
        versions.push({ template, language, base, action: 'imported', restored: null, content });
      }
      await store.append(versions, call.caller.account, ports.now());
      ports.uploads.discard(uploadId);
      call.note({ imported: versions.map(({ template, language }) => `${language} ${template}`) });
      if (versions.length > 0) ports.changed();
      return { files: found.map(answer), imported: versions.length };
    },
  };
}

/** Whether a mail would be the same, down to the bytes of its attachments. */
function isSame(one: TemplateContent, other: TemplateContent): boolean {
  const attached = ({ attachments }: TemplateContent) => attachments.map(({ name, sha256 }) => `${sha256} ${name}`).join('\n');
  return formatTemplateFile(one) === formatTemplateFile(other) && attached(one) === attached(other);
}
