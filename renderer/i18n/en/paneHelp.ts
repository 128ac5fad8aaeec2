import type { PaneId } from './shell.ts';

export interface PaneHelp {
  /** What the pane is for. */
  readonly about: string;
  /** What an administrator wants to do, and how. */
  readonly tasks: readonly (readonly [string, string])[];
  /** Verbs of the command line that do the same. */
  readonly verbs: readonly string[];
}

/** Words of the dialog that explains a pane. */
export const paneHelpText = {
  link: 'Help',
  keys: 'Help on this pane (F1)',
  menu: 'Help on this pane',
  title: (pane: string) => `Help: ${pane}`,
  onCommandLine: 'On the command line',
  commandLineHint: 'mfactl help VERB shows the options of a verb and an example.',
} as const;

/** What each pane is for and how its usual work is done. */
export const paneHelp: Record<PaneId, PaneHelp> = {
  status: {
    about: 'The state of this server at a glance: what needs attention, who can sign in with a second factor, what was done lately.',
    tasks: [
      ['Put something right', 'Each line under Needs attention has a button that leads to where it is put right.'],
      [
        'See how the enrolment goes',
        'Users by method shows who is complete, Enrolment how many were on each day. Both can be shown as a table.',
      ],
      ['See what a job did', 'Click the name of the job under Work: its report names each item that failed, and why.'],
      [
        'Go back to an earlier state',
        'Tools, Backups…, Restore… beside a copy: it is checked first, and what is there is backed up before it is replaced.',
      ],
      ['Join a group of servers', 'Activation… activates this server. Activation Authority… generates the credentials for others.'],
    ],
    verbs: ['status', 'jobs', 'audit', 'backup list', 'restore', 'activate', 'authority servers'],
  },
  users: {
    about:
      'Everybody who signs in with a second factor. A user is complete when his method has all that it needs; Edit User says what is missing.',
    tasks: [
      [
        'Import users',
        'Import from Active Directory… shows what would change before anything is written. File, Import users from a file… reads CSV.',
      ],
      [
        'Change many users',
        'Select them, or filter the list and press Ctrl+A; then Edit…. The count of users who would change is shown first.',
      ],
      ['Find users', 'Ctrl+F searches in all names, addresses and phones. Filter… combines conditions and keeps them by name.'],
      [
        'Help somebody who lost his phone',
        'Right-click the user: One-time bypass… lets him in once, Reset PIN and Test… help with the rest.',
      ],
      ['Bring back a removed user', 'Tools, Removed users…: for 30 days a user can be restored as he was.'],
    ],
    verbs: ['users list', 'users add', 'users edit', 'import', 'users import-csv', 'users restore', 'bypass start', 'verify'],
  },
  tokens: {
    about: 'Hardware and software tokens that show codes by OATH TOTP or HOTP. Their secret keys are sealed and never shown again.',
    tasks: [
      [
        'Enter the tokens of a manufacturer',
        'Import… reads PSKC XML, also encrypted, and CSV. A preview shows each token before anything is written.',
      ],
      ['Give a token to a user', 'Assign…. With a code of the token its clock is taken over at once.'],
      [
        'A code is refused',
        'Resynchronize… finds out how far the clock or counter has drifted. HOTP needs two codes that follow each other.',
      ],
    ],
    verbs: ['tokens list', 'tokens import', 'tokens assign', 'tokens resync'],
  },
  tags: {
    about: 'Marks for users across groups, such as a pilot or people who need help. Filters and bulk changes use them.',
    tasks: [
      ['Mark many users', 'In Users, select them and choose Edit…: tags can be given and taken there.'],
      ['Two tags mean the same', 'Merge… gives one tag to all users of the other and removes that one.'],
    ],
    verbs: ['tags list', 'tags assign', 'tags merge'],
  },
  company: {
    about: 'What holds for everybody: defaults of new users, PIN rules, how usernames are matched, and the texts that users read and hear.',
    tasks: [
      ['Change the method of new users', 'General, User defaults. Users who are already in the list keep what they have.'],
      ['Users sign in with DOMAIN\\name or name@domain', 'Username Resolution. Try a name there to see which user it means, and why.'],
      [
        'Change what a text message says',
        'Text Message: choose a language, write, and see how many SMS it takes. Reset goes back to the shipped text.',
      ],
    ],
    verbs: ['company show', 'company set', 'company texts', 'pin check', 'users resolve'],
  },
  email: {
    about: 'The mails that tell users how to sign in. Nothing leaves until you choose so: at first every mail is held in the outbox.',
    tasks: [
      ['Begin to send', 'Settings: enter the relay and the sender, press Test…, then choose Send through the relay.'],
      ['See what a user would get', 'Email Content: choose a user. The preview shows exactly what would be sent, and why it is this mail.'],
      ['Find mistakes before users do', 'Email Content, Check… looks at the settings and at every mail in every language.'],
      [
        'The relay takes only so many mails a day',
        'Settings, Recipients in 24 hours. What is more waits in the outbox, which says when the next goes.',
      ],
      ['A mail did not arrive', 'Outbox: search for the user and open the mail. Each attempt is listed with what the relay answered.'],
    ],
    verbs: ['email set', 'email test', 'email lint', 'email preview', 'email send', 'outbox list'],
  },
  directory: {
    about: 'The Active Directory or other LDAP directory that users are imported from.',
    tasks: [
      [
        'Connect to your domain',
        'Edit…: enter a domain controller, the user to sign in with and the base DN, then press Test connection and Test login.',
      ],
      [
        'The certificate is not trusted',
        'Test connection shows it. Compare the fingerprint and trust it for this host, or load your own certificate authority.',
      ],
      ['Other attributes hold the phones', 'Edit…, Attributes. Restore Defaults goes back to those of the kind of directory.'],
    ],
    verbs: ['directory set', 'directory test', 'directory find', 'import'],
  },
  logging: {
    about: 'What the programs of this server wrote down, the newest first. No line holds a password, a PIN or a secret key.',
    tasks: [
      ['Follow what happens now', 'Live shows new lines as they are written.'],
      ['Look up an error', 'An error message names a reference. Enter it under Reference to see what belongs to it.'],
      ['Ask somebody for help', 'Help, Support bundle… collects logs and settings without secrets; names can be replaced.'],
    ],
    verbs: ['logs', 'support-bundle'],
  },
  firewall: {
    about: 'What this server has to reach, and whether it can: name, connection, certificate, proxy, clock.',
    tasks: [
      ['Have ports opened', 'Export… writes rules for Windows Firewall, or a table for the firewall team.'],
      ['Leave through a proxy', 'Proxy…. A proxy that opens TLS connections is recognised and named in the result.'],
      ['Watch a server of your own', 'Add… takes any host and port. It is checked with the others.'],
      ['An address appears in a log', 'Is this address in the list? says to which published range it belongs.'],
    ],
    verbs: ['check', 'firewall targets', 'firewall export', 'firewall proxy', 'firewall ip'],
  },
  requirements: {
    about: 'Whether this computer is as it has to be: disk, memory, clock, data folder, keychain, directory, relay, certificates.',
    tasks: [
      ['Put something right', 'What to do stands beside each line that did not pass. Check again looks anew.'],
      ['The clock cannot be compared', 'Time server…: enter a server that answers NTP, such as a domain controller.'],
      ['Have it watched', 'mfactl check exits with 1 when something failed: let your monitoring call it.'],
    ],
    verbs: ['check', 'check time-server', 'backup'],
  },
};
