import type { TagColor } from '../../../shared/contract/tags.contract.ts';
import { formatCount, formatUsers } from './jobs.ts';

/** `1 tag`, `2 tags`. */
const formatTags = (count: number): string => `${formatCount(count)} ${count === 1 ? 'tag' : 'tags'}`;

export const tagColorText: Record<TagColor, string> = {
  grey: 'Grey',
  blue: 'Blue',
  teal: 'Teal',
  green: 'Green',
  gold: 'Gold',
  orange: 'Orange',
  red: 'Red',
  purple: 'Purple',
};

/** Words of the Tags pane. */
export const tagsText = {
  list: 'Tags',
  columns: { name: 'Tag', users: 'Users', description: 'Description' },
  search: 'Search tags',
  clearSearch: 'Clear search',
  counted: (count: number, total: number) => (count === total ? formatTags(total) : `${formatCount(count)} of ${formatTags(total)}`),
  add: 'Add…',
  edit: 'Edit…',
  remove: 'Remove…',
  merge: 'Merge…',
  listFailed: 'The tags could not be read.',
  tryAgain: 'Try again',
  emptyTitle: 'No tags yet',
  emptyText: 'Tags mark users across groups, for example a pilot or people who need help. Filters and reports can use them.',
  noMatchTitle: 'No tag found',
  noMatch: (search: string) => `No tag contains “${search}”.`,
  showAll: 'Show all tags',
} as const;

/** Words of the dialog that adds or edits a tag. */
export const tagEditorText = {
  addTitle: 'Add Tag',
  editTitle: 'Edit Tag',
  name: 'Name:',
  color: 'Color:',
  description: 'Description:',
  nameMissing: 'A tag needs a name.',
  tooLong: (count: number, most: number) => `${formatCount(count)} characters; at most ${formatCount(most)} are possible.`,
  add: 'Add',
  adding: 'Adding…',
  apply: 'Apply',
  applying: 'Applying…',
  close: 'Close',
  added: (name: string) => `${name} is added.`,
  saved: 'Saved.',
  addFailed: 'The tag was not added.',
  saveFailed: 'The tag was not saved.',
} as const;

/** Words of the questions before a tag is removed and before tags are merged. */
export const tagQuestionText = {
  removeTitle: 'Remove tag',
  removeQuestion: (name: string) => `Remove the tag ${name}?`,
  removeUsers: (users: number) =>
    users === 0 ? 'No user has it.' : `${formatUsers(users)} ${users === 1 ? 'loses' : 'lose'} it. The users stay.`,
  removeFilters: 'Saved filters that name it find nobody by it any more.',
  remove: 'Remove',
  removing: 'Removing…',
  removed: (name: string, users: number) => `${name} is removed${users === 0 ? '' : ` from ${formatUsers(users)}`}.`,
  removeFailed: 'The tag was not removed.',

  mergeTitle: 'Merge tag',
  mergeQuestion: (name: string) => `Everybody who has ${name} gets the other tag instead, and ${name} is removed.`,
  into: 'Merge into:',
  onlyTag: 'There is no other tag.',
  option: (name: string, users: number) => `${name} (${formatUsers(users)})`,
  merge: 'Merge',
  merging: 'Merging…',
  merged: (name: string, into: string, users: number) =>
    `${name} is removed. ${formatUsers(users)} ${users === 1 ? 'has' : 'have'} ${into} now.`,
  mergeFailed: 'The tags were not merged.',

  cancel: 'Cancel',
  close: 'Close',
} as const;

/** Words of the tab Tags of a user. */
export const userTagsText = {
  intro: 'Tags mark users across groups. Filters can use them.',
  list: 'Tags of this user',
  search: 'Search tags',
  none: 'There are no tags yet. They are made in the pane Tags.',
  noMatch: 'No tag contains this text.',
  failed: 'The tags could not be read.',
} as const;
