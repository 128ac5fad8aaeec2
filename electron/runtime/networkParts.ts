import type { DirectorySettings } from '../../shared/contract/directory.contract.ts';
import type { networkContract } from '../../shared/contract/network.contract.ts';
import { readEmailSettings } from '../services/email/readEmailSettings.ts';
import { createNetworkService, type NetworkPorts } from '../services/network/networkService.ts';
import type { Services } from './router.ts';

export interface NetworkPartsPorts {
  readonly settings: { read(name: string): unknown };
  directory(): DirectorySettings | null;
  readonly probe: NetworkPorts['probe'];
}

/** The checks of the network, joined. */
export function createNetworkParts({ settings, directory, probe }: NetworkPartsPorts): Services<{ network: typeof networkContract }> {
  return {
    network: createNetworkService({
      probe,
      directoryServers: () => directory()?.servers ?? [],
      relay() {
        const { host, port } = readEmailSettings(settings.read('email')).relay;
        return host === '' ? null : { host, port };
      },
    }),
  };
}
