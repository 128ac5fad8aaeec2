import type { TokenKind } from '../../../shared/contract/tokens.contract.ts';
import { formatCount, formatUsers } from './jobs.ts';
import { formatTokens } from './tokens.ts';

/** The fields of a token in its dialogs. */
export const tokenFieldNames = {
  serial: 'Serial number',
  secret: 'Secret key',
  kind: 'Type',
  algorithm: 'Algorithm',
  digits: 'Digits',
  interval: 'Interval',
  counter: 'Counter',
  startsOn: 'Start',
  expiresOn: 'Expires',
  manufacturer: 'Manufacturer',
  model: 'Model',
} as const;

/** Words of the dialogs that add and edit a token. */
export const editTokenText = {
  addTitle: 'Add OATH Token',
  editTitle: 'Edit OATH Token',
  label: (field: string) => `${field}:`,
  user: 'User:',
  userHint: 'Type a part of the username or name. Without a user the token can be assigned later.',
  nobody: 'Nobody',
  belongsTo: (username: string) => `Belongs to ${username}.`,
  isFree: 'Belongs to nobody.',
  encoding: 'Written as:',
  encodings: { base32: 'Base32', hex: 'Hexadecimal' },
  secretHint: 'Is kept sealed and never shown again.',
  replaceHint: 'Empty: the secret key stays as it is. It is never shown.',
  showSecret: 'Show what is typed',
  hideSecret: 'Hide what is typed',
  kinds: { totp: 'TOTP (by time, RFC 6238)', hotp: 'HOTP (by counter, RFC 4226)' } satisfies Record<TokenKind, string>,
  intervalHint: 'Seconds; 30 and 60 are usual.',
  counterHint: 'The counter of the next code; 0 for a new token.',
  dateHint: 'The first day (UTC) on which codes are accepted. Empty: at once.',
  expiryHint: 'The first day (UTC) on which no code is accepted any more. Empty: never.',
  anew: 'Counts anew: what was known of the clock or the counter is forgotten.',

  add: 'Add',
  adding: 'Adding…',
  apply: 'Apply',
  applying: 'Applying…',
  close: 'Close',
  added: (serial: string) => `${serial} is added.`,
  saved: 'Saved.',
  readFailed: 'The token could not be read.',
  addFailed: 'The token was not added.',
  saveFailed: 'The token was not saved.',
  tryAgain: 'Try again',

  gone: 'Somebody has removed this token.',
  secretSides: { mine: 'Your new secret key', theirs: 'Their new secret key', before: 'The secret key before' },
  emptyValue: '(empty)',

  serialMissing: 'Enter the serial number that is printed on the token.',
  tooLong: (count: number, most: number) => `${formatCount(count)} characters; at most ${formatCount(most)} are possible.`,
  controlCharacter: 'Contains a control character.',
  intervalWrong: 'Enter whole seconds from 10 to 600.',
  counterWrong: 'Enter a whole number, 0 or more.',
  dateWrong: 'Enter a date.',
  expiresBeforeStart: 'The token would expire before it starts.',
} as const;

/** Words of the dialogs that give a token to a user and take it from him. */
export const assignTokenText = {
  title: (serial: string) => `Assign token ${serial}`,
  titleLoading: 'Assign token',
  intro: 'The user signs in with the codes of this token when the method is OATH token.',
  user: 'User:',
  userHint: 'Type a part of the username or name.',
  belongsTo: (username: string) => `The token belongs to ${username}. Unassign it first.`,
  unassign: 'Unassign…',
  code: 'Code:',
  codeHint: 'Optional. What the token shows now: it is assigned only if that is right, and its clock is taken from it.',
  codesHint: 'Optional. Two codes one after the other: it is assigned only if they are right, and the counter is taken from them.',
  nextCode: 'Next code:',
  assign: 'Assign',
  assigning: 'Assigning…',
  close: 'Close',
  assigned: (serial: string, username: string) => `${serial} belongs to ${username}.`,
  readFailed: 'The token could not be read.',
  failed: 'The token was not assigned.',

  unassignTitle: 'Unassign token',
  question: (serial: string, username: string) => `Take token ${serial} from ${username}?`,
  belongsToNobody: (serial: string) => `Token ${serial} belongs to nobody.`,
  isLast: (username: string) => `${username} has no other token and cannot sign in with a code until another one is assigned.`,
  stays: 'The token stays in the list and can be assigned to somebody else.',
  take: 'Unassign',
  cancel: 'Cancel',
  unassigned: (serial: string) => `${serial} belongs to nobody now.`,
  unassignFailed: 'The token was not unassigned.',
} as const;

/** Words of the dialog that finds out how far a token has drifted. */
export const resyncTokenText = {
  title: (serial: string) => `Resynchronize token ${serial}`,
  titleLoading: 'Resynchronize token',
  intro: (kind: TokenKind) =>
    kind === 'totp'
      ? 'Enter the code that the token shows, wait for the next one and enter it too. The first alone is looked for within an hour, both within a day.'
      : 'Press the button of the token twice and enter both codes. They are looked for up to 1,000 presses ahead.',
  drift: (kind: TokenKind, seconds: number) => (kind === 'hotp' ? '' : `Known so far: ${clockText(seconds)}.`),
  code: 'First code:',
  nextCode: 'Next code:',
  optional: 'May be left empty for a clock that is less than an hour off.',
  resync: 'Resynchronize',
  searching: 'Searching…',
  close: 'Close',
  found: (kind: TokenKind, seconds: number) =>
    kind === 'hotp' ? 'Found. The counter is known again.' : `Found. ${clockText(seconds, true)}.`,
  notFound: 'Not found.',
  sameCode: 'Both codes are the same. Wait until the token shows another one.',
  codeForm: (digits: number) => `The codes of this token have ${digits} digits.`,
  readFailed: 'The token could not be read.',
  failed: 'The token was not resynchronized.',
} as const;

function clockText(seconds: number, isSentence = false): string {
  const clock = isSentence ? 'The clock of the token' : 'the clock of the token';
  if (seconds === 0) return `${clock} is in time`;
  return `${clock} is ${formatCount(Math.abs(seconds))} s ${seconds > 0 ? 'ahead' : 'behind'}`;
}

/** Words of the question before tokens are removed, and of what became of them. */
export const removeTokensText = {
  title: 'Remove tokens',
  reading: 'Looking up which tokens are selected…',
  readFailed: 'The selected tokens could not be read.',
  question: (count: number) => `Remove ${formatTokens(count)}?`,
  questionOne: (serial: string) => `Remove token ${serial}?`,
  none: 'None of them belongs to a user.',
  oneFree: 'It belongs to nobody.',
  assigned: (count: number, of: number) =>
    of === 1 ? 'It belongs to a user.' : `${formatCount(count)} of them ${count === 1 ? 'belongs to a user' : 'belong to users'}.`,
  without: (users: number) =>
    `${formatUsers(users)} ${users === 1 ? 'is' : 'are'} left without a token and cannot sign in with a code until another one is assigned.`,
  nobodyWithout: 'Everybody concerned keeps another token.',
  holders: 'Tokens that belong to users',
  holder: (serial: string, username: string, isLast: boolean) =>
    isLast ? `${serial}: ${username}, who has no other token` : `${serial}: ${username}`,
  more: (count: number) => `and ${formatTokens(count)} more`,
  consequence: 'The secret keys go with them and cannot be brought back; only the file of the manufacturer can.',
  remove: 'Remove',
  cancel: 'Cancel',
  close: 'Close',
  removing: (done: number, total: number) => `Removing ${formatCount(done)} of ${formatTokens(total)}…`,
  removed: (count: number) => `${formatTokens(count)} ${count === 1 ? 'is' : 'are'} removed.`,
  failed: 'Not all tokens were removed.',
} as const;

/** Words of the tab OATH Token of a user. */
export const userTokensText = {
  list: 'OATH tokens of this user',
  none: 'The user has no OATH token.',
  serial: 'Serial number',
  kind: 'Type',
  state: 'State',
  commands: 'Commands',
  resync: 'Resynchronize…',
  resyncOf: (serial: string) => `Resynchronize ${serial}`,
  unassign: 'Unassign…',
  unassignOf: (serial: string) => `Unassign ${serial}`,
  token: 'Assign a token:',
  tokenHint: 'Type a part of the serial number of a free token. Tokens are assigned at once.',
  assign: 'Assign',
  add: 'Add a new token…',
  assigned: (serial: string) => `${serial} is assigned.`,
  readFailed: 'The tokens of the user could not be read.',
  assignFailed: 'The token was not assigned.',
} as const;
