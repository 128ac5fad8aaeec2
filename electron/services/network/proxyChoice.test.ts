import { expect, it } from 'vitest';
import { AppError } from '../../../shared/contract/errors.ts';
import { proxySettings, type ProxySettings } from '../../../shared/contract/network.contract.ts';
import { Secret } from '../../../shared/lib/secret.ts';
import type { ProxyBinding } from './networkPorts.ts';
import { createProxyChoice, type Environment } from './proxyChoice.ts';

const target = { host: 'mfa.example', port: 443 };
const own = proxySettings.parse({ mode: 'own', host: 'proxy.example', port: 3128, user: 'svc', bypass: ['corp.example'] });

function setUp(settings: ProxySettings, environment: Environment = {}) {
  const kept = new Map<string, Secret>();
  const name = (binding: ProxyBinding) => JSON.stringify(binding);
  const choice = createProxyChoice({
    readSettings: () => settings,
    environment,
    secrets: {
      put: async (binding, secret) => void kept.set(name(binding), secret),
      has: (binding) => kept.has(name(binding)),
      take: async (binding) => kept.get(name(binding))!,
      forget: (binding) => void kept.delete(name(binding)),
    },
  });
  return { choice, kept };
}

it('reads the environment as other programs do', async () => {
  const found = (environment: Environment) => setUp(proxySettings.parse({}), environment).choice;
  const choice = found({ HTTPS_PROXY: 'http://svc:p%40ss@Proxy.example:3128', NO_PROXY: 'corp.example, 10.0.0.0/8' });
  const proxy = await choice.of(target);
  expect(proxy).toMatchObject({ host: 'proxy.example', port: 3128, user: 'svc' });
  expect(proxy?.password?.reveal()).toBe('p@ss');
  expect(await choice.of({ host: 'mfa.corp.example', port: 443 })).toBeNull();
  expect(await choice.of({ host: '10.1.2.3', port: 443 })).toBeNull();
  expect(choice.inUse()).toMatchObject({ host: 'proxy.example', port: 3128 });
  expect(choice.environment().bypass).toEqual(['corp.example', '10.0.0.0/8']);
  expect(JSON.stringify(choice.environment())).not.toContain('p@ss');

  expect(await found({ https_proxy: 'proxy.example:8080' }).of(target)).toMatchObject({
    host: 'proxy.example',
    port: 8080,
    password: null,
  });
  expect(await found({}).of(target)).toBeNull();
  for (const written of ['socks5://proxy.example:1080', 'http://', 'https://proxy.example']) {
    expect(await found({ HTTPS_PROXY: written }).of(target)).toBeNull();
    expect(found({ HTTPS_PROXY: written }).environment().problem).toContain('HTTPS_PROXY is no address of a proxy');
  }
});

it('uses the proxy that is set, with its password, and no other', async () => {
  const { choice, kept } = setUp(own, { HTTPS_PROXY: 'http://elsewhere.example' });
  expect(await choice.of(target)).toEqual({ host: 'proxy.example', port: 3128, user: 'svc', password: null });
  await choice.keepPassword(own, own, new Secret('geheim'));
  expect((await choice.of(target))?.password?.reveal()).toBe('geheim');
  expect(await choice.of({ host: 'a.corp.example', port: 443 })).toBeNull();

  // A password is for one proxy and user only.
  await choice.keepPassword(own, { ...own, host: 'other.example' }, undefined);
  expect(kept.size).toBe(0);
  expect(await setUp(proxySettings.parse({ mode: 'none' }), { HTTPS_PROXY: 'http://elsewhere.example' }).choice.of(target)).toBeNull();
});

it('keeps nothing where the keychain refuses', async () => {
  const choice = createProxyChoice({
    readSettings: () => own,
    environment: {},
    secrets: {
      put: () => Promise.reject(new AppError('keychain-unavailable', 'No keychain.')),
      has: () => false,
      take: () => Promise.reject(new AppError('secret-missing', 'None.')),
      forget: () => expect.unreachable(),
    },
  });
  await expect(choice.keepPassword({ ...own, user: 'before' }, own, new Secret('x'))).rejects.toMatchObject({
    code: 'keychain-unavailable',
  });
});
