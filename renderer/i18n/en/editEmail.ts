import type { TemplateVersion } from '../../../shared/contract/mailTemplates.contract.ts';
import { attachmentMaxBytes, attachmentsMaxBytes } from '../../../shared/email/attachmentLimits.ts';
import { instantText } from '../../ui/instants.ts';
import { sizeText } from './sizes.ts';

const actions: Readonly<Record<TemplateVersion['action'], string>> = {
  saved: 'Saved',
  reset: 'Reset to default',
  restored: 'Restored',
  imported: 'Imported',
};

/** Words of the dialog Edit Email. */
export const editEmailText = {
  title: 'Edit Email',
  form: 'Text of the mail',
  reading: 'Reading the mail…',
  readFailed: 'The mail could not be read.',
  saveFailed: 'Nothing was saved.',
  uploadFailed: 'The file was not added.',
  previewFailed: 'The preview could not be made.',
  type: 'Type:',
  language: 'Language:',
  languagesWithText: 'Written in',
  otherLanguages: 'Other languages',
  notWritten: (shown: string) =>
    `This mail is not written in this language. Its readers get the text in ${shown}, which is where you start from.`,
  format: 'Format:',
  formats: { html: 'HTML and plain text', text: 'Plain text', 'own-html': 'Own HTML' },
  from: 'From:',
  fromHint: 'Empty: the address of the settings.',
  cc: 'Cc:',
  bcc: 'Bcc:',
  subject: 'Subject:',
  attachments: 'Attachments:',
  addFile: 'Browse…',
  addingFile: 'Adding…',
  remove: (name: string) => `Remove ${name}`,
  tooLarge: (name: string) =>
    `“${name}” is larger than ${sizeText(attachmentMaxBytes)}. Mail servers refuse what is larger: put the file on a server and write a link.`,
  tooLargeTogether: `All attachments together may have ${sizeText(attachmentsMaxBytes)} at most.`,
  body: 'Body:',
  insert: 'Insert variable',
  problems: 'Problems',
  noProblems: 'No problems.',
  pages: 'Pages beside the text',
  page: { preview: 'Preview', compare: 'Compare with default', history: 'History' },

  same: 'The mail is what came with the console.',
  compared: 'Differences from the default',
  defaultLine: 'Default:',
  ownLine: 'Yours:',
  noHistory: 'Nobody changed this mail in this language yet.',
  history: 'Versions',
  version: ({ version, at, by, action, restored }: TemplateVersion) =>
    `${version}: ${actions[action]}${restored === null ? '' : ` version ${restored}`} by ${by}, ${instantText(at)}`,
  restore: 'Restore',
  restoreThis: (version: number) => `Restore version ${version}`,

  conflict: (by: string) => `${by} changed this mail meanwhile. Nothing of yours is saved yet.`,
  keepMine: 'Keep what I wrote',
  loadTheirs: 'Take over the other text',

  previous: 'Previous',
  next: 'Next',
  apply: 'Apply',
  applying: 'Applying…',
  reset: 'Reset to default',
  resetTitle: 'Reset to default?',
  resetText: 'The mail becomes what came with the console. The history keeps what is there now.',
  keep: 'Keep it',
  close: 'Close',
  done: { saved: 'Changes applied.', reset: 'Reset to default.', restored: 'The earlier version holds again.' },
  errors: (count: number) => (count === 1 ? 'One error has to be corrected.' : `${count} errors have to be corrected.`),
} as const;
