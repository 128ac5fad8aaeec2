import type { VerifyReason, VerifyStep } from '../../../shared/contract/verify.contract.ts';
import { instantText } from '../../ui/instants.ts';

interface ResultWords {
  readonly sentence: string;
  readonly advice: string;
}

/** What each result means and what to do. */
export const verifyResultText: Readonly<Record<VerifyReason, ResultWords>> = {
  'oath-code': { sentence: 'The OATH code is right.', advice: 'It is used up. The next sign-in needs the next code.' },
  bypassed: { sentence: 'A one-time bypass was open.', advice: 'It is used up. The next sign-in needs the second factor.' },
  'disabled-succeeded': {
    sentence: 'The user is disabled and succeeds without a second factor.',
    advice: 'Company Settings, or the settings of this user, say so under “When user is disabled”.',
  },
  'user-not-found': { sentence: 'This user no longer exists.', advice: 'Refresh the list. Somebody else may have removed the user.' },
  'user-disabled': { sentence: 'The user is disabled.', advice: 'Enable the user, or change what happens when a user is disabled.' },
  locked: { sentence: 'There were too many wrong PINs or codes.', advice: 'Wait, or unlock the user if it was an honest mistake.' },
  'no-method': {
    sentence: 'Something that the method of this user needs is missing.',
    advice: 'Edit the user: the list says what is missing.',
  },
  'pin-missing': { sentence: 'This user needs a PIN.', advice: 'Enter the PIN and test again.' },
  'incorrect-pin': { sentence: 'The PIN is not right.', advice: 'Try again, or give the user a new PIN.' },
  'pin-change-required': {
    sentence: 'The PIN is right, and the user must change it first.',
    advice: 'The user is asked for a new one at the next sign-in that can ask.',
  },
  'pin-expired': {
    sentence: 'The PIN is right, and it has expired.',
    advice: 'Give the user a new PIN, or change the expiration of PINs.',
  },
  'code-missing': { sentence: 'This user needs an OATH code.', advice: 'Enter the code that the token shows now.' },
  'incorrect-code': {
    sentence: 'The code is not right.',
    advice: 'Wait for the next code. If that is refused too, resynchronize the token in OATH Tokens.',
  },
  'code-already-used': { sentence: 'The code was used before.', advice: 'Each code is good once. Wait for the next one.' },
  'token-expired': { sentence: 'The OATH token has expired.', advice: 'Assign another token to the user.' },
  'token-not-started': { sentence: 'The OATH token is not valid yet.', advice: 'Check the start date of the token in OATH Tokens.' },
  'needs-phone-service': {
    sentence: 'Phone calls need a telephone service, and this server has none.',
    advice: 'Nobody was called. What else the sign-in needs is right.',
  },
  'needs-text-service': {
    sentence: 'Text messages need a message service, and this server has none.',
    advice: 'No message was sent. What else the sign-in needs is right.',
  },
  'needs-app-service': {
    sentence: 'The mobile app needs a push service, and this server has none.',
    advice: 'No notification was sent. What else the sign-in needs is right.',
  },
};

export const verifyStepText: Readonly<Record<VerifyStep['step'], string>> = {
  user: 'User',
  bypass: 'One-time bypass',
  pin: 'PIN',
  code: 'OATH code',
  call: 'Phone call',
  text: 'Text message',
  app: 'Mobile app',
};

export const verifyStateText: Readonly<Record<VerifyStep['state'], string>> = {
  passed: 'passed',
  failed: 'failed',
  'not-possible': 'not possible on this server',
};

export const testUserText = {
  title: (username: string) => `Test ${username}`,
  titleLoading: 'Test user',
  method: 'Method',
  pin: 'PIN',
  code: 'OATH code',
  codeHint: 'The code that the token shows now. It is used up when it is right.',
  nothingToEnter: 'Nothing has to be entered for this method.',
  bypassOpen: 'A one-time bypass is open. A test uses it up, as a sign-in does.',
  locked: (until: number) => `Locked until ${instantText(until)} after too many wrong PINs or codes.`,
  unlock: 'Unlock',
  test: 'Test',
  testing: 'Testing…',
  close: 'Close',
  steps: 'Steps of the test',
  outcomes: { succeeded: 'Succeeded', denied: 'Denied', 'not-verified': 'Not verified to the end' },
  attemptsLeft: (count: number) => (count === 1 ? 'One more wrong attempt locks the user.' : `${count} more wrong attempts lock the user.`),
  token: (serial: string) => `Token ${serial}`,
  loadFailed: 'The user could not be read.',
  testFailed: 'The test could not be done.',
} as const;
