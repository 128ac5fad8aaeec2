import type { UserChange } from '../../app/dialogs.store.ts';
import { formatCount, formatUsers } from './jobs.ts';

const are = (count: number) => (count === 1 ? 'is' : 'are');
const have = (count: number) => (count === 1 ? 'has' : 'have');

interface ChangeWords {
  readonly title: string;
  readonly question: (count: number) => string;
  readonly consequence: string;
  /** For whom it makes no difference. */
  readonly unchanged: (count: number) => string;
  readonly confirm: string;
  readonly done: (count: number) => string;
}

/** Words of the commands on selected users: what is asked before, and what became of it. */
export const changeText: Record<UserChange, ChangeWords> = {
  enable: {
    title: 'Enable users',
    question: (count) => `Enable ${formatUsers(count)}?`,
    consequence: 'Enabled users need their second factor to sign in.',
    unchanged: (count) => `${formatCount(count)} of them ${are(count)} enabled already.`,
    confirm: 'Enable',
    done: (count) => `${formatUsers(count)} ${are(count)} enabled.`,
  },
  disable: {
    title: 'Disable users',
    question: (count) => `Disable ${formatUsers(count)}?`,
    consequence:
      'Disabled users are not asked for a second factor. “When user is disabled” in Edit User and Company Settings says whether their sign-ins then succeed or fail.',
    unchanged: (count) => `${formatCount(count)} of them ${are(count)} disabled already.`,
    confirm: 'Disable',
    done: (count) => `${formatUsers(count)} ${are(count)} disabled.`,
  },
  'reset-pin': {
    title: 'Reset PINs',
    question: (count) => `Reset the PIN of ${formatUsers(count)}?`,
    consequence:
      'Each gets a new random PIN, which waits encrypted until it is mailed and has to be changed at the next sign-in. The present PINs stop working at once.',
    unchanged: (count) => `Nothing changes for ${formatCount(count)} of them.`,
    confirm: 'Reset PIN',
    done: (count) => `${formatUsers(count)} ${have(count)} a new PIN.`,
  },
  'reset-method': {
    title: 'Reset methods',
    question: (count) => `Reset the method of ${formatUsers(count)}?`,
    consequence: 'The method that they have now is replaced. Their phones, devices, tokens and PINs stay.',
    unchanged: (count) => `${formatCount(count)} of them ${have(count)} it already.`,
    confirm: 'Reset method',
    done: (count) => `${formatUsers(count)} ${have(count)} the method of Company Settings.`,
  },
};

export const changeUsersText = {
  reading: 'Looking up who is selected…',
  readFailed: 'The selected users could not be read.',
  gone: 'The selected users are no longer in the list.',
  names: 'Users to be changed',
  more: (count: number) => `and ${formatUsers(count)} more`,
  method: (method: string) => `They get the method of Company Settings: ${method}.`,
  cancel: 'Cancel',
  close: 'Close',
  goesOn: 'The work goes on when this is closed.',
  stayed: (count: number) => `${formatUsers(count)} stayed as they were.`,
  left: (count: number) => `It was stopped before it got to ${formatUsers(count)}.`,
  report: 'Report…',
  failed: 'Not all users were changed.',
} as const;
