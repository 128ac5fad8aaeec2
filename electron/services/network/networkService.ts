import type { Implementation } from '../../../shared/contract/define.ts';
import { AppError, isAppError } from '../../../shared/contract/errors.ts';
import { mostOwnTargets, type networkContract, type NetworkTarget, type TargetCheck } from '../../../shared/contract/network.contract.ts';
import { Secret } from '../../../shared/lib/secret.ts';
import { targetIdOf } from '../../../shared/network/hostNames.ts';
import type { Call } from '../../runtime/call.ts';
import { automaticTable } from './automaticTable.ts';
import { judgeProbe, judgeUntried } from './judgeProbe.ts';
import { judgeProxyRules, judgeRules } from './judgeRules.ts';
import type { NetworkPorts, ProbeTarget, Proxy } from './networkPorts.ts';
import { networkTargets } from './networkTargets.ts';

/** Knows what this server has to reach and tries it. */
export function createNetworkService(ports: NetworkPorts): Implementation<typeof networkContract, Call> {
  const targets = () =>
    networkTargets(ports.readSettings(), {
      directory: ports.directoryServers(),
      relay: ports.relay(),
      authority: ports.authority(),
      timeServer: ports.timeServer(),
    });

  function proxyInUse(): string | null {
    const proxy = ports.proxies.inUse();
    return proxy && targetIdOf(proxy);
  }

  /** The way to the proxy in use, which is the way to all that lies behind it. */
  async function wayToProxy(signal: AbortSignal): Promise<Parameters<typeof judgeProxyRules>[1] | null> {
    const proxy = ports.proxies.inUse();
    if (!proxy) return null;
    const { host, port } = proxy;
    const { addresses } = await ports.probe({ host, port, speaks: 'nothing', proxy: null }, signal);
    return { id: targetIdOf(proxy), port, addresses: [...addresses] };
  }

  function known(ids: readonly string[]): NetworkTarget[] {
    const all = targets();
    return ids.map((id) => {
      const found = all.find((target) => target.id === id);
      if (found) return found;
      throw new AppError('not-found', `There is no target ${id}.`);
    });
  }

  async function tried(target: NetworkTarget, signal: AbortSignal): Promise<TargetCheck> {
    const { host, port } = target;
    const speaks = spokenBy(target);
    let proxy: Proxy | null;
    try {
      // Proxies of the web are for HTTP and HTTPS. An authority speaks that too, though its own certificate is not looked at here.
      const isOfWeb = speaks === 'tls' || speaks === 'http' || target.purpose === 'authority';
      proxy = isOfWeb ? await ports.proxies.of(target) : null;
    } catch (error) {
      if (!isAppError(error)) throw error;
      return judgeUntried(target, proxyInUse() ?? '', error.message);
    }
    return judgeProbe(target, await ports.probe({ host, port, speaks, proxy }, signal));
  }

  return {
    targets: async () => targets(),

    async check({ ids, runId }, { signal }) {
      const chosen = ids ? known([...new Set(ids)]) : targets().filter(({ isEnabled }) => isEnabled);
      // There are some seventy targets at most: all at once is bounded enough.
      const checks = await Promise.all(
        chosen.map(async (target) => {
          const check = await tried(target, signal);
          signal.throwIfAborted();
          if (runId !== undefined) ports.emitChecked({ runId, check });
          return check;
        }),
      );
      try {
        ports.history.add(checks, ports.now());
      } catch (error) {
        ports.log(error);
      }
      return checks;
    },

    history: async ({ id, limit }) => ports.history.of(id, limit),
    schedule: async () => ({ everyHours: ports.readSettings().everyHours }),

    async setSchedule({ everyHours }) {
      ports.changeSettings((before) => ({ ...before, everyHours }));
      return null;
    },

    async rangeTable() {
      const { eventConfirmation } = ports.readSettings();
      return { ...automaticTable(eventConfirmation, ports.appUsers()), eventConfirmation };
    },

    async setEventConfirmation({ isUsed }) {
      ports.changeSettings((before) => ({ ...before, eventConfirmation: isUsed }));
      return null;
    },

    windowsFirewall: async () => ({ isHere: ports.windowsRules !== null }),

    async compareRules(_input, { signal }) {
      if (ports.windowsRules === null) return null;
      const enabled = targets().filter(({ isEnabled }) => isEnabled);
      const [rules, checks, proxy] = await Promise.all([
        ports.windowsRules.read(signal),
        Promise.all(enabled.map((target) => tried(target, signal))),
        wayToProxy(signal),
      ]);
      return checks.map((check) => (check.proxy !== null && proxy ? judgeProxyRules(check.id, proxy, rules) : judgeRules(check, rules)));
    },

    proxy: async () => ({
      settings: ports.readSettings().proxy,
      passwordStored: ports.proxies.passwordStored(),
      inUse: proxyInUse(),
      environment: ports.proxies.environment(),
    }),

    async setProxy({ password, ...proxy }, call) {
      const before = ports.readSettings().proxy;
      // Stored first: if the keychain refuses, the settings stay as they were.
      await ports.proxies.keepPassword(before, proxy, password === undefined ? undefined : new Secret(password));
      ports.changeSettings((others) => ({ ...others, proxy }));
      call.note({ before, after: proxy, passwordChanged: password !== undefined });
      ports.emitChanged();
      return null;
    },

    async addTarget(target) {
      const id = targetIdOf(target);
      if (targets().some((other) => other.id === id)) throw new AppError('invalid-input', `${id} is in the list already.`);
      ports.changeSettings(({ own, switched, ...others }) => {
        if (own.length >= mostOwnTargets)
          throw new AppError('invalid-input', `There are ${mostOwnTargets} own targets already. Remove one first.`);
        return { ...others, own: [...own.filter((other) => targetIdOf(other) !== id), target], switched: without(switched, id) };
      });
      ports.emitChanged();
      return { id };
    },

    async removeTarget({ id }) {
      const [target] = known([id]);
      if (target?.purpose !== 'own') {
        throw new AppError('invalid-input', `${id} is not a target of your own. It can be switched off, but not removed.`);
      }
      ports.history.forget(id);
      ports.changeSettings(({ own, switched, ...others }) => ({
        ...others,
        own: own.filter((other) => targetIdOf(other) !== id),
        switched: without(switched, id),
      }));
      ports.emitChanged();
      return null;
    },

    async setEnabled({ id, isEnabled }) {
      known([id]);
      ports.changeSettings((before) => ({ ...before, switched: { ...before.switched, [id]: isEnabled } }));
      ports.emitChanged();
      return null;
    },
  };
}

function spokenBy({ tls, purpose }: NetworkTarget): ProbeTarget['speaks'] {
  if (tls) return 'tls';
  if (purpose === 'time') return 'time';
  // Lists of revoked certificates are fetched in plain HTTP (RFC 5280 section 4.2.1.13).
  return purpose === 'revocation' ? 'http' : 'nothing';
}

function without(switched: Readonly<Record<string, boolean>>, id: string): Record<string, boolean> {
  return Object.fromEntries(Object.entries(switched).filter(([each]) => each !== id));
}
