import type { NetworkTarget, RuleVerdict } from '../../../shared/contract/network.contract.ts';

const plural = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;

/** Words of the Firewall pane. */
export const firewallText = {
  list: 'Targets',
  loading: 'Reading the targets…',
  failed: 'The targets could not be read or checked.',
  tryAgain: 'Try again',
  intro: 'What this server has to reach, and whether it can.',
  purposes: {
    cloud: 'Old cloud service',
    revocation: 'Revoked certificates',
    migration: 'Migration Utility',
    directory: 'Directory',
    relay: 'Mail relay',
    authority: 'Activation authority',
    time: 'Time server',
    own: 'Own target',
  } satisfies Record<NetworkTarget['purpose'], string>,
  optional: 'A failure is only a warning.',
  columns: {
    state: 'State',
    host: 'Host',
    port: 'Port',
    purpose: 'For',
    addresses: 'DNS addresses',
    tls: 'TLS and issuer',
    roundTrip: 'Round trip',
    result: 'Result',
  },
  summary: ({ pass, warn, fail }: { readonly pass: number; readonly warn: number; readonly fail: number }) =>
    [`${pass} passed`, plural(warn, 'warning', 'warnings'), `${fail} failed`].join(', '),
  checking: (count: number) => `Checking ${plural(count, 'target', 'targets')}…`,
  checkedAt: (at: string) => `Checked ${at}.`,
  counted: (on: number, all: number) => (on === all ? plural(all, 'target', 'targets') : `${on} of ${plural(all, 'target', 'targets')} on`),

  checkAll: 'Check all',
  stop: 'Stop',
  checkOne: 'Check again',
  history: 'History…',
  add: 'Add…',
  remove: 'Remove',
  enable: 'Switch on',
  disable: 'Switch off',
  proxy: 'Proxy…',
  windowsRules: 'Windows rules…',
  export: 'Export…',

  details: 'Selected target',
  none: 'Select a target to see all that was found.',
  notChecked: 'It was not checked yet.',
  portText: (port: number, protocol: NetworkTarget['protocol']) => (protocol === 'udp' ? `UDP ${port}` : String(port)),
  offText: 'It is not checked.',
  connected: (ms: number) => `${Math.round(ms)} ms`,
  tls: (version: string, issuer: string) => [version, issuer].filter(Boolean).join(', '),
  inRange: (address: string, range: string | undefined) =>
    range === undefined ? `${address} (outside the published ranges)` : `${address} (in ${range})`,
  facts: {
    addresses: 'DNS addresses',
    proxy: 'Proxy',
    tcp: 'TCP connection',
    udp: 'Answer by UDP',
    tls: 'TLS',
    chain: 'Certificates',
    notAfter: 'Valid until',
    http: 'HTTP answer',
    clock: 'Clock over there',
  },
  noConnection: 'None',
  httpAnswer: (status: number, location: string) => (location === '' ? String(status) : `${status}, leads to ${location}`),
  clock: (ms: number) =>
    ms === 0
      ? 'The same'
      : `${Math.abs(ms) < 1_000 ? `${Math.abs(ms)} ms` : `${Number(Math.abs(ms / 1_000).toFixed(1))} s`} ${ms > 0 ? 'ahead' : 'behind'}`,
  interceptedTitle: 'TLS is intercepted.',
  interceptedText: (issuer: string, hosts: string) =>
    `“${issuer}” signs the certificates of ${hosts}. Give whoever runs this proxy the list of hosts (Export…) and have them exempted from inspection: the service signs in with a certificate of its own, which no proxy can pass on.`,

  past: 'Earlier checks',
  pastCheck: (at: string, state: string, connectMs: number | null) =>
    connectMs === null ? `${at}: ${state}` : `${at}: ${state}, ${Math.round(connectMs)} ms`,

  address: 'Is this address in the list?',
  addressHint: 'IPv4 or IPv6 address',
  noAddress: 'This is no IP address.',
  addressIn: (full: string, reduced: string | undefined) =>
    reduced === undefined
      ? `Yes: in ${full}, of the full table only.`
      : full === reduced
        ? `Yes: in ${full}, of both tables.`
        : `Yes: in ${full}, and in ${reduced} of the reduced table.`,
  addressOut: 'No: it is in none of the published ranges.',

  addTitle: 'Add Target',
  name: 'Name:',
  nameHint: 'What it is, for whoever reads the list',
  host: 'Host:',
  hostProblem: 'A host name or an IP address, without https:// and without a path.',
  taken: 'This host and port are in the list already.',
  port: 'Port:',
  portProblem: 'A whole number from 1 to 65,535.',
  usesTls: 'It speaks TLS: check version and certificate',
  isOptional: 'A failure is only a warning',
  addIt: 'Add',
  cancel: 'Cancel',
  addFailed: 'The target could not be added.',

  exportTitle: 'Export Firewall Rules',
  format: 'Format:',
  formats: {
    ps1: 'Windows Firewall, PowerShell',
    netsh: 'Windows Firewall, netsh',
    csv: 'Table for the firewall team, CSV',
    md: 'Table for the firewall team, Markdown',
  },
  table: 'Ranges:',
  tables: { automatic: 'Automatic', full: 'Full table', reduced: 'Reduced table' },
  eventConfirmation: 'Event Confirmation is in use',
  tableFailed: 'Which table applies could not be read or set.',
  reducedHint:
    'The reduced table is enough where Event Confirmation is not used and no user approves in the app from inside the corporate network.',
  withOthers: 'With the other targets of the list that are on',
  preview: 'What is exported',
  save: 'Save…',
  copy: 'Copy',
  copied: 'Copied.',
  print: 'Print…',
  close: 'Close',
  printTitle: (server: string) => `What ${server} has to reach`,
  printRanges: 'Published ranges, outbound TCP 443',
  printProtocol: 'Outbound port',
  printPort: (port: number, protocol: NetworkTarget['protocol']) => `${protocol.toUpperCase()} ${port}`,
} as const;

const verdicts: Readonly<Record<RuleVerdict['verdict'], string>> = {
  allowed: 'Allowed',
  'allowed-by-default': 'Allowed by default',
  unknown: 'Not known',
  'blocked-by-default': 'Blocked by default',
  blocked: 'Blocked',
};

/** Words of the comparison with the rules of Windows Firewall. */
export const windowsRulesText = {
  title: 'Windows Firewall Rules in Force',
  reading: 'Reading the rules of Windows Firewall…',
  failed: 'The targets could not be compared.',
  tryAgain: 'Try again',
  columns: { target: 'Target', verdict: 'Outbound', reason: 'Why' },
  verdicts,
  summary: (found: readonly RuleVerdict[]) =>
    Object.entries(verdicts)
      .map(([verdict, word]) => [found.filter((each) => each.verdict === verdict).length, word.toLowerCase()] as const)
      .filter(([count]) => count > 0)
      .map(([count, word]) => `${count} ${word}`)
      .join(', '),
  close: 'Close',
} as const;

/** Words of the dialog about the proxy. */
export const proxyText = {
  title: 'Proxy',
  intro:
    'Activation, token endpoints and the published hosts are reached by HTTPS through this proxy. Directory and mail relay are reached directly.',
  mode: 'How HTTPS leaves:',
  environment(proxy: string | null, bypass: readonly string[], problem: string): string {
    if (problem !== '') return `As the environment says. ${problem}`;
    if (proxy === null) return 'As the environment says: no proxy (HTTPS_PROXY is not set)';
    return `As the environment says: ${proxy}${bypass.length > 0 ? `, except for ${bypass.join(', ')}` : ''}`;
  },
  modes: { none: 'Without a proxy', own: 'Through this proxy:' },
  user: 'User:',
  userHint: 'Empty where the proxy wants no sign-in. It is signed in to by Basic.',
  password: 'Password:',
  passwords: {
    typed: 'It is kept in the keychain once you apply.',
    stored: 'Kept in the keychain. Type another to replace it.',
    forgotten: 'The one that is kept belongs to another proxy or user: type it again.',
    none: 'None is kept.',
  },
  bypass: 'Not through it:',
  bypassHint: 'Names, addresses and networks as in NO_PROXY, such as corp.example, 10.0.0.0/8.',
  bypassProblem: 'At most 100 names, addresses and networks.',
  apply: 'Apply',
  failed: 'The proxy could not be read or set.',
} as const;
