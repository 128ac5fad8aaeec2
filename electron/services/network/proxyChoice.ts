import type { ProxySettings } from '../../../shared/contract/network.contract.ts';
import { isHost, targetIdOf } from '../../../shared/network/hostNames.ts';
import { isBypassed } from '../../../shared/network/proxyBypass.ts';
import { Secret } from '../../../shared/lib/secret.ts';
import type { Proxy, ProxyBinding, ProxyChoice, ProxySecrets } from './networkPorts.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface ProxyChoicePorts {
  readSettings(): ProxySettings;
  readonly environment: Environment;
  readonly secrets: ProxySecrets;
}

/** Which proxy stands on the way out, by the settings or by the environment. */
export function createProxyChoice({ readSettings, environment, secrets }: ProxyChoicePorts): ProxyChoice {
  const inEnvironment = readEnvironment(environment);

  return {
    async of(target) {
      const settings = readSettings();
      switch (settings.mode) {
        case 'none':
          return null;
        case 'environment':
          return inEnvironment.proxy && !isBypassed(target, inEnvironment.bypass) ? inEnvironment.proxy : null;
        case 'own': {
          if (isBypassed(target, settings.bypass)) return null;
          const binding = bindingOf(settings);
          const { host, port, user } = settings;
          return { host, port, user, password: user !== '' && secrets.has(binding) ? await secrets.take(binding) : null };
        }
      }
    },
    passwordStored: () => secrets.has(bindingOf(readSettings())),
    inUse() {
      const settings = readSettings();
      if (settings.mode === 'own') return settings;
      return settings.mode === 'environment' ? inEnvironment.proxy : null;
    },
    environment: () => ({
      proxy: inEnvironment.proxy && targetIdOf(inEnvironment.proxy),
      bypass: [...inEnvironment.bypass],
      problem: inEnvironment.problem,
    }),
    async keepPassword(before, after, password) {
      if (password !== undefined) await secrets.put(bindingOf(after), password);
      if (JSON.stringify(bindingOf(before)) !== JSON.stringify(bindingOf(after))) secrets.forget(bindingOf(before));
    },
  };
}

const bindingOf = (settings: ProxySettings): ProxyBinding => ({ purpose: 'proxy', servers: [targetIdOf(settings)], user: settings.user });

/** HTTPS_PROXY, HTTP_PROXY or ALL_PROXY, the first that is there, and NO_PROXY; in small letters too, as other programs read them. */
function readEnvironment(environment: Environment): { proxy: Proxy | null; bypass: readonly string[]; problem: string } {
  const read = (name: string) => environment[name.toLowerCase()] || environment[name] || '';
  const bypass = read('NO_PROXY')
    .split(/[\s,;]+/)
    .filter(Boolean);
  const name = ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY'].find((each) => read(each) !== '');
  if (name === undefined) return { proxy: null, bypass, problem: '' };
  const problem = `${name} is no address of a proxy such as http://proxy.corp.example:8080, so no proxy is used.`;
  const written = read(name);
  let url: URL;
  try {
    url = new URL(written.includes('://') ? written : `http://${written}`);
  } catch {
    return { proxy: null, bypass, problem };
  }
  const host = url.hostname.replace(/^\[|\]$/g, '').toLowerCase();
  if (url.protocol !== 'http:' || !isHost(host)) return { proxy: null, bypass, problem };
  const password = url.password === '' ? null : new Secret(decoded(url.password));
  return { proxy: { host, port: Number(url.port || 80), user: decoded(url.username), password }, bypass, problem: '' };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
