import type { ActivatedServer } from '../../../../shared/contract/authority.contract.ts';

const state: Readonly<Record<ActivatedServer['state'], string>> = {
  active: 'Active',
  joining: 'Choosing a group',
  left: 'Left',
  revoked: 'Revoked',
};

/** Words of the authority's web page. Times are UTC: the server does not know where the reader is. */
export const pageText = {
  product: 'MFA Server Console',
  title: 'Activation Authority',
  instant: (at: number) => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`,

  signIn: 'Sign in',
  signInIntro:
    'Sign in with a code that works once and for ten minutes. Make one in the console of the authority: Status, Activation Authority…, Web Page…, or there with “mfactl authority page”.',
  code: 'Sign-in code',
  codeRefused: 'This code is wrong, was used, or has expired. Make a new one.',
  tooManyGuesses: (retryAt: number) => `Too many attempts. Try again after ${pageText.instant(retryAt)}.`,
  sessionOver: 'You are signed out. Sign in again; nothing was changed.',
  notOurs: 'This request did not come from the page itself. Nothing was changed. Open the page again.',
  noSuchPage: 'There is no such page.',
  failed: 'Something went wrong in the authority. Its log says more.',
  open: 'Open the page',

  signedIn: (account: string) => `Signed in by ${account}`,
  signOut: 'Sign out',
  credentials: 'Activation credentials',
  credentialsIntro: 'An e-mail and a password that activate one server within ten minutes.',
  generate: 'Generate Activation Credentials',
  email: 'Email',
  password: 'Password',
  until: (at: number) => `For one server, until ${pageText.instant(at)}. They are not shown again.`,
  address: 'Address',
  addressIntro: 'Servers are activated with this address, whole: what stands behind # tells them whom to trust.',
  servers: 'Servers',
  none: 'No server was activated here yet.',
  columns: ['Server', 'IP', 'Group', 'Role', 'State', 'Version', 'Last seen', 'Revoke'],
  role: { master: 'Master', subordinate: 'Subordinate' },
  state: (of: ActivatedServer['state']) => state[of],
  revoke: 'Revoke',
  revokeOf: (name: string) => `Revoke ${name}`,
  revokeTitle: 'Revoke a server',
  revokeQuestion: (name: string) =>
    `Revoke ${name}? From now on this authority refuses its calls, and its console changes no users and sends no mail until it is activated again with new credentials.`,
  keep: 'Keep',
  revoked: (name: string) => `${name} is revoked.`,
} as const;
