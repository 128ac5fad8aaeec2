import type { AuditEntry } from '../../../shared/contract/audit.contract.ts';
import type { Job } from '../../../shared/contract/jobs.contract.ts';
import type { Finding } from '../../../shared/contract/status.contract.ts';
import { instantText } from '../../ui/instants.ts';
import { lastDayText } from './email.ts';
import { formatCount, formatUsers } from './jobs.ts';
import { shellText, type PaneId } from './shell.ts';

const mails = (count: number) => `${formatCount(count)} ${count === 1 ? 'mail' : 'mails'}`;
const since = (at: number | undefined) => (at === undefined ? '' : ` since ${instantText(at)}`);

/** What was found, in a sentence. */
export function findingText({ kind, count = 0, text = '', at }: Finding): string {
  switch (kind) {
    case 'store-damaged':
      return `The file of users is damaged: ${text}`;
    case 'settings-unreadable':
      return text;
    case 'keychain-unavailable':
      return 'This computer has no keychain that answers, so passwords, PINs to be mailed and secrets of tokens cannot be kept.';
    case 'keychain-locked':
      return 'The stored passwords and secrets are locked. What needs them waits until somebody enters the passphrase.';
    case 'delivery-stopped':
      return `No mail has been delivered${since(at)}: ${text}`;
    case 'network-failed':
      return `${formatCount(count)} ${count === 1 ? 'target' : 'targets'} of the network cannot be used. ${text}`;
    case 'requirements-failed':
      return `${formatCount(count)} ${count === 1 ? 'requirement is' : 'requirements are'} not met. ${text}`;
    case 'mails-unknown':
      return count === 1
        ? 'Of 1 mail nobody knows whether the relay has taken it. It is not sent again without your word.'
        : `Of ${mails(count)} nobody knows whether the relay has taken them. They are not sent again without your word.`;
    case 'mails-failed':
      return `${mails(count)} could not be delivered.`;
    case 'sender-missing':
      return 'No sender is set, so no mail can be sent.';
    case 'disabled-succeed':
      return 'Disabled users may authenticate without a second factor.';
    case 'import-failed':
      return `The last import did not come to its end${at === undefined ? '' : ` (${instantText(at)})`}. ${text}`.trim();
    case 'log-not-written':
      return `The log is not being written: ${text}. Make space, or make the folder of the log writable, and start the console again.`;
    case 'backup-failed':
      return `The last backup could not be made${at === undefined ? '' : ` (${instantText(at)})`}. ${text}`.trim();
    case 'backup-old':
      return at === undefined
        ? 'No backup has been made by the schedule.'
        : `The last backup was made ${instantText(at)}, which is too long ago.`;
    case 'directory-missing':
      return 'No directory is configured.';
    case 'directory-stale':
      return `Nobody was imported from the directory${since(at)}. Who has left may still be able to sign in.`;
    case 'mails-held':
      return `${mails(count)} ${count === 1 ? 'is held and waits' : 'are held and wait'} to be released.`;
    case 'mails-limited':
      return `The limit of recipients in 24 hours is reached: ${mails(count)} ${count === 1 ? 'waits' : 'wait'}${at === undefined ? '' : `, and the next goes ${instantText(at)}`}.`;
    case 'users-incomplete':
      return `${formatUsers(count)} ${count === 1 ? 'is' : 'are'} enabled but cannot use a second factor yet.`;
  }
}

const jobStates: Readonly<Record<Job['state'], string>> = {
  running: 'Running',
  done: 'Done',
  failed: 'Failed',
  cancelled: 'Cancelled',
  interrupted: 'Interrupted',
};

/** Words of the Status pane. */
export const statusText = {
  loading: 'Reading the status…',
  failed: 'The status could not be read.',
  tryAgain: 'Try again',
  findings: 'Needs attention',
  allWell: 'Nothing needs your attention.',
  severities: { error: 'Error', warning: 'Warning', info: 'Note' } satisfies Record<Finding['severity'], string>,
  goTo: (pane: PaneId) => `Open ${shellText.panes[pane]}`,
  unlock: 'Unlock…',
  setPassphrase: 'Set a passphrase…',
  configure: 'Configure…',
  import: 'Import…',
  backups: 'Backups…',

  server: 'This server',
  name: 'Name',
  addresses: 'Addresses',
  noAddress: 'None but this computer itself',
  version: 'Version',
  program: 'Program',
  programs: { desktop: 'Desktop', headless: 'Headless server', 'command line': 'Command line' } as Readonly<Record<string, string>>,
  started: 'Running since',
  work: 'Background work',
  worksHere: 'Done by this program',
  worksElsewhere: 'Done by another program on the same data',
  directory: 'Directory',
  directoryServer: 'Server',
  freshness: (ago: string, days: number) => `Read from the directory ${ago}. After ${days} days it counts as out of date.`,
  people: 'People read',
  importedFrom: 'From',
  noDirectory: 'Not configured',
  lastImport: 'Last import',
  neverImported: 'None that is remembered',
  jobState: (state: Job['state']) => jobStates[state],

  usersTitle: 'Users by method',
  notCounted: 'Users are being counted…',
  countedAt: (at: string) => `Counted ${at}`,
  noUsers: 'There are no users yet.',
  method: 'Method',
  complete: 'Complete',
  incomplete: 'Incomplete',
  disabled: 'Disabled',
  all: 'All',
  showTable: 'Show as a table',
  showChart: 'Show as a chart',

  enrolmentTitle: 'Enrolment',
  enrolmentText: 'All users, and those who can use their second factor, at the end of each day.',
  day: 'Day',
  users: 'Users',
  oneDay: 'The picture begins to grow tomorrow: users are counted once a day.',

  mailTitle: 'Mail of the last day',
  noMail: 'No mail was sent in the last 24 hours.',
  mailSums: lastDayText.sums,
  hour: lastDayText.hour,

  jobs: 'Work',
  noJobs: 'No work has been done yet.',
  job: 'Work',
  state: 'State',
  startedAt: 'Started',
  by: 'By',

  lately: 'What happened lately',
  nothingYet: 'Nothing was changed yet.',
  warnings: 'Warnings and errors in the log',
  noWarnings: 'The log has no warning and no error.',
  severity: 'Severity',
  message: 'Message',
  time: 'Time',
  who: 'Who',
  what: 'What',
  outcome: 'Outcome',
  outcomeText: ({ outcome, code }: Pick<AuditEntry, 'outcome' | 'code'>) => (outcome === 'done' ? 'Done' : `Failed (${code})`),
} as const;
