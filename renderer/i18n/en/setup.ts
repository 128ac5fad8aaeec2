/** Words of the Authentication Configuration Wizard. */
export const setupText = {
  title: 'Authentication Configuration Wizard',
  open: 'Authentication Configuration Wizard…',
  offer: 'Set up step by step',
  steps: {
    directory: 'Directory',
    company: 'Company defaults',
    email: 'Email',
    import: 'Import users',
    network: 'Network',
    summary: 'Summary',
  },
  advice: {
    directory: 'Say which directory holds your users, and test that the console can sign in there.',
    company: 'Choose what new users get, and the rules for PINs. Everything can stay as it is.',
    email: 'Enter the mail server. Mails are held here until you let them go, so nobody is mailed by accident.',
    import: 'Choose who gets a second factor. The preview shows what an import would change before it changes anything.',
    network: 'Check that this server reaches what it needs.',
    summary: 'What is missing is listed below. The wizard is in the menu “Tools” whenever you need it again.',
  },
  step: (number: number, count: number, name: string) => `Step ${number} of ${count}: ${name}`,
  done: (name: string) => `${name}, done`,
  import: 'Import users…',
  previous: 'Previous',
  next: 'Next',
  finish: 'Finish',
  later: 'Close wizard',
} as const;
