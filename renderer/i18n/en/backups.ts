import { instantText } from '../../ui/instants.ts';
import { sizeText } from './sizes.ts';

/** Words of the dialog about backups. */
export const backupsText = {
  title: 'Backups',
  loading: 'Reading the backups…',
  loadFailed: 'The backups could not be read.',
  tryAgain: 'Try again',

  now: 'Back up now',
  nowHint: 'A copy of all users, mails and settings in one new file on the server, made while everything goes on.',
  file: 'File:',
  withKey: 'Add the key of passwords, PINs and tokens, sealed with a passphrase',
  withKeyHint: 'Without it these can be used on this computer only.',
  passphrase: 'Passphrase:',
  repeat: 'Repeat it:',
  start: 'Back Up Now',
  written: (file: string) => `Wrote ${file}.`,
  failed: 'The backup was not made.',
  last: (at: number, file: string, bytes: number) => `Last backup: ${instantText(at)}, ${sizeText(bytes)}, ${file}`,
  lastFailed: (at: number, message: string) => `The last try failed ${instantText(at)}: ${message}`,
  never: 'No backup has been made yet.',

  schedule: 'Schedule',
  scheduleHint: 'Made by the program that does the background work. Scheduled copies hold no key of the secrets.',
  isScheduled: 'Make backups on a schedule',
  every: 'How often:',
  hours: (hours: number) => {
    if (hours === 1) return 'Every hour';
    if (hours < 24) return `Every ${hours} hours`;
    if (hours === 24) return 'Every day';
    return hours === 168 ? 'Every week' : `Every ${hours / 24} days`;
  },
  at: 'Time of day:',
  keep: 'Copies to keep:',
  folder: 'Folder:',
  folderHint: 'Better on another disk than the data.',
  next: (at: number) => `Next: ${instantText(at)}`,
  apply: 'Apply',
  saved: 'Saved.',
  saveFailed: 'The schedule was not saved.',

  copies: 'Copies',
  noCopies: (folder: string) => `There are no copies in ${folder}.`,
  columns: { file: 'File', bytes: 'Size', changedAt: 'Written', kind: 'Kind' },
  kinds: { scheduled: 'Scheduled', byHand: 'By hand' },
  restore: 'Restore',
  restoreThis: 'Restore…',
  restoreOf: (file: string) => `Restore ${file}…`,
  restoreAnother: 'Restore another file…',
  restoreHint: 'Restoring looks at the copy first, says what it replaces, and asks.',
  size: sizeText,
  close: 'Close',

  problems: {
    file: 'Enter the whole path of a file on the server.',
    passphrase: 'Use at least 8 characters.',
    repeat: 'The two passphrases are not the same.',
    at: 'A time of day such as 02:30.',
    keep: 'A whole number from 1 to 1,000.',
    folder: 'Enter the whole path of a folder on the server.',
  },
};
