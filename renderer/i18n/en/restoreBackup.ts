import { instantText } from '../../ui/instants.ts';
import { sizeText } from './sizes.ts';

const count = (amount: number): string => amount.toLocaleString('en-US');
const users = (amount: number): string => (amount === 1 ? '1 user' : `${count(amount)} users`);
const mails = (amount: number): string => (amount === 1 ? '1 mail' : `${count(amount)} mails`);

/** Words of the dialog that restores a backup, and of the banner afterwards. */
export const restoreBackupText = {
  title: 'Restore a backup',
  choose: 'Which backup',
  file: 'File on the server:',
  fileProblem: 'Enter the whole path of a file on the server.',
  check: 'Check',
  upload: 'Or one on this computer:',
  uploadHint: 'It is sent to the server first, up to 1 GB.',
  checkFailed: 'This cannot be restored.',
  sending: (name: string) => `Sending ${name} to the server…`,
  checking: (name: string) => `Reading all of ${name}…`,

  found: 'What was found',
  isWhole: 'The backup is whole: all of it is as it was written, and this version can read it.',
  facts: { file: 'File', made: 'Made', server: 'On the server', version: 'By version', users: 'Users', size: 'Size', secrets: 'Secrets' },
  size: sizeText,
  count,
  secrets: {
    sealed: 'Passwords, PINs and tokens are in it, with their key, sealed with a passphrase. You are asked for that after the restore.',
    here: 'Passwords, PINs and tokens are in it, sealed. This computer opens them as when it was made: by its keychain, or the passphrase of its vault.',
    elsewhere: (server: string) =>
      `Passwords, PINs and tokens are in it, but not the key that the keychain of ${server} keeps: here they have to be entered anew, unless the vault there has a passphrase.`,
  },
  otherServer: (made: string, here: string) => `It was made on ${made}. This is ${here}.`,
  passphrase: 'Try the passphrase:',
  tryIt: 'Try',
  trying: 'Trying…',
  passphraseRight: 'It opens the secrets of this backup.',

  replaces: 'What happens',
  consequences: (now: number, then: number, made: number) => [
    `All data of this console is replaced: ${users(now)} by ${users(then)}, and all settings, tokens, mails, jobs and the audit. What changed after ${instantText(made)} is not in the backup.`,
    'A backup of the present state is made first, in the folder backup of the data folder. You can restore that in the same way.',
    'Work that runs is cancelled. Then the console starts again with the backup, and this window with it; who is signed in stays signed in.',
    'Mails that waited when the backup was made may have gone since. None of them is sent without your word.',
  ],
  confirm: (now: number) => `To confirm, type the number of users that are replaced: ${count(now)}`,
  restore: 'Restore',
  another: 'Another backup',
  failed: 'The backup was not restored. Everything is as it was.',
  restarting: 'The console is restoring the backup and starts again. This window comes back by itself.',
  cancel: 'Cancel',
  close: 'Close',

  /** After the window came back. */
  done: (made: number, server: string) => `The backup of ${instantText(made)} from ${server} was restored.`,
  keptIn: (place: string) => `What was there before is in ${place}.`,
  mails: (waiting: number) =>
    waiting === 0
      ? ''
      : `${mails(waiting)} that waited in it may have gone already: look at the outbox before you send them again or drop them.`,
  notDone: (file: string) => `${file} was not restored. Everything is as it was.`,
  dismiss: 'Dismiss',
};
