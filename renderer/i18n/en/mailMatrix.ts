/** Words of the dialog All Emails. */
export const mailMatrixText = {
  title: 'All Emails',
  command: 'View All…',
  listFailed: 'The mails could not be read.',
  loading: 'Reading the mails…',
  language: 'Language:',
  looks: 'How the mails are shown',
  look: { desktop: 'Desktop', phone: 'Phone', dark: 'Dark' },
  edit: (title: string) => `Edit ${title}`,
  frame: (title: string) => `Mail ${title}`,
  failed: 'This mail could not be shown.',
  notWritten: (language: string) => `Not written in this language. Its readers get this one: ${language}.`,
  close: 'Close',
} as const;
