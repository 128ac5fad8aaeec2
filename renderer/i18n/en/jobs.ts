import type { ReadSummary } from '../../../shared/contract/common.ts';
import type { CsvDelimiter, CsvEncoding } from '../../../shared/contract/fileImport.ts';
import type { ImportOutcome, ImportRow, ImportSummary, SkipReason } from '../../../shared/contract/imports.contract.ts';
import type { Job } from '../../../shared/contract/jobs.contract.ts';
import { durationText } from '../../ui/durations.ts';

const wholeNumber = new Intl.NumberFormat('en');

/** `12345` → `12,345`. */
export function formatCount(count: number): string {
  return wholeNumber.format(Math.round(count));
}

/** `1 user`, `2 users`. */
export function formatUsers(count: number): string {
  return `${formatCount(count)} ${count === 1 ? 'user' : 'users'}`;
}

/** A duration with its unit, exact below a second: `340 ms`, `42 s`, `3 min 05 s`. */
export function formatDuration(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : durationText(milliseconds);
}

const jobKinds: Readonly<Record<string, string>> = {
  import: 'Import',
  'import-preview': 'Import preview',
  export: 'Export',
  'users-edit': 'Edit users',
  'mails-queue': 'Send emails',
  'users-remove': 'Remove users',
  'users-restore': 'Restore users',
  'users-forget': 'Remove users for good',
  'token-import': 'Import of tokens',
  'tokens-remove': 'Remove tokens',
  'support-bundle': 'Support bundle',
  backup: 'Backup',
  restore: 'Restore of a backup',
};

/** The name of a kind of job; a kind that this version does not know keeps its own name. */
export function jobKindText(kind: string): string {
  return jobKinds[kind] ?? kind;
}

const jobPhases: Readonly<Record<string, string>> = {
  connecting: 'Connecting to the directory',
  reading: 'Reading the directory',
  comparing: 'Comparing with the users of the console',
  writing: 'Writing users',
  exporting: 'Writing the file',
  committing: 'Writing users',
  'users-edit': 'Changing users',
  'mails-queue': 'Putting emails into the outbox',
  'users-pins': 'Giving users new PINs',
  'users-remove': 'Moving users to the recycle bin',
  'users-restore': 'Restoring users',
  'users-forget': 'Removing users for good',
  'token-import': 'Adding tokens',
  'tokens-remove': 'Removing tokens',
  'support-bundle': 'Collecting facts and logs',
  backup: 'Copying, writing and checking, in KB',
  restore: 'Unpacking and checking the backup, in KB',
};

/** What a job is doing, in words. */
export function jobPhaseText(phase: string): string {
  return jobPhases[phase] ?? phase;
}

export const jobStateText: Record<Job['state'], string> = {
  running: 'Running',
  done: 'Done',
  failed: 'Failed',
  cancelled: 'Cancelled',
  interrupted: 'Interrupted',
};

/** How a job ended. Imports count what they read, because their report says what became of it; others what they did. */
export function jobEndText({
  kind,
  state,
  done,
  failures,
  startedAt,
  finishedAt,
}: Pick<Job, 'kind' | 'state' | 'done' | 'failures' | 'startedAt' | 'finishedAt'>): string {
  if (state !== 'done' || finishedAt === null) return jobStateText[state];
  const duration = formatDuration(finishedAt - startedAt);
  if (kind === 'import' || kind === 'import-preview') return `${jobStateText.done} – ${formatCount(done)} read in ${duration}`;
  const failed = failures === 0 ? '' : `, ${formatCount(failures)} failed`;
  return `${jobStateText.done} – ${formatCount(done - failures)} in ${duration}${failed}`;
}

/** What a state of an import means for the users of the console; nothing is ever half written. */
export const importStateText = {
  cancelled: 'The import was cancelled. No user was changed.',
  interrupted: 'The console stopped while this import was running. No user was changed. Start it again.',
  failed: 'The import failed. No user was changed.',
} as const;

export const previewStateText = {
  cancelled: 'The preview was cancelled.',
  interrupted: 'The console stopped while this preview was computed. Start it again.',
  failed: 'The preview could not be computed.',
} as const;

const cutReasonText: Record<NonNullable<ReadSummary['cutBy']>, string> = {
  'display-limit': 'cut by the display limit',
  'server-size-limit': 'cut by the size limit of the directory server',
  'server-time-limit': 'cut by the time limit of the directory server',
  'total-time-limit': 'cut by the time limit for the whole read',
  'paging-stuck': 'cut because the server repeated the same page',
  'connection-lost': 'cut because the connection was lost',
  cancelled: 'cut because it was cancelled',
};

/** How much a read brought and whether that was everything: `Read 212, complete, 2 references to other servers ignored`. */
export function readSummaryText({
  entries,
  complete,
  cutBy,
  referrals,
}: Pick<ReadSummary, 'entries' | 'complete' | 'cutBy' | 'referrals'>): string {
  const parts = [
    complete ? `Read ${formatCount(entries)}, complete` : `Read ${formatCount(entries)} – ${cutBy ? cutReasonText[cutBy] : 'not complete'}`,
  ];
  if (referrals > 0) parts.push(`${formatCount(referrals)} ${referrals === 1 ? 'reference' : 'references'} to other servers ignored`);
  return parts.join(', ');
}

const strategies: Readonly<Record<string, string>> = {
  members: 'direct members',
  'in-chain': 'nested groups followed by the server',
  walk: 'nested groups followed level by level',
};

/** How group members were found; the reason for a switch (`walk, because …`) stays as the server says it. */
function strategyText(strategy: string): string {
  const [name = '', ...reason] = strategy.split(', ');
  return [strategies[name] ?? name, ...reason].join(', ');
}

/** What else is worth knowing about a read: duration, how groups were resolved and how deep they were nested. */
export function readDetailText({ milliseconds, strategy, groupDepth }: ReadSummary): string {
  const parts = [formatDuration(milliseconds)];
  if (strategy) parts.push(strategyText(strategy));
  if (groupDepth) parts.push(`${formatCount(groupDepth)} ${groupDepth === 1 ? 'level' : 'levels'} of nested groups`);
  return parts.join(', ');
}

export const outcomeText: Record<ImportOutcome, string> = {
  add: 'Add',
  update: 'Update',
  unchanged: 'Unchanged',
  skipped: 'Skipped',
  error: 'Error',
};

/** What has become of the users after an import. */
export const appliedOutcomeText: Record<ImportOutcome, string> = {
  add: 'Added',
  update: 'Updated',
  unchanged: 'Unchanged',
  skipped: 'Skipped',
  error: 'Error',
};

const skipTexts: Record<SkipReason, string> = {
  'no-username': 'The entry has no username.',
  'several-usernames': 'The username attribute has several values, so none is chosen.',
  'bad-username': 'The username holds characters that are not allowed.',
  'no-directory-id': 'The entry has no unique identifier.',
  'username-taken': 'Another user has this username.',
  'username-twice-in-read': 'Another person in this import has this username. Only the first one is imported.',
  'directory-id-twice-in-read': 'Another person in this import has this unique identifier. Only the first one is imported.',
  'not-new': 'The user exists and “Update existing users” is off.',
  'not-existing': 'The user is new and “Add new users” is off.',
  'entry-too-large': 'The entry is too large to be read.',
  'deleted-object': 'The directory has deleted this entry.',
  'not-a-user': 'The member is not a user, or does not match the user filter.',
  'member-not-readable': 'The member cannot be read with the configured account.',
  'member-elsewhere': 'The member belongs to another directory.',
  'row-not-valid': 'The row holds values that are not valid.',
  'user-twice-in-read': 'Another row of the file is about the same user. Only the first one is imported.',
  'other-directory-id': 'The user with this username has another unique identifier.',
  'token-not-known': 'An OATH token with this serial number is not in the list of tokens.',
  'token-assigned': 'The OATH token belongs to another user.',
  'token-twice-in-read': 'Another row of the file has this OATH token. Only the first one gets it.',
};

/** Why a person was skipped, in words; names who has the username where that is the reason. */
export function skipReasonText(row: Pick<ImportRow, 'reason' | 'takenBy' | 'line'>): string {
  if (row.reason === undefined) return '';
  if (row.reason === 'username-taken' && row.takenBy) return `The username belongs to ${row.takenBy}. Nothing was overwritten.`;
  if (row.line !== undefined && row.takenBy !== undefined) {
    return row.reason.startsWith('token-') && row.reason !== 'token-twice-in-read'
      ? `${skipTexts[row.reason]} (${row.takenBy})`
      : `${skipTexts[row.reason]} (Line ${row.takenBy})`;
  }
  return skipTexts[row.reason];
}

const warningTexts: Readonly<Partial<Record<Note, string>>> = {
  'phone-not-valid': 'is not a valid phone number; it is kept as the directory wrote it',
  'backup-phone-not-valid': 'is not a valid phone number; it is kept as the directory wrote it',
  'several-values': 'has several values; one of them is used',
  'choose-number': 'has several numbers; choose one in Edit User',
  'text-not-utf8': 'holds bytes that are not text; they are replaced',
  'text-too-long': 'is too long; it is shortened',
};

type Note = ImportRow['warnings'][number]['warning'];

/** What is wrong with a cell of a file, or odd about it. */
const cellNoteText: Readonly<Record<Note, string>> = {
  'cells-missing': 'The row has fewer cells than the file has columns',
  'cells-too-many': 'The row has more cells than the file has columns',
  'quote-misplaced': 'Something stands behind a closing quote',
  'text-control-characters': 'holds characters that are not text, such as NUL',
  'text-too-long': 'is too long',
  'text-not-utf8': 'holds bytes that are not text in this encoding',
  'email-not-valid': 'is not an email address',
  'phone-not-valid': 'is not a valid phone number',
  'backup-phone-not-valid': 'is not a valid phone number',
  'extension-not-valid': 'may hold digits, commas, * and # only',
  'country-not-known': 'is not a country',
  'method-not-known': 'is not a method',
  'mode-not-known': 'is not a mode',
  'mode-of-other-method': 'is a mode of another method',
  'mode-without-method': 'needs a method in the same row',
  'flag-not-known': 'is neither yes nor no',
  'rule-not-known': 'is not one of the choices',
  'number-out-of-range': 'is not a number within the limits',
  'language-not-known': 'is not a language code such as en or pt-BR',
  'list-not-readable': 'is not a list of names with semicolons',
  'looks-like-formula': 'looks like a formula; it is stored as text',
  'several-values': 'has several values; one of them is used',
  'choose-number': 'has several numbers; choose one in Edit User',
};

export const encodingText: Record<CsvEncoding, string> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16 LE',
  'utf-16be': 'UTF-16 BE',
  'windows-1252': 'Windows-1252',
};

export const delimiterText: Record<CsvDelimiter, string> = { ',': 'Comma', ';': 'Semicolon', '\t': 'Tab', '|': 'Vertical bar' };

/** The same for a sample of the directory configuration; the server may also answer in its own words. */
export function sampleProblemText(problem: string): string {
  const words = (warningTexts as Readonly<Record<string, string>>)[problem];
  return words === undefined ? problem : `The value ${words}.`;
}

const fieldNames: Readonly<Record<string, string>> = {
  username: 'Username',
  firstName: 'First name',
  lastName: 'Last name',
  email: 'Email address',
  userGroup: 'User group',
  phone: 'Phone',
  phoneValid: 'Phone is valid',
  backupPhoneValid: 'Backup phone is valid',
  extension: 'Extension',
  backupPhone: 'Backup phone',
  backupExtension: 'Backup extension',
  method: 'Method',
  mode: 'Mode',
  enabled: 'Enabled',
  description: 'Description',
  dn: 'Distinguished name',
  directoryId: 'Unique identifier',
  accountDisabled: 'Account disabled in the directory',
  languageCall: 'Phone call language',
  languageText: 'Text message language',
  languageApp: 'Mobile app language',
  languageOath: 'OATH token language',
  country: 'Country',
  backupCountry: 'Backup country',
  mustChangePin: 'PIN change required',
  globalServices: 'Use global services',
  administrator: 'Administrator',
  whenDisabled: 'When disabled',
  canChangePhone: 'User can change phone',
  keepPhoneSynced: 'Keep phone synchronized',
  language: 'Language (all methods)',
  pinCanChange: 'User can change PIN',
  pinMinLength: 'Minimum PIN length',
  pinPreventWeak: 'Prevent weak PINs',
  pinExpirationDays: 'PIN expiration (days)',
  pinHistory: 'PIN history',
  tags: 'Tags',
  oathSerial: 'OATH token serial numbers',
  pin: 'PIN',
  complete: 'Complete',
  missing: 'Missing',
  hasPin: 'Has PIN',
  pinSetAt: 'PIN set',
  origin: 'Origin',
  sid: 'Security identifier (SID)',
  createdAt: 'Created',
  updatedAt: 'Changed',
  importedAt: 'Imported',
};

/** The name of a user's field as the dialogs spell it. */
export function fieldText(field: string): string {
  return fieldNames[field] ?? field;
}

const yesNoFields: readonly string[] = ['enabled', 'accountDisabled', 'phoneValid', 'backupPhoneValid'];
const yesNo: Readonly<Record<string, string>> = { true: 'Yes', false: 'No' };

/** A stored value as people read it. */
export function valueText(field: string, value: string): string {
  return yesNoFields.includes(field) ? (yesNo[value] ?? value) : value;
}

export function warningText({ warning, field, column }: ImportRow['warnings'][number]): string {
  // About a column of a file: what is wrong there keeps its row from being imported.
  if (column !== undefined) return column === '' ? cellNoteText[warning] : `${column}: ${cellNoteText[warning]}`;
  return `${fieldText(field)} ${warningTexts[warning] ?? cellNoteText[warning]}`;
}

/** The same with the value. */
export function noteText(warning: ImportRow['warnings'][number]): string {
  return warning.value === '' ? warningText(warning) : `${warningText(warning)}: ${warning.value}`;
}

/** What was read of a file: `Read 1,200 rows of people.csv (UTF-8, comma), complete`. */
export function fileSummaryText({ name, encoding, delimiter }: NonNullable<ImportSummary['file']>, { entries }: ReadSummary): string {
  return `Read ${formatCount(entries)} ${entries === 1 ? 'row' : 'rows'} of ${name} (${encodingText[encoding]}, ${delimiterText[delimiter].toLowerCase()})`;
}

/** Tags that are made because the file names them. */
export function newTagsText(tags: readonly string[], isApplied: boolean): string {
  return `${isApplied ? 'New tags' : 'Tags that do not exist yet and will be created'}: ${tags.join(', ')}`;
}

export const jobReportText = {
  title: (job: Pick<Job, 'kind'>) => `${jobKindText(job.kind)} report`,
  untitled: 'Job report',
  close: 'Close',
  loading: 'Reading the report…',
  subject: 'Subject',
  state: 'State',
  startedAt: 'Started',
  finishedAt: 'Finished',
  startedBy: 'Started by',
  failures: 'Items that failed',
  item: 'Item',
  itemReason: 'Why it stayed as it was',
  itemsLabel: 'Items that failed',
  itemsFailed: 'The items that failed could not be read.',
  why: 'Why',
  noResult: 'This job left no list of users.',
  previewGone: 'The list of this preview was discarded when the import dialog was left.',
  logGone: 'The log of this import is gone: only those of the last 20 imports are kept.',
  exportCsv: 'Export…',
  exporting: 'Exporting…',
  exportFailed: 'The file could not be written.',
  showImported: 'Show imported users',
  warnings: 'Warnings',
  warning: 'Warning',
  filterLabel: 'Filter the list',
  listLabel: 'Users of this import',
  outcome: 'Outcome',
  line: 'Line',
  username: 'Username',
  name: 'Name',
  what: 'Details',
  dn: 'Distinguished name',
  detailsOf: (name: string) => `Details of ${name}`,
  rowLoading: 'Loading…',
  nothingHere: 'No user falls into this group.',
  tryAgain: 'Try again',
  was: 'was',
  becomes: 'becomes',
  emptyValue: '(empty)',
} as const;
