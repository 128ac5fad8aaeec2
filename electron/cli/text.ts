import type { Job } from '../../shared/contract/jobs.contract.ts';
import type { CsvColumn } from '../../shared/contract/fileImport.ts';
import type { ImportSummary } from '../../shared/contract/imports.contract.ts';
import type { SavedCompany } from '../../shared/contract/company.contract.ts';
import type { VerifyResult } from '../../shared/contract/verify.contract.ts';
import type { UsernameResolution } from '../../shared/contract/usernames.contract.ts';
import type { UserDetail } from '../../shared/contract/users.contract.ts';
import { flagFields, textFields, timeFields } from '../../shared/contract/userFilter.ts';
import { fieldWords } from '../../shared/users/filterWords.ts';
import type { TokenImportCounts, TokenRow } from '../../shared/contract/tokens.contract.ts';
import type { BackupSchedule, BackupState, BackupSummary } from '../../shared/contract/backups.contract.ts';
import type { ProxyState } from '../../shared/contract/network.contract.ts';
import { formatNumber } from './formatNumber.ts';
import { readText } from './readText.ts';
import type { Verb } from './verb.ts';

const words = (fields: readonly (keyof typeof fieldWords)[]) => fields.map((field) => fieldWords[field]);
const [textWords, flagWords, timeWords] = [words(textFields), words(flagFields), words(timeFields)];
const users = (count: number): string => `${formatNumber(count)} ${count === 1 ? 'user' : 'users'}`;

const filterHelp = `FILTER is one condition or several, separated by blanks; all must hold, or one of them inside any(…).
  group:"Sales Team"      is; group:Sales,IT one of them; group:Sal* begins with; group:none, group:any
  email~contoso           contains; for ${textWords.join(', ')}
  enabled:no              or yes; for ${flagWords.join(', ')}
  method:text             or method:text/two-way-otp
  missing:phone           or app, token, pin: what the user's method still needs
  tag:vip                 tag:none, tag:any
  language-text:de        or default; also language-call, language-app, language-oath
  origin:import           or manual
  updated:7d              in the last 7 days; updated>=2026-01-31 (>, <, <=), updated:2026-01-01..2026-01-31;
                          for ${timeWords.join(', ')}; imported:never
  -tag:pilot              a minus turns a condition round
  saved:"My filter"       one that was saved in the window, alone`;

/** So much of a text that was typed is repeated around what is wrong in it: one line of a terminal. */
const shownBefore = 48;
const shownAfter = 24;

/** The part of a text around a position, and below it a mark for that. */
function pointedAt(typed: string, position: number): [string, string] {
  const [from, to] = [Math.max(0, position - shownBefore), position + shownAfter];
  const [before, after] = [from > 0 ? '…' : '', to < typed.length ? '…' : ''];
  return [`${before}${typed.slice(from, to).replaceAll(/\s/g, ' ')}${after}`, `${' '.repeat(before.length + position - from)}^`];
}

const identifierNames: Record<UsernameResolution['kind'], string> = {
  sid: 'SID',
  'directory-id': 'unique identifier',
  exact: 'username',
};

function resolvedText(name: string, { outcome, user, kind, tried, account, directoryError }: UsernameResolution): string {
  const names = tried.map((each) => `"${each}"`).join(' or ');
  const found = account && `The directory has ${account.dn} under it (${account.matched}).`;
  const unasked = directoryError && `The directory could not be asked: ${directoryError.message} Only usernames of the list were compared.`;
  const result = {
    found: `"${name}" is the user ${user?.username ?? ''}, matched by ${account ? identifierNames[kind] : 'username'}.`,
    'not-in-list':
      kind === 'exact' || directoryError
        ? `No user has the username ${names}.`
        : `No user of the list has its ${identifierNames[kind]}. Import the person, or import again people who were imported before.`,
    'not-in-directory': `The directory has nobody under ${names}.`,
    'no-identifier': `This account has no ${identifierNames[kind]} that the console may read.`,
    ambiguous: `"${name}" is the name of more than one account, so it means nobody.`,
  }[outcome];
  return [found, result, unasked].filter(Boolean).join('\n');
}

const aboutBackup = ({ createdAt, serverName, version, users: count, bytes, hasKey }: BackupSummary): string =>
  [
    `Made ${new Date(createdAt).toISOString()} on ${serverName} by version ${version}; ${users(count)}, ${formatNumber(Math.ceil(bytes / 1024))} KB.`,
    hasKey
      ? 'The key of its secrets is in it, sealed with a passphrase.'
      : 'The key of its secrets is not in it: they can be used on the computer where it was made only.',
  ].join('\n');

/** All that the command line says, apart from the sentences of errors, which come with the error. */
export const text = {
  backupDetails: (variable: string) =>
    `PINs, keys of tokens and passwords stay sealed in the backup by a key that the keychain of this computer has.
  --secrets            adds that key, sealed with a passphrase, so that another computer can use them
  --passphrase-stdin   reads the passphrase from standard input; else it is taken from ${variable}
Log files, reports of imports and files that were made for download are not in a backup.`,
  restoreDetails: (variable: string) =>
    `The console must be stopped: its window, the headless host and other mfactl. In the window, Tools > Backups... restores while it runs.
A backup of what was there is made first, in the folder backup of the data folder; where it is damaged, its files are moved there.
Mails that waited when the backup was made are not sent again without a word. A backup with the key asks for its passphrase when
the console is started.
  --check              says whether the file is a whole backup that this version can read, and changes nothing
  --passphrase-stdin   with --check: tries the passphrase on standard input, or that in ${variable}
  --give-up NAME       mail or authority, where its file is lost and no backup has it: the next start makes it anew, without what was in it`,
  restoreOne: 'restore takes the file of a backup, or --give-up with mail or authority.',
  restoreGivenUp: (name: string) => `${name}.db is made anew at the next start, without what was in it.`,
  backupScheduleDetails: (hours: readonly number[]) =>
    `  --every HOURS  one of ${hours.join(', ')}
  --at HH:MM     on the clock of this computer; the others of a day follow from it
  --keep N       so many scheduled copies are kept, the oldest go; other files in the folder stay
  --folder DIR   better on another disk than the data
  --off          no more scheduled backups
The window, the headless host or the service has to run. What is not given stays as it is. Scheduled copies hold no key of the secrets.`,
  backupOffAlone: '--off goes with no other option.',
  backupScheduleWrong: (hours: readonly number[]) => `--every takes one of ${hours.join(', ')}, and --at a time of day such as 02:30.`,
  backupSchedule: (schedule: BackupSchedule | null, nextAt: number | null) =>
    schedule === null
      ? 'No backups are made by themselves.'
      : `Every ${schedule.everyHours} hours, at ${schedule.at}, into ${schedule.folder}; ${schedule.keep} are kept. Next: ${new Date(nextAt ?? 0).toISOString()}.`,
  backupLast: (last: BackupState['last'], failure: BackupState['failure']) =>
    [
      last === null ? 'No backup is remembered.' : `Last backup: ${last.file}, ${new Date(last.at).toISOString()}.`,
      ...(failure ? [`The last try failed on ${new Date(failure.at).toISOString()}: ${failure.message}`] : []),
    ].join('\n'),
  backupPassphrase: (variable: string, min: number) =>
    `--secrets needs a passphrase of at least ${min} characters: give --passphrase-stdin, or set ${variable}.`,
  backupWritten: (file: string, summary: BackupSummary) => `Wrote ${file}.\n${aboutBackup(summary)}`,
  backupChecked: (file: string, summary: BackupSummary) => `${file} is a whole backup.\n${aboutBackup(summary)}`,
  backupRestored: (summary: BackupSummary, keptIn: string | null, mails: number) =>
    [
      `Restored.`,
      aboutBackup(summary),
      ...(keptIn === null ? [] : [`What was there before lies in ${keptIn}.`]),
      ...(mails === 0
        ? []
        : [
            `${formatNumber(mails)} ${mails === 1 ? 'mail' : 'mails'} waited when it was made and may have gone since. None of them is sent again by itself: see outbox list --state unknown, and --state held; then outbox retry or outbox cancel.`,
          ]),
    ].join('\n'),
  noTag: (name: string) => `There is no tag "${name}".`,
  tagAdded: (name: string) => `Added tag ${name}.`,
  tagChanged: (name: string) => `Changed tag ${name}.`,
  tagRemoved: (name: string, count: number) => `Removed tag ${name}, which ${users(count)} had.`,
  tagsMerged: (name: string, count: number) => `${users(count)} had one of these tags and ${count === 1 ? 'has' : 'have'} ${name} now.`,
  resolved: resolvedText,
  unknownVerb: (words: string) => (words ? `There is no verb "${words}". Try: mfactl help` : 'Say what to do. Try: mfactl help'),
  usage: (verb: Verb) => `Usage: mfactl ${verb.name} ${verb.usage}`.trimEnd(),
  helpOf: (verb: Verb) =>
    [
      `mfactl ${verb.name} ${verb.usage}`,
      verb.summary,
      ...(verb.details ? [verb.details] : []),
      `Example:\n  ${verb.example}`,
      ...('where' in verb.options ? [filterHelp] : []),
    ].join('\n\n'),
  help: (verbs: readonly Verb[]) =>
    [
      'mfactl – the command line of MFA Server Console',
      '',
      ...verbs.map((verb) => `  ${verb.name.padEnd(Math.max(...verbs.map(({ name }) => name.length)))}  ${verb.summary}`),
      '',
      'Every verb takes --json and --data-dir FOLDER. Exit codes: 0 done, 1 failed, 2 usage.',
      'mfactl help VERB shows the options of a verb and an example.',
    ].join('\n'),
  badFilter: (typed: string, { position, message }: { position: number; message: string }) =>
    [`--where: ${message}`, ...pointedAt(typed, position).map((line) => `  ${line}`)].join('\n'),
  serveHelp: `Runs until Ctrl+C. The link signs in once, from this computer.
  --port N           listens on this port; without it on any that is free
  --open             opens the console in a window of its own, and ends when that is closed
  --data-dir FOLDER  where the data is; without it the folder of MFA_DATA_DIR, or the usual place`,
  noSavedFilter: (name: string) => `There is no saved filter “${name}”.`,
  emptyFilter: '--where needs a condition, such as enabled:no. Leave it out to mean everybody.',
  passwordNeeded: (variable: string) =>
    `Give the password on standard input with --password-stdin, or in the environment variable ${variable}.`,
  read: readText,
  progress: (job: Job) => {
    const amount = job.total === null ? formatNumber(job.done) : `${formatNumber(job.done)} of ${formatNumber(job.total)}`;
    const remaining = job.remainingMs === null ? '' : `, ${Math.ceil(job.remainingMs / 1000)} s left`;
    return `${job.phase || 'starting'}: ${amount} (${formatNumber(Math.round(job.rate))} a second${remaining})`;
  },
  importResult: ({ state, counts, read }: ImportSummary) => {
    const did = state === 'applied' ? 'Imported' : 'Preview: nothing was written';
    const parts = [
      `add ${formatNumber(counts.add)}`,
      `update ${formatNumber(counts.update)}`,
      `unchanged ${formatNumber(counts.unchanged)}`,
      `skipped ${formatNumber(counts.skipped)}`,
    ];
    return `${did}. ${parts.join(', ')}, with warnings ${formatNumber(counts.warnings)}.\n${text.read(read)}`;
  },
  uploading: (done: number, total: number) => `reading the file: ${Math.floor((done * 100) / total)} %`,
  fileImportResult: ({ state, counts, file, read, newTags = [] }: ImportSummary) => {
    const did = state === 'applied' ? 'Imported' : 'Preview: nothing was written';
    const parts = [
      `add ${formatNumber(counts.add)}`,
      `update ${formatNumber(counts.update)}`,
      `unchanged ${formatNumber(counts.unchanged)}`,
      `skipped ${formatNumber(counts.skipped)}`,
      `errors ${formatNumber(counts.error ?? 0)}`,
    ];
    const from = `Read ${formatNumber(read.entries)} ${read.entries === 1 ? 'row' : 'rows'} of ${file?.name ?? 'the file'}${file ? ` (${file.encoding})` : ''}.`;
    const hint = counts.error ? 'Rows with errors are not imported; --report FILE.csv says why.' : '';
    const tags = newTags.length > 0 ? `New tags: ${newTags.join(', ')}.` : '';
    return [`${did}. ${parts.join(', ')}.`, from, tags, hint].filter(Boolean).join('\n');
  },
  columns: (columns: readonly CsvColumn[]) =>
    `Columns: ${columns.map(({ header, field }) => (field === null ? `${header} (not imported)` : header === field ? header : `${header} = ${field}`)).join(', ')}.`,
  exported: (users: number, file: string) => `${formatNumber(users)} ${users === 1 ? 'user' : 'users'} written to ${file}.`,
  reportWritten: (file: string) => `Report: ${file}`,
  listening: (link: string) => `Sign in at ${link}`,
  listeningOn: (port: number) => `Listening on 127.0.0.1:${port}. Press Ctrl+C to stop.`,
  checksFailed: (failed: number, all: number) => `${failed} of ${all} checks failed.`,
  checkHelp: 'Exit code 1 when something failed; warnings alone are no failure. With --json: { network: […], requirements: […] }.',
  noTimeServer: (written: string) => `${written} is no host name or IP address, with or without :PORT.`,
  clockNotCompared: 'The clock is not compared.',
  exportTargetsHelp:
    '--targets adds the other targets that are on: a table has their names, rules have the addresses that DNS answers now.',
  addTargetHelp:
    'TLS is checked against the public authorities; --no-tls tries the connection only. A failure of an --optional target is a warning.\nAn IPv6 address stands in brackets: [2001:db8::1]:443.',
  noTarget: (written: string) => `${written} is not HOST:PORT, such as mfa.corp.example:443.`,
  targetAdded: (id: string) => `${id} is added.`,
  targetChanged: {
    remove: (id: string) => `${id} is removed.`,
    enable: (id: string) => `${id} is checked from now on.`,
    disable: (id: string) => `${id} is no longer checked.`,
  },
  noHours: (hours: string) => `${hours} is no number of hours from 0 to 168.`,
  checkedEvery: (subject: string, hours: number) =>
    hours === 0 ? `${subject} not checked by itself.` : `${subject} checked every ${hours} h.`,
  requirementHelp: (kinds: readonly string[]) => `REQUIREMENT is one of: ${kinds.join(', ')}.`,
  rulesHelp: 'Exit code 1 when a target is blocked, by a rule or by default. Elsewhere than on Windows there is nothing to compare with.',
  noWindows: 'This server does not run on Windows: there are no rules of Windows Firewall to compare with.',
  targetsBlocked: (blocked: number, all: number) => `${blocked} of ${all} targets are blocked by Windows Firewall.`,
  noSwitch: (written: string) => `${written} is neither on nor off.`,
  rangeTable: ({ reason, eventConfirmation }: { readonly reason: string; readonly eventConfirmation: boolean }) =>
    `Event Confirmation is ${eventConfirmation ? 'on' : 'off'}. ${reason}`,
  proxyHelp: (variable: string) =>
    `environment: what HTTPS_PROXY and NO_PROXY say, which is the rule until another is set. --except takes what NO_PROXY takes.\nThe proxy has to take CONNECT; it is signed in to by Basic. The password comes on standard input or in ${variable} and is kept in the keychain.`,
  proxy({ inUse, settings, environment, passwordStored }: ProxyState) {
    const { mode, user } = settings;
    const bypass = mode === 'own' ? settings.bypass : mode === 'environment' ? environment.bypass : [];
    return [
      inUse === null ? 'No proxy is used.' : `Proxy: ${inUse}${mode === 'environment' ? ' (from the environment)' : ''}.`,
      mode === 'own' && user !== '' ? `It is signed in to as ${user}${passwordStored ? '' : ', without a password'}.` : '',
      inUse !== null && bypass.length > 0 ? `Reached without it: ${bypass.join(', ')}.` : '',
      mode === 'environment' ? environment.problem : '',
    ]
      .filter(Boolean)
      .join('\n');
  },
  inRange: (address: string, range: string) => `${address} is in the published range ${range}.`,
  inNoRange: (address: string, table: 'full' | 'reduced') =>
    table === 'full' ? `${address} is in no published range.` : `${address} is in no range of the reduced table; --table full has more.`,
  rangeTableHelp:
    'The reduced table is enough where Event Confirmation is not used and no user approves in the app from inside the corporate network.\n--table auto chooses it where Event Confirmation is off and no user has the mobile app.',
  nothingToAttend: 'Nothing needs your attention.',
  notCountedYet: 'The users are being counted. Ask again in a moment.',
  lastImport: (state: string, at: string, people: string) => `Last import: ${state}, ${at}, ${people} people.`,
  neverImported: 'No import is remembered.',
  nothingFound: 'Nothing found.',
  moreExist: (shown: number, count: number) => `${formatNumber(shown)} of ${formatNumber(count)} users.`,
  /** What was committed before an end is never taken back; an import commits all at once, at its end. */
  jobCancelled: ({ kind, done, total }: Job) =>
    kind.startsWith('users-')
      ? `The job was cancelled after ${formatNumber(done)} of ${total === null ? 'all' : formatNumber(total)} users. They stay as they are now.`
      : 'The job was cancelled. Nothing was changed.',
  usersDone: (count: number) => `Done: ${users(count)}.`,
  wouldChange: ({ matched, changing }: { matched: number; changing: number }) =>
    `Preview: nothing was written. ${formatNumber(changing)} of ${users(matched)} would change.`,
  someRefused: ({ failures, done }: Job, items: readonly { item: string; text: string }[]) =>
    [
      `${formatNumber(failures)} of ${users(done)} stayed as they were:`,
      ...items.map(({ item, text: why }) => `  ${item}: ${why}`),
      ...(failures > items.length ? [`  and ${formatNumber(failures - items.length)} more`] : []),
    ].join('\n'),
  notInBin: (username: string) => `There is no removed user ${username}.`,
  nothingToChange: 'Say what to change, for example --phone or --enabled.',
  userSaved: ({ username, complete, missing }: UserDetail) =>
    complete ? `Saved ${username}.` : `Saved ${username}, who cannot sign in yet. Missing: ${missing.join(', ')}.`,
  yes: 'yes',
  asCompany: 'as Company Settings say',
  since: (time: string, { account, jobId }: { readonly account: string; readonly jobId: string }) =>
    `, since ${time}${account && ` by ${account}`}${jobId && ` in job ${jobId}`}`,
  noColumn: (name: string, columns: readonly string[]) => `There is no column "${name}". Columns: ${columns.join(', ')}.`,
  no: 'no',
  verified: ({ message, attemptsLeft, lockedUntil }: VerifyResult) => {
    if (lockedUntil !== null) return `${message} Locked until ${new Date(lockedUntil).toISOString()}.`;
    return attemptsLeft === null ? message : `${message} Attempts left before the user is locked: ${attemptsLeft}.`;
  },
  unlocked: (username: string) => `${username} may try again.`,
  bypassStarted: (username: string, until: string) => `${username} may skip the second factor once until ${until} UTC.`,
  bypassRevoked: (username: string, was: boolean) =>
    was ? `The one-time bypass of ${username} is revoked.` : `${username} has no open one-time bypass.`,
  questionAdded: (id: number) => `Added as question ${id}.`,
  questionRemoved: (answers: number) =>
    answers === 0 ? 'Removed. Nobody had answered it.' : `Removed, with the answers of ${formatNumber(answers)} users.`,
  pinAccepted: 'This PIN may be used.',
  companySaved: ({ revision, savedAt, savedBy }: SavedCompany) =>
    savedAt === null
      ? 'These are the defaults; nobody has saved anything yet.'
      : `Revision ${revision}, saved by ${savedBy} on ${new Date(savedAt).toISOString().slice(0, 19).replace('T', ' ')} UTC.`,
  noOwnTexts: (language: string, isShipped: boolean) =>
    isShipped ? `The texts in "${language}" are the shipped ones already.` : `There are no texts in "${language}".`,
  saved: (passwordStored: boolean) => (passwordStored ? 'Saved. The password is in the vault.' : 'Saved. No password is stored.'),
};

const tokens = (count: number) => `${formatNumber(count)} ${count === 1 ? 'token' : 'tokens'}`;

/** What the verbs about OATH tokens say. */
export const tokenText = {
  secretNeeded: (variable: string) =>
    `Give the secret key on standard input with --secret-stdin, or in the environment variable ${variable}.`,
  codeNeeded: 'Give a code of the token on standard input with --code-stdin.',
  newSecretNeeded: '--hex and --counter belong to a new secret key. Give it on standard input with --secret-stdin.',
  changeNeeded: 'Say what is to be changed, for example --expires 2027-01-31.',
  edited: ({ serial }: TokenRow) => `Changed ${serial}.`,
  added: ({ serial, user }: TokenRow) => (user ? `Added ${serial}, assigned to ${user.username}.` : `Added ${serial}.`),
  assigned: ({ serial, user }: TokenRow) => `${serial} belongs to ${user?.username ?? ''}.`,
  unassigned: ({ serial }: TokenRow) => `${serial} belongs to nobody.`,
  resynced: ({ serial, kind, driftSeconds }: TokenRow) =>
    kind === 'hotp' ? `The counter of ${serial} is known again.` : `The clock of ${serial} is ${driftText(driftSeconds)}.`,
  removed: ({ removed, unassigned }: { removed: number; unassigned: number }) =>
    `Removed ${tokens(removed)}${unassigned > 0 ? `, ${formatNumber(unassigned)} of them assigned` : ''}.`,
  assignedOnes: (count: number, first: readonly { serial: string; username: string }[]) =>
    [
      `${tokens(count)} would be taken from users. Repeat with --assigned to remove them all the same.`,
      ...first.map(({ serial, username }) => `  ${serial}  ${username}`),
    ].join('\n'),
  importPlanned: ({ added, skipped }: TokenImportCounts) =>
    `Preview: nothing was written. ${tokens(added)} would be added, ${formatNumber(skipped)} skipped.`,
  imported: ({ added, skipped }: TokenImportCounts) => `Added ${tokens(added)}, skipped ${formatNumber(skipped)}.`,
  skippedRow: (row: number, serial: string, why: string) => `  row ${row}${serial ? ` (${serial})` : ''}: ${why}`,
  moreRows: (shown: number, total: number) => `${formatNumber(shown)} of ${formatNumber(total)} rows; --log FILE.csv writes all.`,
  moreExist: (shown: number, count: number) => `${formatNumber(shown)} of ${tokens(count)}.`,
};

function driftText(seconds: number): string {
  if (seconds === 0) return 'in time';
  return `${formatNumber(Math.abs(seconds))} s ${seconds > 0 ? 'ahead' : 'behind'}`;
}
