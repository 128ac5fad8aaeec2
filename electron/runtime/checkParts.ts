import type { DirectorySettings, directoryContract } from '../../shared/contract/directory.contract.ts';
import type { Implementation } from '../../shared/contract/define.ts';
import type { emailContract } from '../../shared/contract/email.contract.ts';
import { AppError } from '../../shared/contract/errors.ts';
import type { networkContract } from '../../shared/contract/network.contract.ts';
import { parseTimeServer, type RequirementKind, type requirementsContract } from '../../shared/contract/requirements.contract.ts';
import { targetIdOf } from '../../shared/network/hostNames.ts';
import { readEmailSettings } from '../services/email/readEmailSettings.ts';
import { judgeProbe } from '../services/network/judgeProbe.ts';
import type { NetworkPorts, ProxyOf } from '../services/network/networkPorts.ts';
import { createNetworkService } from '../services/network/networkService.ts';
import { networkTargets } from '../services/network/networkTargets.ts';
import { createProxyChoice, type Environment } from '../services/network/proxyChoice.ts';
import { readNetworkSettings } from '../services/network/readNetworkSettings.ts';
import type { RequirementPorts } from '../services/requirements/requirementPorts.ts';
import { readRequirementSettings } from '../services/requirements/readRequirementSettings.ts';
import { createRequirementsService } from '../services/requirements/requirementsService.ts';
import type { Vault } from '../services/vault/vault.ts';
import type { Call } from './call.ts';
import { checkTrouble, watchedHistory, type CheckHistory, type CheckTrouble } from './checkHistory.ts';
import { startCheckSchedule } from './checkSchedule.ts';
import { readable } from './readable.ts';
import type { Router, Services } from './router.ts';

/** What of this computer and its network is looked at. */
export interface CheckPlatform extends Pick<RequirementPorts, 'machine' | 'folder'> {
  readonly probe: NetworkPorts['probe'];
  readonly windowsRules: NetworkPorts['windowsRules'];
  readonly histories: { readonly network: CheckHistory; readonly requirements: CheckHistory };
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
  readonly status: Pick<RequirementPorts, 'userCount'> & Pick<NetworkPorts, 'appUsers'>;
  readDirectory(): DirectorySettings | null;
  readonly activation: { reaches: NetworkPorts['authority']; certificate: RequirementPorts['activationCertificate'] };
  readonly directory: Pick<Implementation<typeof directoryContract, Call>, 'testLogin'>;
  readonly email: Pick<Implementation<typeof emailContract, Call>, 'test'>;
  readonly emit: Router['emit'];
  every(intervalMs: number, callback: () => void): () => void;
  readonly log: { warn(details: object, message: string): void; info(details: object, message: string): void };
}

export interface CheckParts {
  readonly services: Services<{ network: typeof networkContract; requirements: typeof requirementsContract }>;
  /** What the last checks of the network found wrong. */
  networkTrouble(): CheckTrouble | null;
  /** What the last check of the requirements found wrong, apart from what Status tells anyway. */
  requirementsTrouble(): CheckTrouble | null;
  /** Checks network and requirements as often as the administrator wants it until the returned function is called. */
  startChecking(): () => void;
}

const networkSettings = 'network';
const requirementSettings = 'requirements';
/** Status looks at these itself, each time. */
const toldByStatus: readonly RequirementKind[] = ['store', 'keychain'];
/** Who checks by schedule. */
const itself: Omit<Call, 'signal'> = {
  caller: { id: 'schedule', account: 'schedule', access: new Set(['read', 'manage']) },
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
  const readRequirements = () => readRequirementSettings(settings.read(requirementSettings));
  const relay = () => readEmailSettings(settings.read('email')).relay;
  const endpoints = {
    // Status names settings that cannot be read; what else has to be reached is looked at all the same.
    directoryServers: () => serversOnNetwork(readable(ports.readDirectory, null)),
    relay: () => readable(() => (relay().host === '' ? null : relay()), null),
    authority: ports.activation.reaches,
    timeServer: () => parseTimeServer(readRequirements().timeServer),
  };
  const readSettings = () => readNetworkSettings(settings.read(networkSettings));
  const log = (error: unknown) => ports.log.warn({ err: error }, 'The checks cannot be made or remembered.');
  const watched = (area: 'network' | 'requirements') =>
    watchedHistory(checks.histories[area], ({ id, state, reason }) => {
      const text = state === 'fail' ? 'A check fails that did not before.' : 'A check no longer fails.';
      ports.log[state === 'fail' ? 'warn' : 'info']({ area, id, reason }, text);
      emit('status', 'changed', {});
    });
  const histories = { network: watched('network'), requirements: watched('requirements') };
  const proxies = createProxyChoice({
    readSettings: () => readSettings().proxy,
    environment: checks.environment,
    secrets: ports.vault,
  });
  checks.followProxy(proxies.of);
  const services: CheckParts['services'] = {
    network: createNetworkService({
      ...endpoints,
      ...{
        probe: checks.probe,
        windowsRules: checks.windowsRules,
        history: histories.network,
        proxies,
        appUsers: ports.status.appUsers,
        readSettings,
        now,
        log,
      },
      changeSettings: (next) => settings.change(networkSettings, (before) => next(readNetworkSettings(before))),
      emitChecked: (event) => emit('network', 'checked', event),
      emitChanged: () => emit('network', 'changed', {}),
    }),
    requirements: createRequirementsService({
      ...ports,
      ...checks,
      // The same question that the Firewall page asks.
      async askTime(server, signal) {
        const probe = await checks.probe({ ...server, speaks: 'time', proxy: null }, signal);
        if (probe.clockMs !== null) return { offsetMs: probe.clockMs };
        const target = { ...server, id: targetIdOf(server, 'udp'), protocol: 'udp', purpose: 'time', optional: true } as const;
        throw new AppError('unreachable', judgeProbe(target, probe).reason);
      },
      timeServerChanged: () => emit('network', 'changed', {}),
      ...{ history: histories.requirements, readSettings: readRequirements, log },
      changeSettings: (next) => settings.change(requirementSettings, (before) => next(readRequirementSettings(before))),
      userCount: ports.status.userCount,
      vaultState: ports.vault.state,
      activationCertificate: ports.activation.certificate,
      async testDirectory(call) {
        const directory = ports.readDirectory();
        if (!directory) return null;
        return directory.sample ? 'sample' : ports.directory.testLogin({ settings: directory, runId, countPeople: false }, call);
      },
      async testRelay(call) {
        if (relay().host === '') return null;
        return ports.email.test({ settings: readEmailSettings(settings.read('email')), runId, findWays: false }, call);
      },
      emitChecked: (event) => emit('requirements', 'checked', event),
    }),
  };
  return {
    services,
    networkTrouble() {
      const targets = networkTargets(readSettings(), {
        directory: endpoints.directoryServers(),
        relay: endpoints.relay(),
        authority: endpoints.authority(),
        timeServer: endpoints.timeServer(),
      });
      const on = new Set(targets.flatMap(({ id, isEnabled }) => (isEnabled ? [id] : [])));
      return checkTrouble(histories.network.latest(), ({ id }) => on.has(id));
    },
    requirementsTrouble() {
      const latest = histories.requirements.latest();
      // All are checked at once: what was not found then, such as the certificate of a relay that is gone, matters no more.
      const checkedAt = Math.max(...latest.map(({ at }) => at));
      return checkTrouble(latest, ({ id, at }) => at === checkedAt && !toldByStatus.some((kind) => kind === id));
    },
    startChecking() {
      const stops = [
        startCheckSchedule({
          everyHours: () => readSettings().everyHours,
          latest: histories.network.latest,
          check: (signal) => services.network.check({}, { ...itself, signal }),
          ...{ every: ports.every, now, log },
        }),
        startCheckSchedule({
          everyHours: () => readRequirements().everyHours,
          latest: histories.requirements.latest,
          check: (signal) => services.requirements.check({}, { ...itself, signal }),
          ...{ every: ports.every, now, log },
        }),
      ];
      return () => stops.forEach((stop) => stop());
    },
  };
}
