import type { EmailSettings, RelayStepName, RelayTestStep, RelayWay } from '../../../shared/contract/email.contract.ts';
import type { DayLimit, MailAction, MailState, OutboxMail } from '../../../shared/contract/outbox.contract.ts';
import { findTemplate } from '../../../shared/email/templates.ts';
import type { EmailProblem } from '../../panes/email/settings/emailForm.ts';
import { instantText } from '../../ui/instants.ts';
import type { StepRunState } from '../../ui/stepRun.ts';
import { formatCount } from './jobs.ts';

/** Words of the pane Email, but for the tab Email Content. */
export const emailText = {
  tabsLabel: 'Pages of Email',
  tabs: { settings: 'Settings', content: 'Email Content', outbox: 'Outbox' },
} as const;

export const deliveryModeText: Readonly<Record<EmailSettings['mode'], readonly [name: string, meaning: string]>> = {
  hold: [
    'Hold in the outbox',
    'Nothing leaves. Each mail waits in the outbox, where it can be read, released or cancelled. The safe way to try everything.',
  ],
  relay: ['Send through the relay', 'Mails go to the mail relay below as soon as they are made. Those that are held already stay held.'],
  pickup: ['Write into a pickup folder', 'Each mail becomes a file (.eml) in a folder of the server, from where another program sends it.'],
};

export const mailSecurityText: Readonly<Record<EmailSettings['relay']['security'], string>> = {
  none: 'None (plain text)',
  starttls: 'STARTTLS',
  tls: 'TLS',
};

export const relayAuthText: Readonly<Record<EmailSettings['relay']['auth'], string>> = {
  none: 'None',
  password: 'User and password',
  oauth2: 'OAuth 2.0 (client credentials)',
};

export const relayStepText: Readonly<Record<RelayStepName, string>> = {
  dns: 'Find the relay',
  tcp: 'Connect',
  greeting: 'Greeting',
  tls: 'Secure the connection',
  login: 'Sign in',
  sender: 'Check the sender',
  mail: 'Send a test mail',
};

/** Words of the tab Settings. */
export const emailSettingsText = {
  loading: 'Reading the email settings…',
  readFailed: 'The email settings could not be read.',
  saveFailed: 'Nothing was saved.',

  delivery: 'Delivery',
  sendEmails: 'Send emails to users',
  sendEmailsHint: 'When this is off, nobody gets a mail, whatever is added, imported or changed. Mails to administrators are not affected.',
  mode: 'What happens to mails:',
  pickupFolder: 'Pickup folder:',
  pickupHint: 'A folder of the server, with its whole path.',

  relay: 'Mail relay',
  relayHint: 'Also where mails go that are released while mails are held.',
  host: 'Host:',
  port: 'Port:',
  security: 'Security:',
  plainWarning: 'Without encryption everybody in the network between can read the mails, with the PINs in them.',
  user: 'User:',
  userHint: { password: undefined, oauth2: 'The mailbox that sends.' },
  auth: 'Authentication:',
  oauth: 'OAuth 2.0',
  tokenUrl: 'Token address:',
  tokenUrlHint: 'For Exchange Online https://login.microsoftonline.com/TENANT/oauth2/v2.0/token.',
  clientId: 'Client ID:',
  scope: 'Scope:',
  scopeHint: 'For Exchange Online https://outlook.office365.com/.default.',
  clientSecret: 'Client secret:',
  clientSecrets: {
    stored: 'A client secret is stored. Leave this empty to keep it.',
    forgotten: 'The stored client secret belongs to another token address or client and will be forgotten. Enter it again.',
    none: 'No client secret is stored.',
    typed: 'Kept in the vault of the console when you apply.',
  },
  pins: 'Trusted certificates',
  password: 'Password:',
  passwords: {
    stored: 'A password is stored. Leave this empty to keep it.',
    forgotten: 'The stored password belongs to another relay or user and will be forgotten. Enter it again.',
    none: 'No password is stored.',
    typed: 'Kept in the vault of the console when you apply.',
  },

  sender: 'Sender',
  from: 'From:',
  fromHint: 'Such as MFA <mfa@corp.example>. A mail with a From of its own uses that one.',
  replyTo: 'Reply-To:',
  replyToHint: 'Empty: answers go to From.',

  content: 'In every mail',
  companyName: 'Company name:',
  companyHint: 'Stands above and below each mail.',
  portalUrl: 'User Portal URL:',
  portalHint: 'Where users set up what is missing. Empty: there is no portal, and nobody is asked to go there.',

  administrators: 'Administrators',
  administratorsField: 'Addresses:',
  administratorsHint: 'Who gets the mails to administrators: one address on each line.',

  speed: 'Speed',
  rate: 'Mails a second:',
  rateHint: '0: as fast as the relay takes them.',
  connections: 'Connections:',
  connectionsHint: 'To the relay at the same time, at most: from 1 to 20. It begins with two and opens more while that is faster.',

  perDay: 'Recipients in 24 hours:',
  perDayHint: 'A limit of your relay or provider, such as 10,000 for Exchange Online. To, Cc and Bcc of each mail count. Empty: no limit.',

  perDomain: 'To each recipient domain',
  perDomainHint: 'Many providers slow down or refuse who sends too much to them at once.',
  domainRate: 'Mails a second to a domain:',
  domainRateHint: '0: no limit of its own.',
  domainConnections: 'Connections for a domain:',
  domainConnectionsHint: 'From 1 to 20; 0: no limit of its own.',

  meanwhile: (by: string, at: number | null) =>
    `${by || 'Somebody else'} has saved other email settings meanwhile${at === null ? '' : ` (${instantText(at)})`}. Nothing of yours is saved yet.`,
  differing: (fields: readonly string[]) =>
    fields.length === 0 ? 'They are the same as yours.' : `Yours differ in: ${fields.join(', ')}.`,
  test: 'Test…',
  leaveText: 'What you changed in the email settings is not applied.',
  problems: (count: number) => `${formatCount(count)} ${count === 1 ? 'field needs' : 'fields need'} your attention: `,

  answersAt: (host: string) => `${host} answers in another way. Choose one to test it; it holds once you apply the settings.`,
  useWay: ({ port, security }: RelayWay) => `Port ${port}, ${mailSecurityText[security]}`,
  testTitle: 'Test the mail relay',
  testIntro: 'Goes to the relay with the settings as they are typed, applied or not.',
  testTo: 'Send a test mail to:',
  testToHint: 'Empty: the test ends before a mail is handed over.',
  testToProblem: 'This is not an address to which a mail can be sent.',
  startTest: 'Start the test',
  trusted: 'The certificate is trusted for this relay once you apply the settings.',
  close: 'Close',
} as const;

const problemTexts: Readonly<Record<Exclude<EmailProblem, object>, string>> = {
  'host-needed': 'Enter the name of the relay.',
  host: 'Enter a host name or an address, without smtp:// and port.',
  port: 'Enter a port from 1 to 65535.',
  'plain-password': 'A password or token would be sent in clear text. Choose STARTTLS or TLS, or no authentication.',
  'user-needed': 'Enter who signs in.',
  'token-url-needed': 'Enter where tokens are asked for.',
  'token-url': 'This is not an address that begins with https://.',
  'client-id-needed': 'Enter the ID of the application that signs in.',
  'domain-connections': 'Enter a number from 0 to 20.',
  'not-a-certificate': 'This is not a certificate in PEM form.',
  'folder-needed': 'Enter the folder into which mails are written.',
  'whole-path': 'Enter the whole path of a folder on the server.',
  'from-needed': 'Enter who sends: no mail goes without it.',
  mailbox: 'This is not a mail address such as MFA <mfa@corp.example>.',
  'portal-url': 'This is not an address such as https://mfa.corp.example/portal.',
  rate: 'Enter a number from 0 to 1000.',
  connections: 'Enter a number from 1 to 20.',
  'per-day': 'Enter a whole number up to 100 million, or nothing.',
  'too-many': 'At most 50 addresses.',
  'not-accepted': 'This is not accepted: it is too long, or has more than one line.',
};

/** What is wrong with a field, as a sentence beside it. */
export function emailProblemText(problem: EmailProblem): string {
  return typeof problem === 'object' ? `“${problem.notAMailbox}” is not a mail address.` : problemTexts[problem];
}

/** What is announced while the relay is tested and when the test ends. */
export function relayTestText(state: StepRunState<'check' | 'mail', RelayTestStep>): string {
  if (state.phase === 'running') return 'Testing the relay…';
  if (state.phase !== 'finished') return '';
  if (!state.passed) return 'The test failed.';
  const warnings = state.steps.filter((step) => step.state === 'warning').length;
  const passed = state.kind === 'mail' ? 'The test passed, and the relay has taken the test mail' : 'The test passed';
  return warnings === 0 ? `${passed}.` : `${passed}, with ${formatCount(warnings)} ${warnings === 1 ? 'warning' : 'warnings'}.`;
}

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

  stateCount: (state: string, count: number) => (count === 0 ? state : `${state} (${formatCount(count)})`),

  open: 'Open…',
  release: 'Release…',
  retry: 'Retry…',
  cancel: 'Cancel…',

  trouble: (sentence: string, nextTry: string) => `No mail goes out at the moment. ${sentence} Next try: ${nextTry}.`,
  dayLimit: ({ recipients, perDay }: Omit<DayLimit, 'nextAt'>, next: string) =>
    `Mails went to ${formatCount(recipients)} ${recipients === 1 ? 'recipient' : 'recipients'} in 24 hours; the limit is ${formatCount(perDay)}. The others stay queued, the next until ${next}.`,
  heldOne: 'One mail is held: nothing leaves before it is released.',
  held: (count: number) => `${formatCount(count)} mails are held: nothing leaves before it is released.`,
  holding: 'Mails are held: what is made from now on waits here until it is released.',
  heldLeft: (count: number) =>
    count === 1
      ? 'One mail is held from the time when mails were held. It waits until it is released.'
      : `${formatCount(count)} mails are held from the time when mails were held. They wait until they are released.`,

  counting: 'Counting the mails…',
  changing: 'At work…',
  which: 'Which mails',
  ofSelected: (count: number, selected: number) =>
    count === selected
      ? `Selected: ${formatMails(count)}`
      : `Selected: ${formatCount(count)} of ${formatMails(selected)}; the others stay as they are`,
  mayArriveTwice: (count: number) =>
    count === 1
      ? 'One of them may have arrived already: the connection died after it was sent. Trying it again may deliver it twice.'
      : `${formatCount(count)} of them may have arrived already: the connection died after they were sent. Trying them again may deliver them twice.`,
  changeFailed: 'Nothing was changed.',
  goBack: 'Go back',
  close: 'Close',

  mailTitle: 'Mail',
  mailFailed: 'The mail could not be read.',
  reading: 'Reading the mail…',
  inLanguage: (template: string, language: string) => `${template} (${language})`,
  messageId: 'Message-ID',
  subject: 'Subject',
  body: 'Text',
  html: 'HTML',
  plainText: 'Plain text',
  history: 'Attempts',
  noHistory: 'It was not handed over yet.',
  when: 'When',
  outcome: 'Outcome',
  stateMeaning: {
    queued: 'it goes out as soon as it is its turn.',
    sending: 'it is being handed over now.',
    sent: 'the relay has taken it, or it lies in the pickup folder.',
    deferred: 'it was refused for the moment and is tried again.',
    failed: 'it was refused for good and is not tried again.',
    held: 'it waits until it is released.',
    unknown: 'the connection died after it was sent. It may have arrived, so it is not tried again unless you say so.',
    cancelled: 'it does not go out, and its PIN is erased.',
  } satisfies Record<MailState, string>,

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

/** Words of the questions before mails are changed. */
export const mailActionText: Readonly<
  Record<
    MailAction,
    {
      readonly title: string;
      readonly run: string;
      readonly none: string;
      readonly meaning: string;
      question(count: number): string;
      all(count: number): string;
      done(count: number): string;
    }
  >
> = {
  release: {
    title: 'Release mails',
    run: 'Release',
    none: 'None of these mails is held.',
    question: (count) => `Release ${formatMails(count)}?`,
    all: (count) => `All that are held: ${formatMails(count)}`,
    meaning: 'They go out now, also while other mails are held. What has gone cannot be taken back.',
    done: (count) => (count === 1 ? '1 mail is released.' : `${formatCount(count)} mails are released.`),
  },
  retry: {
    title: 'Try mails again',
    run: 'Try again',
    none: 'None of these mails has failed or waits for another try.',
    question: (count) => `Try ${formatMails(count)} again now?`,
    all: (count) => `All that failed or were deferred: ${formatMails(count)}`,
    meaning: 'They go back into the queue and are handed over as soon as it is their turn.',
    done: (count) => (count === 1 ? '1 mail is queued again.' : `${formatCount(count)} mails are queued again.`),
  },
  cancel: {
    title: 'Cancel mails',
    run: 'Cancel mails',
    none: 'None of these mails can be cancelled: they have gone, or are cancelled already.',
    question: (count) => `Cancel ${formatMails(count)}?`,
    all: (count) => `All that wait: ${formatMails(count)}`,
    meaning: 'A cancelled mail does not go out, and the PIN in it is erased. This cannot be undone.',
    done: (count) => (count === 1 ? '1 mail is cancelled.' : `${formatCount(count)} mails are cancelled.`),
  },
};

/** The mail by its name in the tree of templates. */
export function templateText({ template }: Pick<OutboxMail, 'template'>): string {
  return findTemplate(template)?.title ?? template;
}

/** Words of the chart of the last day. */
export const lastDayText = {
  title: 'Last 24 hours',
  table: 'Mails per hour of the last day',
  hour: 'Hour',
  asTable: 'Show as table',
  asChart: 'Show as chart',
  count: formatCount,
  sums: (totals: Readonly<Record<'sent' | 'deferred' | 'failed' | 'unknown', number>>) =>
    Object.entries(totals)
      .filter(([, count]) => count > 0)
      .map(([outcome, count]) => `${formatCount(count)} ${mailStateText[outcome as MailState].toLowerCase()}`)
      .join(', '),
} as const;
