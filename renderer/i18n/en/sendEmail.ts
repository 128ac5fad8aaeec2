import type { MailCounts, MailOutcome, MailVerdict } from '../../../shared/contract/sendEmail.ts';
import type { MailReason, NoMailReason } from '../../../shared/email/mailReasons.ts';
import { findTemplate } from '../../../shared/email/templates.ts';
import { formatCount, formatUsers } from './jobs.ts';

const reasons: Readonly<Record<MailReason | NoMailReason, string>> = {
  'can-sign-in-now': 'enabled and complete from now on',
  'must-enroll': 'enabled, with something missing that the user can set up in the User Portal',
  'data-changed': 'something changed that the mail tells',
  'switched-off': 'Send emails to users is off',
  'not-wanted': 'Send email is off',
  'no-address': 'no email address, and the username is none',
  'address-not-valid': 'no mail can be sent to the email address',
  disabled: 'disabled',
  'incomplete-without-portal': 'something is missing for sign-in, and there is no User Portal URL',
  'nothing-mailed-changed': 'nothing changes that a mail tells',
  'updates-not-mailed': 'only new users are mailed',
  'no-template': 'there is no mail for this change',
  'other-method': 'the template is for another method or mode',
};

const mails = (count: number) => (count === 1 ? '1 mail' : `${formatCount(count)} mails`);
const titleOf = (template: string) => findTemplate(template)?.title ?? template;

export const confirmCountText = {
  label: (count: number) => `To confirm, type the number of mails: ${formatCount(count)}`,
  hint: (most: number) => `Asked for more than ${formatCount(most)} mails. What has gone cannot be taken back.`,
};

/** Words of “Send email” in all dialogs that change users, and of the dialog that mails users. */
export const sendEmailText = {
  sendEmail: 'Send email',
  whom: 'Send email to',
  choices: { new: 'Only New Users', 'new-and-updated': 'New and Updated Users' },
  notReady: { off: 'Send emails to users is off in Email, Settings.', 'no-from': 'From is not set in Email, Settings.' },
  template: titleOf,
  reason: (reason: MailReason | NoMailReason) => reasons[reason],
  verdict: ({ template, to, reason }: MailVerdict) =>
    template === null ? `No mail: ${reasons[reason]}.` : `${to} gets the mail ${titleOf(template)}.`,
  outcome({ template, to, reason, state }: MailOutcome) {
    if (template === null) return `No mail: ${reasons[reason]}.`;
    const what = `The mail ${titleOf(template)} to ${to}`;
    if (state === 'held') return `${what} is held in the outbox.`;
    return state === 'queued' ? `${what} is on its way.` : `${what} could not be made yet. It is made in the background.`;
  },
  planLabel: 'Mails',
  planning: 'Counting mails…',
  plan: ({ mails: count }: MailCounts) => (count === 0 ? 'Nobody gets a mail.' : `${mails(count)} will be put into the outbox:`),
  planned: ({ template, count }: MailCounts['byTemplate'][number]) => `${formatCount(count)} × ${titleOf(template)}`,
  without: ({ reason, count }: MailCounts['none'][number]) => `${formatUsers(count)} without a mail: ${reasons[reason]}`,

  title: 'Send emails to users',
  command: 'Send Emails…',
  resend: 'Resend…',
  picked: 'Chosen users',
  bySearch: 'Users found by a search',
  all: 'All users',
  addUser: 'Add a user',
  addUserHint: 'Type a part of the name',
  unpick: (name: string) => `Remove ${name}`,
  searchFor: 'Search for',
  selected: (count: number) => (count === 1 ? 'The selected user' : `The ${formatCount(count)} selected users`),
  listed: (count: number) => `Everybody in the list (${formatUsers(count)})`,
  templateLabel: 'Mail',
  byRules: 'By the rules: as for a user who is added now',
  sampleLabel: 'Who gets what, the first of them',
  sampleColumns: { username: 'Username', to: 'To', mail: 'Mail' },
  noMail: (reason: NoMailReason | MailReason) => `None: ${reasons[reason]}`,
  planFailed: 'It could not be worked out who gets a mail.',
  readFailed: 'The users could not be read.',
  nobody: 'Nobody is left at these places of the list.',
  send: (count: number) => (count === 0 ? 'Send' : `Send ${mails(count)}`),
  cancel: 'Cancel',
  close: 'Close',
  report: 'Report…',
  goesOn: 'The work goes on when this is closed.',
  failed: 'Not all mails were put into the outbox.',
  made: (count: number, isHeld: boolean) =>
    `${mails(count)} ${count === 1 ? 'is' : 'are'} in the outbox${isHeld && count > 0 ? ', held until they are released' : ''}.`,
  unmailed: (count: number) => `${formatUsers(count)} without a mail.`,
  waiting: (count: number) => `${mails(count)} ${count === 1 ? 'is' : 'are'} still to be made, in the background.`,
} as const;
