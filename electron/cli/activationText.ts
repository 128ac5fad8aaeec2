import type { ActivationState } from '../../shared/contract/activation.contract.ts';
import type { ErrorCode } from '../../shared/contract/errors.ts';

interface PageLink {
  readonly code: string;
  readonly urls: readonly string[];
  readonly expiresAt: number;
}

const minute = (at: number) => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

const newCredentials = 'Generate new ones at the authority ("mfactl authority credentials") and use them within ten minutes.';
const proxyHelp = 'See "mfactl help firewall proxy".';

/** What to do where an activation, or a later call to the authority, did not come to its end. */
const advice: Readonly<Partial<Record<ErrorCode, string>>> = {
  'host-not-found': 'Check the name, and the DNS servers of this computer.',
  refused: 'Check the port, and that the authority runs there ("mfactl authority serve").',
  timeout:
    'Check that it runs, and that no firewall on the way drops the packets. Where HTTPS leaves through a proxy, set it with "mfactl firewall proxy".',
  unreachable: 'Check the network and the gateway of this computer.',
  'connection-lost': 'Try it again; if it happens again, look at the log of the authority.',
  'tls-reset': 'A firewall probably filters by name or inspects TLS. Have the address of the authority allowed there.',
  'tls-failed': 'The two sides have no version or cipher of TLS in common, or something on the way answers in place of the authority.',
  'certificate-expired': 'Check the clocks of both computers; an authority that runs renews its certificate itself.',
  'certificate-name': 'Use an address that the authority prints; it has a certificate for those.',
  'proxy-authentication': `Set user and password of the proxy, or have the address exempted from signing in. ${proxyHelp}`,
  'proxy-unreachable': `Check host and port of the proxy, and whether it runs. ${proxyHelp}`,
  'proxy-refused': `Have the address allowed on the proxy, or exempt it from the proxy. ${proxyHelp}`,
  'not-an-authority': 'Check host and port. If they are right, a proxy or a sign-in page of the network is in the way.',
  'authority-changed':
    'Check the address, and whether something on the way inspects TLS: exempt the authority from that. If it was set up anew, use its new address.',
  'authority-failed': 'Look at the log of the authority. Both sides should run the same version.',
  'clock-differs': 'Set both clocks by NTP ("mfactl check" compares this one).',
  'credentials-mistyped': 'Compare both with what the authority shows, or copy them. No attempt was spent.',
  'credentials-wrong': `Check that they come from this authority. ${newCredentials}`,
  'credentials-expired': newCredentials,
  'credentials-used': `${newCredentials} If nobody used them on purpose, revoke the server that did ("mfactl authority servers").`,
  'too-many-guesses': `Wait ten minutes. ${newCredentials}`,
  'already-activated': 'Add --replace to activate it anew, or leave first with "mfactl deactivate".',
  'not-activated': 'Activate it with "mfactl activate".',
  'certificate-refused': 'It has expired, or is of another authority. Activate this server again with --replace.',
  'certificate-revoked': 'Ask who runs the authority why. To stay, activate this server again with --replace.',
  'certificate-other-group':
    'The data folder was probably copied, or restored from before another activation. Activate this server again with --replace.',
  'group-not-found': 'Choose one of the groups that there are, or create one with --new-group.',
  'group-taken': 'Join it with --group, or choose another name.',
  'group-already-joined': 'Activate this server again with --replace to join another one.',
  'port-taken': 'Another program uses it, or this account may not. Choose another one with --port.',
  'activation-file-not-valid':
    'Make a new request with --request-file, have its authority sign it, and use the answer to it on this server.',
};

/** What happened, and what to do about it. */
const advised = (code: ErrorCode, message: string): string => [message, advice[code]].filter(Boolean).join(' ');

/** What the verbs about activation say. */
export const activationText = {
  advised,
  serveDetails: `Prints the address with the fingerprint of the authority behind #. Give it whole to "mfactl activate --authority":
then a server trusts this authority and no other. The same authority answers under each of the printed addresses.
The last line opens its web page in a browser; "mfactl authority page" makes another one.`,
  listens: ({ urls: [first = '', ...others], page }: { urls: string[]; page: PageLink }) =>
    [
      `The activation authority listens. Press Ctrl+C to stop.`,
      first,
      ...(others.length > 0 ? ['Also at:', ...others] : []),
      `Web page, for one sign-in until ${minute(page.expiresAt)}:`,
      page.urls[0] ?? '',
    ].join('\n'),
  page: ({ code, urls: [first, ...others], expiresAt }: PageLink) =>
    [
      ...(first === undefined ? ['Nobody serves this authority yet: "mfactl authority serve".'] : [first, ...others]),
      `Sign-in code  ${code}`,
      `For one sign-in, until ${minute(expiresAt)}.`,
    ].join('\n'),
  pageDetails: `An administrator generates activation credentials there, sees the servers and revokes one. Whoever opens the link is signed in
as you. The authority must be served: by "mfactl authority serve", or built in by a console that is open. Its certificate is not
known to browsers: before you go on, compare the fingerprint of the issuer with what stands behind # in its address.`,
  credentials: ({ email, password, expiresAt }: { email: string; password: string; expiresAt: number }) =>
    `Email     ${email}\nPassword  ${password}\nFor one server, until ${minute(expiresAt)}. They are not shown again.`,
  companyNamed: (name: string) => `The company of this authority is ${name}.`,
  noServer: (serverId: string) => `No active server has the id ${serverId}. "mfactl authority servers" lists those that there are.`,
  revoked: (serverId: string) => `The activation of ${serverId} is revoked.`,
  activateDetails: (
    variable: string,
  ) => `URL is the address that the authority printed, with #sha256=…; without the fingerprint the certificate is shown and
nothing is sent. The password is read from standard input with --password-stdin, or from ${variable}.
Without --group and --new-group the server joins the only group, or creates the first one, "Default". The first server
of a group is its master. A server that is activated and in no group joins one with --group or --new-group alone.
--replace activates a server anew that is activated: also for another group or another authority.
A server without any connection writes a request with --request-file, and reads the answer with --answer-file.`,
  requestNeedsAuthority: 'Say with --authority whose answer to accept: the address with #sha256=… that the authority printed.',
  requested: (file: string) =>
    `The request is in ${file}. Have it signed with "mfactl authority sign ${file} --out ANSWER", then use "mfactl activate --answer-file ANSWER" here.`,
  signed: (server: string, file: string) => `${server} is activated; the answer for it is in ${file}.`,
  signDetails: `For a server without any connection, which made FILE with "mfactl activate --request-file FILE". The answer can be opened by
that server alone. Without --group and --new-group it joins the only group, or creates the first one, "Default".`,
  deactivateDetails: '--even-if-away also where the authority cannot be told; revoke the server there then.',
  whichGroup: (names: readonly string[]) =>
    names.length === 0
      ? 'There is no group yet. Create one with --new-group NAME.'
      : `Say which group to join with --group, or create one with --new-group. There are: ${names.join(', ')}.`,
  trust: (url: string) => `Compare the fingerprint with what the authority shows. If it is the same, use ${url}`,
  state(state: ActivationState): string {
    const over = state.readOnly;
    const said = activationText.standing(state);
    return over ? `${said} Read-only since ${minute(over.since)} (${over.reason}): no user is changed and no mail is sent.` : said;
  },
  isJoined: (state: ActivationState) =>
    `${activationText.state(state)} There is nothing left to do. To activate it anew, in another group or at another authority, give --replace
with --authority, --email and --password-stdin; to leave, use "mfactl deactivate".`,
  standing({ phase, activation, group, contact }: ActivationState): string {
    if (phase === 'not-activated' || !activation) return 'Not activated.';
    if (group && activation.isOffline) {
      return `Activated for ${activation.company} by a file, ${group.role} of group ${group.name}, until ${minute(activation.certificateExpiresAt)}.`;
    }
    if (!group) return `Activated for ${activation.company}, but in no group. Join one with "mfactl activate --group NAME".`;
    const failed =
      contact.failure &&
      ` The authority cannot be asked: ${advised(contact.failure.code, contact.failure.message)} (${contact.failure.code})`;
    return `Activated for ${activation.company}, ${group.role} of group ${group.name}.${failed ?? ''}`;
  },
};
