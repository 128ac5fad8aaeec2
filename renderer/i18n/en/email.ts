import type { MailState, OutboxMail } from '../../../shared/contract/outbox.contract.ts';
import { findTemplate } from '../../../shared/email/templates.ts';
import { formatCount } from './jobs.ts';

/** Words of the pane Email, but for the tab Email Content. */
export const emailText = {
  tabsLabel: 'Pages of Email',
  tabs: { settings: 'Settings', outbox: 'Outbox' },
} as const;

/** What has become of a mail. */
export const mailStateText: Readonly<Record<MailState, string>> = {
  queued: 'Queued',
  sending: 'Sending',
  sent: 'Sent',
  deferred: 'Deferred',
  failed: 'Failed',
  held: 'Held',
  unknown: 'Unknown',
  cancelled: 'Cancelled',
};

const formatMails = (count: number) => (count === 1 ? '1 mail' : `${formatCount(count)} mails`);

/** Words of the tab Outbox. */
export const outboxText = {
  list: 'Mails',
  columns: {
    created: 'Created',
    username: 'User',
    to: 'To',
    template: 'Mail',
    state: 'State',
    attempts: 'Attempts',
    nextTry: 'Next try',
    reply: 'Answer',
    language: 'Language',
  },

  search: 'Search user or address',
  clearSearch: 'Clear search',
  show: 'Show:',
  showAll: 'All mails',

  counted: (count: number, total: number, isFiltered: boolean) =>
    isFiltered ? `${formatCount(count)} of ${formatMails(total)}` : formatMails(total),
  released: (count: number) => `The list has changed, so ${formatCount(count)} rows are no longer selected`,
  selected: (count: number) => `${formatCount(count)} selected`,

  listFailed: 'The outbox could not be read.',
  tryAgain: 'Try again',

  emptyTitle: 'No mails yet',
  emptyText:
    'Mails to users appear here as soon as they are made: when users are added, imported or changed with Send email, or on command.',
  noMatchTitle: 'No mail found',
  noMatch: (search: string) => `No mail goes to a user or an address with “${search}”.`,
  noMatchState: 'No mail is in this state.',
  showAllMails: 'Show all mails',
} as const;

/** The mail by its name in the tree of templates. */
export function templateText({ template }: Pick<OutboxMail, 'template'>): string {
  return findTemplate(template)?.title ?? template;
}
