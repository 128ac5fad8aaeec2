import type { MailProblem } from '../../../shared/contract/mailProblem.ts';
import type { MailReason, NoMailReason } from '../../../shared/email/mailReasons.ts';
import { findTemplate } from '../../../shared/email/templates.ts';
import { languageText } from './importDialog.ts';
import { formatCount } from './jobs.ts';
import { sizeText } from './sizes.ts';

const reasons: Readonly<Record<MailReason | NoMailReason, string>> = {
  'can-sign-in-now': 'The user is enabled and complete, and can sign in from now on.',
  'must-enroll': 'The user is enabled, but something is missing that can be set up in the User Portal.',
  'data-changed': 'Something changed that the mail tells.',
  'switched-off': 'Send emails to users is off.',
  'not-wanted': 'Send email is off for this action.',
  'no-address': 'The user has no e-mail address, and the username is none.',
  'address-not-valid': 'No mail can be sent to the address of the user.',
  disabled: 'The user is disabled.',
  'incomplete-without-portal': 'Something is missing for sign-in, and there is no User Portal URL where the user could set it up.',
  'nothing-mailed-changed': 'Nothing changed that a mail tells.',
  'updates-not-mailed': 'The action mails new users only.',
  'no-template': 'There is no mail for this change.',
  'other-method': 'The mail is for another method or mode than the one of the user.',
};

const fields: Readonly<Record<MailProblem['field'], string>> = {
  from: 'From',
  cc: 'Cc',
  bcc: 'Bcc',
  subject: 'Subject',
  body: 'Body',
  attachments: 'Attachments',
  settings: 'Settings',
};

export const mailTitle = (template: string) => findTemplate(template)?.title ?? template;

const formatProblems = (count: number) => (count === 1 ? '1 problem' : `${formatCount(count)} problems`);

/** Words of a mail that is shown, in the pane and in the dialog. */
export const mailViewText = {
  views: 'Views of the mail',
  view: { desktop: 'Desktop', phone: 'Phone', text: 'Plain text', dark: 'Dark', source: 'Source' },
  mail: 'Mail',
  header: 'Header of the mail',
  source: 'Source of the mail',
  frame: (title: string) => `Mail ${title}`,
  format: 'Format:',
  formats: { html: 'HTML and plain text', text: 'Plain text' },
  from: 'From:',
  to: 'To:',
  cc: 'Cc:',
  bcc: 'Bcc:',
  subject: 'Subject:',
  attachments: 'Attachments:',
  nobody: 'nobody yet',
  noFrom: 'not set',
  noHtml: 'This mail is plain text only.',
  bytes: sizeText,
  missing: (names: readonly string[]) =>
    `Lines are left out, because this reader has no value for: ${names.map((name) => `<$${name}$>`).join(', ')}.`,
  blocked: (addresses: readonly string[]) => `Not loaded, because it comes from elsewhere: ${addresses.join(', ')}.`,
  reader: 'Reader:',
  readerPlaceholder: 'Anna Miller (invented); type to find a user',
  language: 'Language:',
  readersLanguage: "Reader's language",
  previewFailed: 'The mail could not be shown.',
} as const;

export function problemText({ field, line, column, text }: MailProblem): string {
  return line === 0 ? `${fields[field]}: ${text}` : `${fields[field]}, line ${line}, column ${column}: ${text}`;
}

/** Words of the tab Email Content. */
export const emailContentText = {
  tree: 'Mails',
  loading: 'Reading the mails…',
  listFailed: 'The mails could not be read.',
  tryAgain: 'Try again',
  edited: 'edited',
  problems: formatProblems,
  noProblems: 'no problems',
  changed: (languages: readonly string[]) => `Edited in ${languages.map(languageText).join(', ')}`,
  verdict: (name: string, template: string | null, to: string, reason: MailReason | NoMailReason) =>
    template === null
      ? `If ${name} was added now, no mail would be sent. ${reasons[reason]}`
      : `If ${name} was added now, “${mailTitle(template)}” would be sent to ${to}. ${reasons[reason]}`,
  goToTemplate: 'Show that mail',
  edit: 'Edit…',
  save: 'Save as .eml',
  counts: (mails: number, edited: number, problems: number) =>
    [`${formatCount(mails)} mails`, edited > 0 && `${formatCount(edited)} edited`, problems > 0 && formatProblems(problems)]
      .filter(Boolean)
      .join(', '),
} as const;
