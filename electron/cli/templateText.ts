import type {
  ImportedFile,
  TemplateAction,
  TemplateDetail,
  TemplateLanguage,
  TemplateVersion,
} from '../../shared/contract/mailTemplates.contract.ts';
import type { DiffLine } from '../../shared/texts/lineDiff.ts';

const actions: Readonly<Record<TemplateAction, string>> = {
  saved: 'saved',
  reset: 'reset to default',
  restored: 'restored',
  imported: 'imported',
};
const changes: Readonly<Record<ImportedFile['change'], string>> = { new: 'new', changed: 'changed', same: 'same', refused: 'REFUSED' };
const sides: Readonly<Record<DiffLine['side'], string>> = { both: ' ', before: '-', after: '+' };

/** What the command line says about editing mails. */
export const templateText = {
  /** `de` as it came, `de*` where somebody edited it. */
  language: ({ language, origin }: TemplateLanguage) => (origin === 'default' ? language : `${language}*`),
  saved({ template, language, revision, origin, contentLanguage }: TemplateDetail) {
    const now = `Version ${revision} of ${template} in "${language}" holds from now on.`;
    if (origin === null) return `${now} It is not written in this language any more: its readers get "${contentLanguage}".`;
    return origin === 'default' ? `${now} It is what came with the console.` : now;
  },
  noAttachment: (name: string) => `The mail has no attachment "${name}".`,
  attachWith: (name: string) => `The mail has no attachment "${name}" yet. Add it with --attach.`,
  same: 'It is what came with the console.',
  diffLine: ({ side, text }: DiffLine) => `${sides[side]} ${text}`.trimEnd(),
  neverChanged: 'It was never changed.',
  versionIsNumber: 'VERSION is a number that email templates history shows.',
  version: ({ version, at, by, action, restored }: TemplateVersion) => [
    String(version),
    new Date(at).toISOString(),
    by,
    restored === null ? actions[action] : `${actions[action]} version ${restored}`,
  ],
  exported: (count: number, path: string) => `${count} mails written to ${path}.`,
  missing: (file: string) => `${file} is missing: the attachment has disappeared from the data folder.`,
  importedFile: ({ file, change, text }: ImportedFile) => [file, changes[change], text],
  counted(files: readonly ImportedFile[]) {
    const count = (change: ImportedFile['change']) => files.filter((file) => file.change === change).length;
    return { changed: count('new') + count('changed'), same: count('same'), refused: count('refused') };
  },
  imported: ({ changed, same }: { changed: number; same: number }) => `${changed} imported, ${same} were the same.`,
  wouldImport: ({ changed, same, refused }: { changed: number; same: number; refused: number }) =>
    `${changed} would be imported, ${same} are the same${refused === 0 ? '.' : `. ${refused} refused: nothing would be imported.`}`,
};
