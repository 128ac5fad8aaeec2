import { formatCount, formatUsers } from './jobs.ts';

const are = (count: number) => (count === 1 ? 'is' : 'are');

/** Words of the recycle bin: users who were removed within the last 30 days. */
export const recycleBinText = {
  title: 'Removed users',
  intro: 'Removed users can be restored for 30 days. Then they are deleted for good.',
  search: 'Search removed users',
  clearSearch: 'Clear search',
  list: 'Removed users',
  columns: { username: 'Username', name: 'Name', removedAt: 'Removed', removedBy: 'Removed by', daysLeft: 'Days left' },
  /** Begun days; 0 or less once they are over and the next clean-up deletes the user. */
  daysLeft: (days: number) => formatCount(Math.max(0, days)),
  listFailed: 'The removed users could not be read.',
  tryAgain: 'Try again',
  empty: 'Nobody was removed within the last 30 days.',
  nobodyFound: (search: string) => `No removed user contains “${search}”.`,
  counted: (count: number, chosen: number) => (chosen > 1 ? `${formatCount(chosen)} selected, ${formatUsers(count)}` : formatUsers(count)),

  restore: 'Restore',
  forget: 'Delete for good…',
  close: 'Close',
  report: 'Report…',
  choosing: 'Looking up who is selected…',
  changedMeanwhile: 'The recycle bin has changed meanwhile, so nothing was done. Select the users again.',

  question: (count: number) => `Delete ${formatUsers(count)} for good?`,
  names: 'Users to be deleted',
  more: (count: number) => `and ${formatUsers(count)} more`,
  consequence: 'Their PINs, devices, tags and answers are deleted with them. OATH tokens become free. This cannot be undone.',
  deleteThem: 'Delete for good',
  cancel: 'Cancel',

  restored: (count: number) => `${formatUsers(count)} ${are(count)} back in the list of users.`,
  forgotten: (count: number) => `${formatUsers(count)} ${are(count)} deleted for good.`,
  stayed: (count: number) => `${formatUsers(count)} stayed in the recycle bin.`,
  left: (count: number) => `It was stopped before it got to ${formatUsers(count)}.`,
  restoreFailed: 'Not all users were restored.',
  forgetFailed: 'Not all users were deleted.',
} as const;
