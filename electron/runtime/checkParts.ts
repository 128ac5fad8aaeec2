import type { DirectorySettings, directoryContract } from '../../shared/contract/directory.contract.ts';
import type { Implementation } from '../../shared/contract/define.ts';
import type { emailContract } from '../../shared/contract/email.contract.ts';
import type { networkContract } from '../../shared/contract/network.contract.ts';
import type { requirementsContract } from '../../shared/contract/requirements.contract.ts';
import { readEmailSettings } from '../services/email/readEmailSettings.ts';
import type { NetworkPorts } from '../services/network/networkPorts.ts';
import { createNetworkService } from '../services/network/networkService.ts';
import { readNetworkSettings } from '../services/network/readNetworkSettings.ts';
import type { RequirementPorts } from '../services/requirements/requirementPorts.ts';
import { createRequirementsService } from '../services/requirements/requirementsService.ts';
import type { Vault } from '../services/vault/vault.ts';
import type { Call } from './call.ts';
import type { Router, Services } from './router.ts';

/** What of this computer and its network is looked at. */
export interface CheckPlatform extends Pick<RequirementPorts, 'machine' | 'folder' | 'askTime'> {
  readonly probe: NetworkPorts['probe'];
}

export interface CheckPartsPorts extends Pick<RequirementPorts, 'storeDamage' | 'version' | 'now'> {
  readonly checks: CheckPlatform;
  readonly settings: {
    read(name: string): unknown;
    write(name: string, value: unknown): void;
    change(name: string, next: (before: unknown) => unknown): void;
  };
  readonly vault: Pick<Vault, 'state'>;
  readonly status: Pick<RequirementPorts, 'userCount'>;
  readDirectory(): DirectorySettings | null;
  readonly directory: Pick<Implementation<typeof directoryContract, Call>, 'testLogin'>;
  readonly email: Pick<Implementation<typeof emailContract, Call>, 'test'>;
  readonly emit: Router['emit'];
}

const networkSettings = 'network';
/** The tests of the servers tell their steps under this name; nobody listens to it. */
const runId = 'requirements';

/** The checks of the network and of the requirements, joined. */
export function createCheckParts(
  ports: CheckPartsPorts,
): Services<{ network: typeof networkContract; requirements: typeof requirementsContract }> {
  const { checks, settings, emit } = ports;
  const relay = () => readEmailSettings(settings.read('email')).relay;
  return {
    network: createNetworkService({
      probe: checks.probe,
      directoryServers: () => ports.readDirectory()?.servers ?? [],
      relay: () => (relay().host === '' ? null : relay()),
      readSettings: () => readNetworkSettings(settings.read(networkSettings)),
      changeSettings: (next) => settings.change(networkSettings, (before) => next(readNetworkSettings(before))),
      emitChecked: (event) => emit('network', 'checked', event),
      emitChanged: () => emit('network', 'changed', {}),
    }),
    requirements: createRequirementsService({
      ...ports,
      ...checks,
      userCount: ports.status.userCount,
      vaultState: ports.vault.state,
      async testDirectory(call) {
        const directory = ports.readDirectory();
        if (!directory) return null;
        return directory.sample ? 'sample' : ports.directory.testLogin({ settings: directory, runId }, call);
      },
      async testRelay(call) {
        if (relay().host === '') return null;
        return ports.email.test({ settings: readEmailSettings(settings.read('email')), runId }, call);
      },
      emitChecked: (event) => emit('requirements', 'checked', event),
    }),
  };
}
