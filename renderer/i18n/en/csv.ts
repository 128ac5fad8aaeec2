import type { FileImportRequest } from '../../../shared/contract/fileImport.ts';
import { formatCount } from './jobs.ts';

export const emptyCellsText: Record<FileImportRequest['emptyCells'], string> = {
  keep: 'Leave the value as it is',
  clear: 'Take the value away',
};

export const fileEnableText: Record<FileImportRequest['enable'], string> = {
  new: 'All new users',
  'new-with-phone': 'Only new users with phone number',
  none: 'Nobody',
};

export const csvImportText = {
  title: 'Import users from a file',
  choose: 'File:',
  chooseHint:
    'CSV or text, up to 1 GB: one row for each user, columns separated by comma, semicolon, tab or vertical bar. Encoding and separator are found out.',
  uploading: (name: string) => `Reading ${name}`,
  next: 'Next',
  preview: 'Preview…',
  import: 'Import',
  back: 'Back',
  close: 'Close',
  otherFile: 'Other file',
  encoding: 'Encoding:',
  delimiter: 'Separator:',
  hasHeader: 'The first row names the columns',
  columnsLabel: 'Columns of the file',
  column: 'Column of the file',
  field: 'Imported as',
  samples: 'First values',
  fieldOf: (column: string) => `${column}: imported as`,
  notImported: '(Not imported)',
  addNew: 'Add new users',
  updateExisting: 'Update existing users',
  emptyCells: 'An empty cell of an existing user:',
  enable: 'Enable, where the file does not say it:',
  needsUsername: 'Choose which column holds the username.',
  twice: (field: string) => `Two columns are imported as ${field}. Choose one.`,
  needsChoice: 'Choose “Add new users”, “Update existing users” or both.',
  noPins: 'PINs are not taken from files. Choose “(Not imported)” for that column, and use Reset PIN… afterwards.',
} as const;

export const csvExportText = {
  title: 'Export users',
  who: 'Users:',
  all: 'All users',
  list: (count: number | null) => (count === null ? 'Users in the list' : `Users in the list (${formatCount(count)})`),
  selection: (count: number) => `Selected users (${formatCount(count)})`,
  search: 'Users found by a search',
  searchFor: 'Search for:',
  columns: 'Columns',
  allColumns: 'All',
  none: 'None',
  byteOrderMark: 'Mark as UTF-8 for Excel',
  export: 'Export',
  close: 'Close',
  cancel: 'Cancel',
  needsColumns: 'Choose at least one column.',
  exported: (users: string, name: string) => `${users} exported to ${name}.`,
  failed: 'The file could not be written.',
  noSecrets: 'PINs and secret keys are never exported. The file can be imported again.',
} as const;
