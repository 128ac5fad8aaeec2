import type { NetworkTarget, TargetCheck } from '../../../shared/contract/network.contract.ts';
import { isInnerAddress, targetIdOf } from '../../../shared/network/hostNames.ts';
import { rangeOf } from '../../../shared/network/published.ts';
import type { Probe } from './networkPorts.ts';

type Target = Pick<NetworkTarget, 'id' | 'host' | 'port' | 'protocol' | 'purpose' | 'optional'>;
type Failure = NonNullable<Probe['failure']>;

/** Codes of TOTP are good for thirty seconds: a clock that is off by more makes them fail (RFC 6238 section 5.2). */
const clockToleranceMs = 30_000;

const failures: Readonly<Record<Failure, (target: Target, probe: Probe) => string>> = {
  dns: ({ host }) => `DNS does not know ${host}. Check the name and the DNS servers of this computer.`,
  'dns-silent': ({ host }) => `DNS does not answer when asked for ${host}. Check the DNS servers of this computer and UDP 53 to them.`,
  refused: ({ host, port }) => `${host} refuses connections on port ${port}. Check the port, and whether a firewall rejects it.`,
  timeout: ({ port, protocol }) =>
    `Nothing answers in time on port ${port}: a firewall probably drops the packets. Allow outbound ${protocol.toUpperCase()} ${port}.`,
  unreachable: ({ host }, { addresses }) =>
    addresses.length > 0 && addresses.every((address) => address.includes(':'))
      ? `${host} has addresses of IPv6 only, and this computer has no way to them. Give it IPv6, or have DNS answer an IPv4 address.`
      : `There is no route to ${host}. Check the network and the gateway of this computer.`,
  reset: ({ host }) => `The connection to ${host} is cut when TLS begins: a firewall probably filters by name. Allow ${host}.`,
  tls: ({ host, port }, { http }) =>
    http
      ? foreignHttp(host, http)
      : `What answers for ${host} on port ${port} does not speak TLS 1.2: probably a proxy or portal. Let ${host} pass it.`,
  http: ({ host, port }, { http }) =>
    http
      ? foreignHttp(host, http)
      : `What answers for ${host} on port ${port} does not speak HTTP. Check what is in the way between this computer and ${host}.`,
  time: ({ host, port }) =>
    `What answers for ${host} on UDP port ${port} tells no time that can be used. Check that a time server (NTP) runs there and knows the time.`,
  'proxy-unreachable': (_target, { proxy }) =>
    `The proxy ${nameOf(proxy)} cannot be reached. Check its host and port (Proxy… in the Firewall pane, or mfactl firewall proxy), and whether it runs.`,
  'proxy-sign-in': ({ host }, { proxy }) => signIn(host, proxy),
  'proxy-refused': ({ host, port }, { proxy }) => {
    const status = proxy?.answer?.status ?? null;
    if (status === null) {
      return `What answers at ${nameOf(proxy)} is no HTTP proxy. Check host and port of the proxy (Proxy… in the Firewall pane, or mfactl firewall proxy).`;
    }
    const unreached = status >= 502 && status <= 504;
    return unreached
      ? `The proxy ${nameOf(proxy)} cannot reach ${host} (HTTP ${status}). Have whoever runs it allow ${host}, TCP ${port}, further out.`
      : `The proxy ${nameOf(proxy)} refuses ${host}, TCP ${port} (HTTP ${status}). Have it allowed there, or exempt ${host} from the proxy.`;
  },
  'proxy-silent': ({ host }, { proxy }) =>
    `The proxy ${nameOf(proxy)} takes the request for ${host} and does not answer in time: it probably cannot reach ${host} either.`,
};

const nameOf = (proxy: Probe['proxy']) => (proxy ? targetIdOf(proxy) : '');

/** Why a proxy answers 407: nobody signs in, it cannot be done in a way that it takes, or it refuses who does. */
function signIn(host: string, proxy: Probe['proxy']): string {
  const offers = proxy?.answer?.offers ?? '';
  const asks = `The proxy ${nameOf(proxy)} wants a sign-in (HTTP 407)`;
  if (offers !== '' && !/\bbasic\b/i.test(offers)) {
    return `${asks} by ${offers}, which the console cannot do: only Basic. Let this computer reach ${host} without a sign-in.`;
  }
  if (proxy?.user) return `${asks} and refuses “${proxy.user}”. Enter user and password of the proxy again (mfactl firewall proxy).`;
  return `${asks}. Enter its user and password (mfactl firewall proxy), or have ${host} exempted from signing in.`;
}

/** Something answered in plain HTTP that is not the host. */
function foreignHttp(host: string, { status, location }: NonNullable<Probe['http']>): string {
  if (status === 407) {
    return `A proxy answers for ${host} and wants a sign-in (HTTP 407). Let this computer reach ${host} without the proxy: the service cannot sign in to one.`;
  }
  if (status === 511 || (status >= 300 && status < 400)) {
    const to = location === '' ? '' : `, which leads to ${location}`;
    return `A portal answers in place of ${host} (HTTP ${status}${to}). Sign in to the network there, or exempt this computer from the portal.`;
  }
  return `Something answers for ${host} in plain HTTP (status ${status}) where TLS is spoken: a proxy or portal is in the way. Let ${host} pass it.`;
}

/** Why a certificate does not hold, and what to do. */
function distrusted({ host, purpose }: Target, { issuer, problem }: NonNullable<Probe['tls']>): string {
  if (problem.includes('EXPIRED')) {
    return `The certificate of ${host} (from “${issuer}”) has expired. Check the clock of this computer; if it is right, tell who runs ${host}.`;
  }
  if (problem.includes('NOT_YET_VALID')) {
    return `The certificate of ${host} (from “${issuer}”) is not valid yet. The clock of this computer is probably slow: set it.`;
  }
  if (problem.includes('ALTNAME')) {
    return `What answers for ${host} shows a certificate of another name (from “${issuer}”). Check what DNS answers for ${host}, and whether a portal or proxy is in the way.`;
  }
  if (purpose === 'own') {
    return `The certificate of ${host} comes from “${issuer}”, which is no public authority (${problem}). If ${host} is yours and this its authority, all is well; otherwise something on the way intercepts TLS.`;
  }
  return `The certificate of ${host} comes from “${issuer}”, which is no public authority (${problem}): something on the way probably intercepts TLS. Exempt ${host} from inspection.`;
}

/** Whether the chain ends at somebody's own authority: the mark of a proxy that opens TLS, and of an authority of one's own. */
function isForeignAuthority({ problem }: NonNullable<Probe['tls']>): boolean {
  return !/EXPIRED|NOT_YET_VALID|ALTNAME/.test(problem);
}

/** Whose hosts have public addresses everywhere. */
const publicPurposes: ReadonlySet<Target['purpose']> = new Set(['cloud', 'revocation', 'migration']);

function oddAddresses({ host, purpose }: Target, addresses: readonly string[]): string | undefined {
  if (!publicPurposes.has(purpose) || addresses.includes(host)) return undefined;
  const inner = addresses.filter(isInnerAddress);
  if (inner.length > 0) {
    return `DNS answers ${inner.join(', ')} for ${host}, an address that no public host has: a filter or a DNS server of your own answers in its place.`;
  }
  if (purpose !== 'cloud') return undefined;
  const outside = addresses.filter((address) => rangeOf(address, 'full') === undefined);
  if (outside.length === 0) return undefined;
  return `DNS answers addresses outside the published ranges: ${outside.join(', ')}. Check who answers, or allow them too.`;
}

/** An answer that a host of revocation lists does not give: a proxy's or a portal's. Its own redirections stay with it. */
function isForeignAnswer(host: string, { status, location }: NonNullable<Probe['http']>): boolean {
  if (status === 407 || status === 511) return true;
  if (status < 300 || status >= 400 || location === '') return false;
  const to = /^https?:\/\/([^/:]+)/i.exec(location)?.[1];
  return to !== undefined && domainOf(to) !== domainOf(host);
}

/** The last two labels: as much as is needed to tell somebody else's portal. */
const domainOf = (host: string) => host.toLowerCase().split('.').slice(-2).join('.');

/** A target that was not tried, since nobody knows the password of the proxy at the moment. */
export function judgeUntried({ id, host, port, protocol, purpose, optional }: Target, proxy: string, problem: string): TargetCheck {
  return {
    ...{ id, host, port, protocol, purpose, optional, addresses: [], connectMs: null, tls: null, proxy, http: null, clockMs: null },
    state: optional ? 'warn' : 'fail',
    reason: `The password of the proxy ${proxy} cannot be had: ${problem}`,
  };
}

function answeredTime(tookMs: number, clockMs: number): string {
  const answered = `Answers in ${Math.max(1, Math.round(tookMs))} ms.`;
  if (clockMs === 0) return `${answered} The clock of this computer is the same.`;
  const off = Math.abs(clockMs) < 1_000 ? `${Math.abs(clockMs)} ms` : `${Number((Math.abs(clockMs) / 1_000).toFixed(1))} s`;
  return `${answered} The clock of this computer is ${off} ${clockMs > 0 ? 'behind' : 'ahead of'} it.`;
}

/** Says in words what a probe found. */
export function judgeProbe(target: Target, probe: Probe): TargetCheck {
  const { addresses, connectMs, tls, http, clockMs, failure } = probe;
  const { id, host, port, protocol, purpose, optional } = target;
  const found = {
    ...{ id, host, port, protocol, purpose, optional, http, clockMs, connectMs },
    addresses: [...addresses],
    proxy: probe.proxy && targetIdOf(probe.proxy),
    tls: tls && { version: tls.version, issuer: tls.issuer, chain: [...tls.chain], trusted: tls.trusted, notAfter: tls.notAfter },
  };
  const bad = optional ? 'warn' : 'fail';
  const odd = oddAddresses(target, addresses);
  if (failure) return { ...found, state: bad, reason: [failures[failure](target, probe), odd].filter(Boolean).join(' ') };
  if (tls && !tls.trusted) {
    return { ...found, state: purpose === 'own' && isForeignAuthority(tls) ? 'warn' : bad, reason: distrusted(target, tls) };
  }
  if (!tls && http && isForeignAnswer(host, http)) return { ...found, state: bad, reason: foreignHttp(host, http) };
  if (odd !== undefined) return { ...found, state: 'warn', reason: odd };
  if (clockMs !== null && Math.abs(clockMs) > clockToleranceMs) {
    const seconds = Math.round(Math.abs(clockMs) / 1000);
    return {
      ...found,
      state: 'warn',
      reason: `The clock of this computer is ${seconds} s ${clockMs > 0 ? 'behind' : 'ahead of'} that of ${host}. Set it, or codes of tokens fail.`,
    };
  }
  if (purpose === 'time') return { ...found, state: 'pass', reason: answeredTime(connectMs ?? 0, clockMs ?? 0) };
  return {
    ...found,
    state: 'pass',
    reason: `Reached in ${Math.round(connectMs ?? 0)} ms${probe.proxy ? ` through the proxy ${nameOf(probe.proxy)}` : ''}.`,
  };
}
