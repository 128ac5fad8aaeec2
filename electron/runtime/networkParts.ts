import type { DirectorySettings } from '../../shared/contract/directory.contract.ts';
import type { networkContract } from '../../shared/contract/network.contract.ts';
import { readEmailSettings } from '../services/email/readEmailSettings.ts';
import type { NetworkPorts } from '../services/network/networkPorts.ts';
import { createNetworkService } from '../services/network/networkService.ts';
import { readNetworkSettings } from '../services/network/readNetworkSettings.ts';
import type { Services } from './router.ts';

export interface NetworkPartsPorts extends Pick<NetworkPorts, 'probe' | 'emitChecked' | 'emitChanged'> {
  readonly settings: { read(name: string): unknown; change(name: string, next: (before: unknown) => unknown): void };
  directory(): DirectorySettings | null;
}

const settingsName = 'network';

/** The checks of the network, joined. */
export function createNetworkParts({ settings, directory, ...ports }: NetworkPartsPorts): Services<{ network: typeof networkContract }> {
  return {
    network: createNetworkService({
      ...ports,
      directoryServers: () => directory()?.servers ?? [],
      relay() {
        const { host, port } = readEmailSettings(settings.read('email')).relay;
        return host === '' ? null : { host, port };
      },
      readSettings: () => readNetworkSettings(settings.read(settingsName)),
      changeSettings: (next) => settings.change(settingsName, (before) => next(readNetworkSettings(before))),
    }),
  };
}
