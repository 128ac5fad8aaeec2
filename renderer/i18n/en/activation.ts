import type { ErrorCode } from '../../../shared/contract/errors.ts';
import type { ActivationState, ReadOnlyState } from '../../../shared/contract/activation.contract.ts';
import type { ActivatedServer } from '../../../shared/contract/authority.contract.ts';
import type { Role } from '../../../shared/activation/protocol.ts';
import { errorText } from '../errorText.ts';
import { instantText } from '../../ui/instants.ts';

type Failure = NonNullable<ActivationState['contact']['failure']>;

/**
 * What to do where an authority does not answer as it should; other codes say it as everywhere. Most often HTTPS is blocked, or a proxy stands
 * on the way that nobody set.
 */
export const authorityAdvice: Readonly<Partial<Record<ErrorCode, string>>> = {
  'host-not-found': 'Check the name in the address, and the DNS servers of this computer.',
  refused: 'Check the port in the address, and that the authority runs there.',
  timeout:
    'Check that the authority runs, and that no firewall on the way drops the packets. Where HTTPS leaves through a proxy, set that (Firewall, Proxy…).',
  unreachable: 'Check the network and the gateway of this computer. Where HTTPS leaves through a proxy, set that (Firewall, Proxy…).',
  'connection-lost': 'Try it again with the same credentials. If it happens again, look at the log of the authority.',
  'tls-failed': 'The two sides have no version or cipher of TLS in common, or something on the way answers in place of the authority.',
  'certificate-expired': 'Check the clocks of both computers. An authority that runs renews its certificate itself.',
  'certificate-name': 'Use one of the addresses that the authority shows: its certificate is for those.',
};

export const roleText: Readonly<Record<Role, string>> = { master: 'Master', subordinate: 'Subordinate' };

/** Words of the Activation dialog and of what says whether this server is activated. */
export const activationText = {
  title: 'Activation',
  loadFailed: 'The activation could not be read.',
  loading: 'Reading the activation…',

  notActivated: 'This server is not activated.',
  readOnly: ({ reason, since }: ReadOnlyState) =>
    `${reason === 'revoked' ? `The activation of this server was revoked on ${instantText(since)}.` : `The certificate of this server expired on ${instantText(since)}.`} It changes no users, verifies nobody and sends no mail until it is activated again.`,
  readOnlyHint: 'Not before this server is activated again.',
  noGroup: 'This server is activated, but in no group yet.',
  open: 'Activate…',
  chooseGroup: 'Choose a group…',
  authorityAway: ({ since, code }: Failure) =>
    `The activation authority cannot be asked since ${instantText(since)}. ${errorText[code].sentence}`,
  activationOver: ({ code }: Failure) => errorText[code].sentence,
  expiresSoon: (at: number) => `The certificate of this server expires on ${instantText(at)} and could not be renewed so far.`,
  expiresOffline: (at: number) => `The certificate of this server expires on ${instantText(at)}. Activate it again with a request file.`,
  details: 'Activation…',

  intro: 'Activation gives this server its certificate and its place in a group of servers. The credentials live ten minutes.',
  authority: 'Activation authority',
  own: 'This server is its own authority',
  ownHint: 'For a single site: no other computer is needed. Others can be activated here later.',
  other: 'Another server',
  otherHint: 'Its address and the credentials come from there.',
  byFile: 'This server has no connection',
  port: 'Port',
  portProblem: 'Enter a port from 1 to 65535.',
  address: 'Address',
  addressHint: 'As the authority shows it, with #sha256=… at the end.',
  email: 'Email',
  password: 'Password',
  fileAddressHint: 'Of the authority, with #sha256=… at the end: whose answer is accepted.',
  saveRequest: 'Save request file…',
  requestName: 'mfa-activation.request',
  requested:
    'Take the request file to the authority: Activation Authority…, a server without a connection. The answer file comes back here.',
  requestFailed: 'No request was made.',
  answerFile: 'Answer file',
  answerHint: 'Answers the last request that was saved here.',
  generate: 'Generate Activation Credentials',
  generated: (at: number) => `The credentials are entered. They are good until ${instantText(at)}.`,
  generateFailed: 'No credentials were generated.',
  activate: 'Activate',
  activating: 'Activating…',
  activateFailed: 'This server was not activated.',
  trustQuestion: 'Nobody has vouched for this authority yet. Compare the fingerprint with what the authority shows.',

  activated: (company: string) => `Activated for ${company}.`,
  groupIntro: 'Servers of one group serve the same users. The first server of a group is its master.',
  groupQuestion: 'Group',
  createGroup: 'Create a new group',
  groupName: 'Name of the group',
  joinGroup: (name: string, servers: number) => `Join ${name} (${servers} ${servers === 1 ? 'server' : 'servers'})`,
  defaultGroup: 'Default',
  join: 'Join',
  joining: 'Joining…',
  joinFailed: 'This server has not joined the group.',

  joined: (group: string) => `This server is activated and in the group ${group}.`,
  company: 'Company',
  group: 'Group',
  role: 'Role',
  serverId: 'Server id',
  expires: 'Certificate good until',
  contact: 'Authority asked',
  neverAsked: 'not yet',
  check: 'Check now',
  again: 'Activate again…',
  againHint: 'A new activation replaces this one: for another group, or for another authority.',
  deactivate: 'Deactivate…',
  deactivateQuestion: 'The server leaves its group, and its keys are forgotten. To be activated again it needs new credentials.',
  deactivateNow: 'Deactivate',
  deactivateAway: 'Deactivate all the same',
  deactivateFailed: 'This server was not deactivated.',
  keep: 'Keep it activated',
  close: 'Close',
  cancel: 'Cancel',
  tryAgain: 'Try again',

  cardTitle: 'Server group',
  groupCard: (name: string) => `Server group ${name}`,
  columns: { server: 'Server', ip: 'IP', role: 'Role', state: 'State', version: 'Version', lastSeen: 'Last seen' },
  online: 'Online',
  notSeen: 'Not seen lately',
  authorityButton: 'Activation Authority…',
} as const;

const stateText: Readonly<Record<ActivatedServer['state'], string>> = {
  active: 'Active',
  joining: 'Choosing a group',
  left: 'Left',
  revoked: 'Revoked',
};

/** Words of the Activation Authority dialog. */
export const authorityText = {
  title: 'Activation Authority',
  loadFailed: 'The authority could not be read.',
  intro: 'Other servers are activated with this address and with credentials that are generated here.',
  address: 'Address for other servers',
  generate: 'Generate Activation Credentials',
  generateFailed: 'No credentials were generated.',
  email: 'Email',
  password: 'Password',
  until: (at: number) => `For one server, until ${instantText(at)}. They are not shown again.`,
  company: 'Company',
  companyHint: 'What activated servers show as their company.',
  rename: 'Rename',
  companyFailed: 'The company was not renamed.',
  page: 'Web Page…',
  pageFailed: 'No link to the web page was made.',
  pageLink: 'Web page',
  pageCode: 'Sign-in code',
  pageUntil: (at: number) =>
    `For one sign-in as you, until ${instantText(at)}. Browsers do not know the certificate: compare the fingerprint of its issuer with what stands behind # in the address.`,
  servers: 'Activated servers',
  none: 'No server was activated here yet.',
  fileTitle: 'A server without a connection',
  fileIntro: 'Choose the request file that was saved in its Activation dialog, and take the answer file back.',
  requestFile: 'Request file',
  fileFailed: 'The server was not activated.',
  requestOf: (server: string) => `A request of ${server}.`,
  saveAnswer: 'Save answer file…',
  answerName: (server: string) => `${server.replaceAll(/[^\w.-]+/g, '_')}.answer`,
  signed: (server: string) => `${server} is activated as soon as it has the answer file. That server alone can open it.`,
  columns: {
    server: 'Server',
    ip: 'IP',
    group: 'Group',
    role: 'Role',
    state: 'State',
    version: 'Version',
    lastSeen: 'Last seen',
    revoke: 'Revoke',
  },
  state: (state: ActivatedServer['state']) => stateText[state],
  revoke: 'Revoke',
  revokeOf: (name: string) => `Revoke ${name}`,
  revokeQuestion: (name: string) => `Revoke ${name}? From now on this authority refuses its calls. It needs new credentials to come back.`,
  revokeFailed: 'The server was not revoked.',
  revoked: (name: string) => `${name} is revoked.`,
  keep: 'Keep',
  close: 'Close',
} as const;
