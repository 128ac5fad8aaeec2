import type { ImportedFile } from '../../../shared/contract/mailTemplates.contract.ts';
import { instantText } from '../../ui/instants.ts';
import { formatCount } from './jobs.ts';

const mails = (count: number) => (count === 1 ? '1 mail' : `${formatCount(count)} mails`);

/** Words of the dialog Import Emails and of the export. */
export const importEmailsText = {
  importCommand: 'Import…',
  exportCommand: 'Export',
  exporting: 'Exporting…',
  exportFailed: 'The mails were not exported.',
  exported: (count: number, file: string) => `${mails(count)} exported to ${file}.`,
  missing: (files: readonly string[]) =>
    `Attachments that have disappeared from the data folder are not in the file: ${files.join(', ')}. Attach them again.`,
  dismiss: 'Dismiss',

  title: 'Import Emails',
  file: 'File:',
  fileHint:
    'A zip archive as Export makes it: a folder for each language, a file for each mail. Mails that are not in it stay as they are.',
  sending: 'Reading the file…',
  importing: 'Importing…',
  readFailed: 'The file cannot be imported.',
  failed: 'Nothing was imported.',
  empty: 'The archive has no mails. Each is a file LANGUAGE/ID.txt, such as en/call-pin-new-user.txt.',
  plan: ({ added, changed, same, refused }: Record<'added' | 'changed' | 'same' | 'refused', number>) =>
    [
      added > 0 && `${formatCount(added)} new`,
      changed > 0 && `${formatCount(changed)} changed`,
      same > 0 && `${formatCount(same)} the same`,
      refused > 0 && `${formatCount(refused)} refused`,
    ]
      .filter(Boolean)
      .join(', '),
  refusedAll: (count: number) =>
    count === 1
      ? 'One mail cannot be taken, so nothing can be imported. Correct it in the archive, or take it out.'
      : `${formatCount(count)} mails cannot be taken, so nothing can be imported. Correct them in the archive, or take them out.`,
  replaced: (count: number) =>
    count === 1
      ? 'One mail takes the place of a text that somebody wrote here. The history keeps that text.'
      : `${mails(count)} take the place of texts that somebody wrote here. The history keeps these texts.`,
  meanwhile: 'Mails were changed since. This is what an import would do now.',
  ignored: (files: readonly string[]) => `Left out, because they are no mails: ${files.join(', ')}.`,
  list: 'What an import would do',
  columns: { change: 'Change', mail: 'Mail', language: 'Language', about: 'About it' },
  change: { new: 'New', changed: 'Changed', same: 'The same', refused: 'Refused' } satisfies Record<ImportedFile['change'], string>,
  about: ({ text, replaces }: ImportedFile) => (replaces ? `Replaces the text of ${replaces.by}, ${instantText(replaces.at)}` : text),
  import: (count: number) => (count === 0 ? 'Import' : `Import ${mails(count)}`),
  imported: (count: number) => `${mails(count)} imported. ${count === 1 ? 'It holds' : 'They hold'} from now on.`,
  close: 'Close',
} as const;
