import type { NetworkTarget, networkContract, TargetCheck } from '../../../shared/contract/network.contract.ts';
import { publishedHosts, rangeOf } from '../../../shared/network/published.ts';
import type { Implementation } from '../../../shared/contract/define.ts';
import type { Call } from '../../runtime/call.ts';

/** What happened on the way to one target, as far as it went. */
export interface Probe {
  readonly addresses: readonly string[];
  readonly connectMs: number | null;
  /** `trusted`: the chain ends at a public root. */
  readonly tls: { readonly version: string; readonly issuer: string; readonly trusted: boolean; readonly problem: string } | null;
  /** Where it ended early. */
  readonly failure: 'dns' | 'refused' | 'timeout' | 'unreachable' | 'reset' | 'tls' | null;
}

export interface NetworkPorts {
  directoryServers(): readonly { host: string; port: number }[];
  relay(): { host: string; port: number } | null;
  /** Never rejects; ends within about five seconds. */
  probe(target: { host: string; port: number; tls: boolean }): Promise<Probe>;
}

const failures: Record<NonNullable<Probe['failure']>, (target: NetworkTarget) => string> = {
  dns: ({ host }) => `DNS does not know ${host}. Check the name and the DNS servers of this computer.`,
  refused: ({ host, port }) => `${host} refuses connections on port ${port}. Check the port, and whether a firewall rejects it.`,
  timeout: ({ port }) => `Nothing answers in time on port ${port}: a firewall probably drops the packets. Allow outbound TCP ${port}.`,
  unreachable: ({ host }) => `There is no route to ${host}. Check the network and the gateway of this computer.`,
  reset: ({ host }) => `The connection to ${host} is cut when TLS begins: a firewall probably filters by name. Allow ${host}.`,
  tls: ({ host, port }) =>
    `What answers for ${host} on port ${port} does not speak TLS 1.2: probably a proxy or portal. Let ${host} pass it.`,
};

/** Why a certificate does not hold, and what to do; `problem` is OpenSSL's or Node's name of it. */
function distrusted(host: string, { issuer, problem }: NonNullable<Probe['tls']>): string {
  if (problem.includes('EXPIRED')) {
    return `The certificate of ${host} (from “${issuer}”) has expired. Check the clock of this computer; if it is right, tell who runs ${host}.`;
  }
  if (problem.includes('NOT_YET_VALID')) {
    return `The certificate of ${host} (from “${issuer}”) is not valid yet. The clock of this computer is probably slow: set it.`;
  }
  if (problem.includes('ALTNAME')) {
    return `What answers for ${host} shows a certificate of another name (from “${issuer}”). Check what DNS answers for ${host}, and whether a portal or proxy is in the way.`;
  }
  return `The certificate of ${host} comes from “${issuer}”, which is no public authority (${problem}): something on the way probably intercepts TLS. Exempt ${host} from inspection.`;
}

/** Says in words what a probe found. */
export function judge(target: NetworkTarget, { addresses, connectMs, tls, failure }: Probe): TargetCheck {
  const found = {
    ...target,
    addresses: [...addresses],
    connectMs,
    tls: tls && { version: tls.version, issuer: tls.issuer, trusted: tls.trusted },
  };
  const bad = target.optional ? 'warn' : 'fail';
  if (failure) return { ...found, state: bad, reason: failures[failure](target) };
  if (tls && !tls.trusted) {
    return { ...found, state: bad, reason: distrusted(target.host, tls) };
  }
  const outside = target.purpose === 'cloud' ? addresses.filter((address) => rangeOf(address, 'full') === undefined) : [];
  if (outside.length > 0) {
    return {
      ...found,
      state: 'warn',
      reason: `DNS answers addresses outside the published ranges: ${outside.join(', ')}. Check who answers, or allow them too.`,
    };
  }
  return { ...found, state: 'pass', reason: `Reached in ${Math.round(connectMs ?? 0)} ms.` };
}

/** Knows what this server has to reach and tries it. */
export function createNetworkService(ports: NetworkPorts): Implementation<typeof networkContract, Call> {
  function targets(): NetworkTarget[] {
    const relay = ports.relay();
    return [
      ...publishedHosts.map(({ host, port, optional }) => ({
        host,
        port,
        optional,
        purpose: optional ? ('revocation' as const) : ('cloud' as const),
      })),
      ...ports.directoryServers().map(({ host, port }) => ({ host, port, optional: false, purpose: 'directory' as const })),
      ...(relay ? [{ host: relay.host, port: relay.port, optional: false, purpose: 'relay' as const }] : []),
    ];
  }
  return {
    targets: async () => targets(),
    check: () =>
      Promise.all(
        // There are some twenty targets at most (eight directory servers): all at once is bounded enough.
        targets().map(async (target) => judge(target, await ports.probe({ ...target, tls: target.purpose === 'cloud' }))),
      ),
  };
}
