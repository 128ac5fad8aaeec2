import type { LogLevel } from '../../../shared/contract/logs.contract.ts';
import { formatCount } from './jobs.ts';
import { sizeText } from './sizes.ts';

export const logLevelText: Readonly<Record<LogLevel, string>> = { debug: 'Debug', info: 'Information', warning: 'Warning', error: 'Error' };

/** Words of the Logging pane. */
export const loggingText = {
  list: 'Log lines',
  columns: { at: 'Time', level: 'Level', host: 'Program', component: 'Component', message: 'Message', user: 'User', ref: 'Reference' },
  level: 'Level',
  levels: {
    debug: 'All levels',
    info: 'Information and above',
    warning: 'Warnings and errors',
    error: 'Errors',
  } satisfies Record<LogLevel, string>,
  component: 'Component',
  allComponents: 'All components',
  user: 'User',
  userHint: 'Any user',
  ref: 'Reference',
  refHint: 'Any reference',
  search: 'Search the log',
  clearSearch: 'Clear search',
  live: 'Live',
  counted: (lines: number, isAll: boolean) =>
    `${formatCount(lines)} ${lines === 1 ? 'line' : 'lines'}${isAll ? '' : ', older ones follow when you scroll'}`,
  searched: (read: number, all: number) => `${sizeText(read)} of ${sizeText(Math.max(read, all))} looked through`,
  searching: (read: number, all: number) => `Looking through the logs: ${sizeText(read)} of ${sizeText(Math.max(read, all))}`,
  skipped: (bytes: number) => `More was written than can be shown as it comes: ${sizeText(bytes)} left out. Refresh shows it.`,
  tooMany: (lines: number) => `The newest ${formatCount(lines)} lines are shown. Narrow the filter to find older ones.`,
  show: 'Show line…',
  files: 'Log files…',
  emptyTitle: 'Nothing was logged yet',
  emptyText: 'Errors, warnings and what the console does in the background are written here.',
  refresh: 'Refresh',
  noMatchTitle: 'No line found',
  noMatch: 'No line of the log fits these conditions.',
  showAll: 'Show all lines',
  failed: 'The logs could not be read.',
  tryAgain: 'Try again',

  lineTitle: 'Log Line',
  copy: 'Copy',
  copied: 'Copied.',
  close: 'Close',
  noTime: 'Unknown',
  wholeLine: 'Whole line',

  filesTitle: 'Log Files',
  folder: 'Folder:',
  fileColumns: { name: 'File', size: 'Size', changedAt: 'Last written' },
  fileMb: 'Size of a file (MB):',
  fileMbProblem: 'A whole number from 1 to 1,024.',
  fileCount: 'Files of each program:',
  fileCountProblem: 'A whole number from 2 to 100.',
  atNextStart:
    'A program begins a new file when the size is reached and removes its oldest one. It follows these settings from its next start.',
  size: sizeText,
  apply: 'Apply',
  saved: 'Saved.',
  noFiles: 'There are no log files yet.',
} as const;
