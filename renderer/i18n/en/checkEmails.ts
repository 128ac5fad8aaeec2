import { formatCount } from './jobs.ts';

const errorsOf = (count: number) => (count === 1 ? '1 error' : `${formatCount(count)} errors`);
const warningsOf = (count: number) => (count === 1 ? '1 warning' : `${formatCount(count)} warnings`);

/** Words of the dialog Check Emails. */
export const checkEmailsText = {
  title: 'Check Emails',
  command: 'Check…',
  checking: 'Checking all mails…',
  failed: 'The mails could not be checked.',
  tryAgain: 'Try again',
  nothing: 'Nothing is wrong with the settings and the mails.',
  found: (errors: number, warnings: number) =>
    [errors > 0 && errorsOf(errors), warnings > 0 && warningsOf(warnings)].filter(Boolean).join(', '),
  first: (shown: number) => `the first ${formatCount(shown)} are shown`,
  list: 'Findings',
  columns: { severity: 'Kind', mail: 'Mail', language: 'Language', problem: 'What is wrong', way: 'Way there' },
  severity: { error: 'Error', warning: 'Warning' },
  settings: 'Settings',
  go: 'Go there',
  goTo: (where: string) => `Go there: ${where}`,
  again: 'Check again',
  close: 'Close',
} as const;
