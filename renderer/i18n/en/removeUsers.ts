import { formatUsers } from './jobs.ts';

/** Words of the question before users go into the recycle bin, and of what became of them. */
export const removeUsersText = {
  title: 'Remove users',
  reading: 'Looking up who is selected…',
  readFailed: 'The selected users could not be read.',
  question: (count: number) => `Move ${formatUsers(count)} to the recycle bin?`,
  names: 'Users to be removed',
  more: (count: number) => `and ${formatUsers(count)} more`,
  consequence:
    'Removed users cannot sign in with a second factor. They wait in the recycle bin for 30 days with their PINs, tokens and tags, and can be restored until then.',
  remove: 'Remove',
  cancel: 'Cancel',
  close: 'Close',
  undo: 'Undo',
  goesOn: 'The work goes on when this is closed.',
  removed: (count: number) => `${formatUsers(count)} ${count === 1 ? 'is' : 'are'} in the recycle bin.`,
  restored: (count: number) => `${formatUsers(count)} ${count === 1 ? 'is' : 'are'} back in the list.`,
  stayed: (count: number) => `${formatUsers(count)} stayed as they were.`,
  left: (count: number) => `It was stopped before it got to ${formatUsers(count)}.`,
  report: 'Report…',
  removeFailed: 'Not all users were removed.',
  restoreFailed: 'Not all users were restored.',
} as const;
