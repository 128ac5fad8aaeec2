import type { DirectorySettings, directoryContract } from '../../shared/contract/directory.contract.ts';
import type { Implementation } from '../../shared/contract/define.ts';
import type { emailContract } from '../../shared/contract/email.contract.ts';
import type { networkContract } from '../../shared/contract/network.contract.ts';
import { parseTimeServer, type requirementsContract } from '../../shared/contract/requirements.contract.ts';
import { readEmailSettings } from '../services/email/readEmailSettings.ts';
import { startCheckSchedule } from '../services/network/checkSchedule.ts';
import type { NetworkPorts, ProxyOf } from '../services/network/networkPorts.ts';
import { createNetworkService } from '../services/network/networkService.ts';
import { networkTargets } from '../services/network/networkTargets.ts';
import { networkTrouble, type NetworkTrouble } from '../services/network/networkTrouble.ts';
import { createProxyChoice, type Environment } from '../services/network/proxyChoice.ts';
import { readNetworkSettings } from '../services/network/readNetworkSettings.ts';
import type { RequirementPorts } from '../services/requirements/requirementPorts.ts';
import { readTimeServer } from '../services/requirements/readTimeServer.ts';
import { createRequirementsService, requirementSettings } from '../services/requirements/requirementsService.ts';
import type { Vault } from '../services/vault/vault.ts';
import type { Call } from './call.ts';
import type { Router, Services } from './router.ts';

/** What of this computer and its network is looked at. */
export interface CheckPlatform extends Pick<RequirementPorts, 'machine' | 'folder'> {
  readonly probe: NetworkPorts['probe'];
  readonly history: NetworkPorts['history'];
  /** Where HTTPS_PROXY and the like are looked for. */
  readonly environment: Environment;
  /** Has all HTTPS calls of this process go where the proxy is. */
  followProxy(choose: ProxyOf): void;
}

export interface CheckPartsPorts extends Pick<RequirementPorts, 'storeDamage' | 'version' | 'now'> {
  readonly checks: CheckPlatform;
  readonly settings: {
    read(name: string): unknown;
    write(name: string, value: unknown): void;
    change(name: string, next: (before: unknown) => unknown): void;
  };
  readonly vault: Pick<Vault, 'state' | 'put' | 'has' | 'take' | 'forget'>;
  readonly status: Pick<RequirementPorts, 'userCount'>;
  readDirectory(): DirectorySettings | null;
  readonly activation: { reaches: NetworkPorts['authority'] };
  readonly directory: Pick<Implementation<typeof directoryContract, Call>, 'testLogin'>;
  readonly email: Pick<Implementation<typeof emailContract, Call>, 'test'>;
  readonly emit: Router['emit'];
  every(intervalMs: number, callback: () => void): () => void;
  readonly log: { warn(details: object, message: string): void };
}

export interface CheckParts {
  readonly services: Services<{ network: typeof networkContract; requirements: typeof requirementsContract }>;
  /** What the last checks of the network found wrong. */
  trouble(): NetworkTrouble | null;
  /** Checks the network as often as the administrator wants it until the returned function is called. */
  startChecking(): () => void;
}

const networkSettings = 'network';
/** Who checks by schedule. */
const itself: Omit<Call, 'signal'> = {
  caller: { id: 'schedule', account: 'schedule', access: new Set(['read']) },
  ref: 'schedule',
  note() {},
};
/** The tests of the servers tell their steps under this name; nobody listens to it. */
const runId = 'requirements';

/** None for the sample directory: it starts when it is asked, on another port each time, and nobody opens a firewall for it. */
export function serversOnNetwork(directory: Pick<DirectorySettings, 'sample' | 'servers'> | null): DirectorySettings['servers'] {
  return directory && !directory.sample ? directory.servers : [];
}

/** The checks of the network and of the requirements, joined. */
export function createCheckParts(ports: CheckPartsPorts): CheckParts {
  const { checks, settings, emit, now } = ports;
  const relay = () => readEmailSettings(settings.read('email')).relay;
  const endpoints = {
    directoryServers: () => serversOnNetwork(ports.readDirectory()),
    relay: () => (relay().host === '' ? null : relay()),
    authority: ports.activation.reaches,
    timeServer: () => parseTimeServer(readTimeServer(settings.read(requirementSettings))),
  };
  const readSettings = () => readNetworkSettings(settings.read(networkSettings));
  const log = (error: unknown) => ports.log.warn({ err: error }, 'The checks of the network cannot be made or remembered.');
  const proxies = createProxyChoice({
    readSettings: () => readSettings().proxy,
    environment: checks.environment,
    secrets: ports.vault,
  });
  checks.followProxy(proxies.of);
  const services: CheckParts['services'] = {
    network: createNetworkService({
      ...endpoints,
      ...{ probe: checks.probe, history: checks.history, proxies, readSettings, now, log },
      changeSettings: (next) => settings.change(networkSettings, (before) => next(readNetworkSettings(before))),
      emitChecked: (event) => emit('network', 'checked', event),
      emitChanged: () => emit('network', 'changed', {}),
    }),
    requirements: createRequirementsService({
      ...ports,
      ...checks,
      // The same question that the Firewall page asks.
      async askTime(server, signal) {
        const { clockMs } = await checks.probe({ ...server, speaks: 'time', proxy: null }, signal);
        if (clockMs === null) throw new Error('The time server tells no time.');
        return { offsetMs: clockMs };
      },
      timeServerChanged: () => emit('network', 'changed', {}),
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
  return {
    services,
    trouble() {
      const targets = networkTargets(readSettings(), {
        directory: endpoints.directoryServers(),
        relay: endpoints.relay(),
        authority: endpoints.authority(),
        timeServer: endpoints.timeServer(),
      });
      return networkTrouble(targets, checks.history.latest());
    },
    startChecking: () =>
      startCheckSchedule({
        everyHours: () => readSettings().everyHours,
        latest: checks.history.latest,
        check: (signal) => services.network.check({}, { ...itself, signal }),
        ...{ every: ports.every, now, log },
      }),
  };
}
