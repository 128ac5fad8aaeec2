import type { Certificate, DirectoryServer, TestStepName } from '../../../shared/contract/directory.contract.ts';
import type { AppError, ErrorCode } from '../../../shared/contract/errors.ts';

const inWords = (count: number): string => count.toLocaleString('en-US');

/** Every sentence of "Test connection" and "Test login". */
export const running: Readonly<Record<TestStepName, string>> = {
  dns: 'Looking up the name of the server.',
  tcp: 'Connecting.',
  tls: 'Agreeing on a secure connection.',
  rootdse: 'Asking the server what it is.',
  bind: 'Signing in.',
  base: 'Looking for the base DN.',
  read: 'Reading one user.',
  paging: 'Reading in pages.',
  rights: 'Checking what the account may read.',
  people: 'Comparing the people that the account sees with those that are known.',
};

export const passed = {
  dns: (server: DirectoryServer, addresses: readonly string[]) => `${server.host} has the address ${addresses.join(', ')}.`,
  tcp: (server: DirectoryServer) => `Port ${server.port} is open.`,
  tls: (certificate: Certificate | null | undefined) =>
    certificate
      ? `The certificate of ${certificate.subject} is trusted until ${certificate.notAfter.slice(0, 10)}.`
      : 'The connection is secure.',
  tlsPinned: 'The certificate is the one that you chose to trust.',
  rootdse: (vendor: string, contexts: readonly string[]) =>
    `The server${vendor === '' ? '' : ` (${vendor})`} keeps ${contexts.join(', ')}.`,
  bind: (user: string) => (user === '' ? 'Signed in anonymously.' : `Signed in as ${user}.`),
  base: (baseDn: string) => `${baseDn} exists.`,
  read: (name: string) => `Read ${name}.`,
  paging: (pages: number) => (pages > 1 ? 'The server sends its answer in pages.' : 'The server knows paged results.'),
  rights: (users: number, fields: number) => `Read ${users} users; all ${fields} mapped attributes have values.`,
  people: (imported: number, named: number) => {
    if (imported === 0 && named === 0) return 'There is nothing to compare with yet: nobody was imported, and no group names a member.';
    const members = named === 0 ? '' : `All ${named} members of groups that were looked for can be seen.`;
    const users = imported === 0 ? '' : `The account sees at least the ${inWords(imported)} users that were imported from here.`;
    return [users, members].filter((sentence) => sentence !== '').join(' ');
  },
};

export const warned = {
  plain: 'The connection is not encrypted. Passwords can be read on the way.',
  plainAdvice: 'Use LDAPS or StartTLS.',
  rootdse: 'The server does not tell what it is.',
  rootdseAdvice: 'Type the base DN by hand.',
  anonymous: 'Nobody signed in: no user is configured.',
  anonymousAdvice: 'Type a user and a password if the server shows too little.',
  noUsers: (baseDn: string) => `No user was found under ${baseDn}.`,
  noUsersAdvice: 'Check the user filter, the base DN and what the account may read.',
  expiresSoon: (days: number) => `The certificate is trusted, but expires in ${days} ${days === 1 ? 'day' : 'days'}.`,
  expiresSoonAdvice: 'Renew it in time.',
  noPaging: 'The server does not know paged results. Its size limit may hide users.',
  noPagingAdvice: 'Ask its administrator for a size limit above the number of users.',
  cut: (limit: string) => `The server stopped early (${limit}).`,
  cutAdvice: 'Set the query size limit to what the server allows, or ask its administrator for a higher limit.',
  noValue: (attributes: readonly string[], users: number) => `None of the ${users} users that were read has ${attributes.join(', ')}.`,
  noValueAdvice: 'If they should have values, the account may not read them, or the attribute has another name.',
  fewerPeople: (seen: number, imported: number) =>
    `The account sees ${inWords(seen)} users, but ${inWords(imported)} users of the console were imported from below this base DN.`,
  fewerPeopleAdvice:
    'If they were not deleted and the user filter has not become narrower, the account may not see all users. Give it the right to list and read them.',
  hiddenMembers: (hidden: number, named: number) =>
    `${hidden} of ${named} members of groups that were looked for cannot be seen by this account.`,
  hiddenMembersAdvice: (dn: string) => `One is ${dn}. If it exists, give the account the right to list and read it.`,
  noId: (attribute: string, count: number, users: number) => `${count} of ${users} users have no ${attribute}. They cannot be imported.`,
  noIdAdvice: 'Check the attribute for the unique identifier.',
};

const failures: Partial<Record<ErrorCode, readonly [text: string, advice: string]>> = {
  'host-not-found': ['There is no server with this name.', 'Check the spelling. Does this computer use the name server of the domain?'],
  refused: ['The computer answers, but nothing listens on this port.', 'LDAPS is usually port 636, StartTLS and plain LDAP port 389.'],
  timeout: [
    'The server does not answer in time.',
    'Check that a firewall lets this port through. If the server is slow, raise the timeout.',
  ],
  unreachable: ['The server cannot be reached.', 'Check the network and the firewall.'],
  'connection-lost': ['The server closed the connection.', 'Check that the port fits the kind of connection: LDAPS is usually port 636.'],
  'certificate-expired': [
    'The certificate has expired or is not valid yet.',
    'Renew it on the server, and check the clock of this computer. You may also trust this one certificate.',
  ],
  'certificate-name': [
    'The certificate is for another name than the one you typed.',
    'Type the name that stands in the certificate. You may also trust this one certificate.',
  ],
  'certificate-unknown': [
    'The certificate was issued by somebody this computer does not know.',
    'Add the certificate authority of your organisation, or compare the fingerprint with the one on the server and trust this one certificate.',
  ],
  'certificate-changed': [
    'The server shows another certificate than the one you chose to trust.',
    'Ask whether it was renewed. If nobody knows, do not trust it: somebody may be in between.',
  ],
  'tls-failed': [
    'No secure connection could be agreed upon.',
    'Check that the port fits the kind of connection. Very old servers may not know TLS 1.2.',
  ],
  'not-ldap': [
    'The server answers, but not as a directory does.',
    'Check host and port: LDAPS is usually port 636, StartTLS and plain LDAP port 389.',
  ],
  'bad-credentials': [
    'The server does not accept this user and password.',
    'Check both. Active Directory takes a distinguished name or user@domain.',
  ],
  'account-disabled': ['The account is disabled.', 'Enable it in the directory or use another one.'],
  'account-locked': ['The account is locked.', 'Unlock it in the directory. Another program may still use an old password.'],
  'account-expired': ['The account has expired.', 'Extend it in the directory or use another one.'],
  'password-expired': [
    'The password has expired or must be changed first.',
    'Change it. For a service account, let the password never expire.',
  ],
  'logon-restricted': ['The account may not sign in now or from here.', 'Check its logon hours and computers in the directory.'],
  'stronger-auth-required': ['The server wants a secure connection before anybody signs in.', 'Use LDAPS (port 636) or StartTLS.'],
  'plain-text-refused': ['A password would be sent in clear text.', 'Use LDAPS or StartTLS. Allow plain text only for a test.'],
  'base-dn-missing': [
    'The directory has no such entry, or the account may not see it.',
    'Choose one of the base DNs that the server offers.',
  ],
  'filter-malformed': ['The user filter cannot be read.', 'Correct it on the Filters tab.'],
  'size-limit': ['The server stopped at its size limit.', 'Lower the query size limit.'],
  'time-limit': ['The server stopped at its time limit.', 'Narrow the base DN or the filter.'],
  'directory-busy': ['The server is busy or shutting down.', 'Try again later or add a second server.'],
  'directory-refused': ['The server refuses the request.', 'Check what the account may do.'],
  'paging-unsupported': ['The server does not know paged results.', 'Ask its administrator.'],
  'paging-stuck': ['The server repeats itself and never comes to an end.', 'Tell its administrator; an update may help.'],
  referral: ['This part of the tree is kept on another server.', 'Use that server, or another base DN.'],
  'secret-missing': ['No password is stored for these servers and this user.', 'Type the password.'],
  'invalid-input': ['The certificate authority is no PEM text.', 'Paste the text from “BEGIN CERTIFICATE” to “END CERTIFICATE”.'],
};

/** What a failure means and what to do about it. */
export function failureText(error: AppError): { text: string; advice?: string } {
  const known = failures[error.code];
  return known === undefined ? { text: error.message } : { text: known[0], advice: known[1] };
}
