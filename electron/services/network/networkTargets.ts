import type { NetworkSettings, NetworkTarget } from '../../../shared/contract/network.contract.ts';
import { targetIdOf } from '../../../shared/network/hostNames.ts';
import { publishedHosts } from '../../../shared/network/published.ts';

interface Endpoint {
  readonly host: string;
  readonly port: number;
}

/** Why these hosts are not checked until somebody wants it: a server is in order without them. */
const offByDefault: Readonly<Partial<Record<NetworkTarget['purpose'], string>>> = {
  cloud: 'The old cloud service was switched off on 30 September 2024. Switch this on only where something still answers under this name.',
  migration:
    'Only the Migration Utility of the old product, which moves users to Microsoft Entra ID, needs this host. Switch it on for that time.',
};

/** What was set elsewhere; null: nothing was. */
export interface Configured {
  readonly directory: readonly Endpoint[];
  readonly relay: Endpoint | null;
  readonly authority: Endpoint | null;
  readonly timeServer: Endpoint | null;
}

/** All that a server has to reach, each host and port once: published hosts, what is configured, and the administrator's own. */
export function networkTargets({ own, switched }: NetworkSettings, configured: Configured): NetworkTarget[] {
  const target = (
    endpoint: Endpoint,
    more: Pick<NetworkTarget, 'purpose' | 'optional' | 'tls'> & { name?: string; protocol?: 'udp' },
  ): NetworkTarget => {
    const protocol = more.protocol ?? 'tcp';
    const id = targetIdOf(endpoint, protocol);
    const note = offByDefault[more.purpose] ?? '';
    return {
      ...{ id, host: endpoint.host, port: endpoint.port, name: '', ...more, protocol },
      isEnabled: switched[id] ?? note === '',
      note,
    };
  };
  const all = [
    ...publishedHosts.map(({ host, port, purpose }) =>
      target({ host, port }, { purpose, optional: purpose !== 'cloud', tls: purpose !== 'revocation' }),
    ),
    ...configured.directory.map((server) => target(server, { purpose: 'directory', optional: false, tls: false })),
    ...(configured.relay ? [target(configured.relay, { purpose: 'relay', optional: false, tls: false })] : []),
    ...(configured.authority ? [target(configured.authority, { purpose: 'authority', optional: false, tls: false })] : []),
    // Requirements only warn of a time server that does not answer, too.
    ...(configured.timeServer ? [target(configured.timeServer, { purpose: 'time', optional: true, tls: false, protocol: 'udp' })] : []),
    ...own.map(({ host, port, name, tls, optional }) => target({ host, port }, { purpose: 'own', name, tls, optional })),
  ];
  return [...new Map(all.toReversed().map((each) => [each.id, each])).values()].toReversed();
}
