import { DatabaseSync } from 'node:sqlite';
import { beforeEach, expect, it, vi } from 'vitest';
import { proxySettings, type NetworkSettings, type TargetCheck } from '../../../shared/contract/network.contract.ts';
import type { Call } from '../../runtime/call.ts';
import { checkTrouble, watchedHistory, type CheckHistory } from '../../runtime/checkHistory.ts';
import { startCheckSchedule } from '../../runtime/checkSchedule.ts';
import { createCheckRepository, keptChecks } from '../../store/console/checkRepository.ts';
import type { ConsoleSchema } from '../../store/console/schema.ts';
import { networkChecks } from '../../store/migrations/0004_network_checks.ts';
import { checksByArea } from '../../store/migrations/0005_checks.ts';
import { createTypedQueries } from '../../store/typedQueries.ts';
import { automaticTable } from './automaticTable.ts';
import { judgeProbe } from './judgeProbe.ts';
import type { Probe, ProbeTarget } from './networkPorts.ts';
import { createNetworkService } from './networkService.ts';
import { createProxyChoice } from './proxyChoice.ts';
import { Secret } from '../../../shared/lib/secret.ts';
import { AppError } from '../../../shared/contract/errors.ts';

let settings: NetworkSettings;
let database: DatabaseSync;
let history: CheckHistory;
let now: number;
let appUsers: number | null;
/** Of the proxy, in the keychain. */
let password: Secret | AppError | null;
/** What the probes of these hosts find. */
let results: Record<string, Partial<Probe>>;
let probed: ProbeTarget[];
let told: { runId: string; check: TargetCheck }[];
beforeEach(() => {
  settings = { own: [], switched: {}, everyHours: 24, proxy: proxySettings.parse({}), eventConfirmation: false };
  password = null;
  database = new DatabaseSync(':memory:');
  database.exec(networkChecks);
  database.exec(checksByArea);
  history = createCheckRepository(createTypedQueries<ConsoleSchema>(database), 'network');
  appUsers = null;
  now = 1_000;
  results = {};
  probed = [];
  told = [];
});

const reached: Probe = { addresses: ['192.0.2.1'], connectMs: 5, tls: null, http: null, clockMs: null, failure: null, proxy: null };
const call: Call = {
  caller: { id: 'test', account: 'test', access: new Set() },
  signal: new AbortController().signal,
  ref: 'r',
  note() {},
};
const proxy = { name: 'Web proxy', host: 'proxy.example', port: 8080, tls: false, optional: false };

const service = createNetworkService({
  history: {
    add: (...args) => history.add(...args),
    of: (...args) => history.of(...args),
    forget: (id) => history.forget(id),
  },
  now: () => now,
  log: (error) => expect(error).toBeUndefined(),
  directoryServers: () => [{ host: 'dc1.example', port: 636 }],
  relay: () => ({ host: 'smtp.example', port: 587 }),
  authority: () => ({ host: 'mfa1.example', port: 8463 }),
  timeServer: () => ({ host: 'time.example', port: 123 }),
  appUsers: () => appUsers,
  windowsRules: {
    read: async () => ({
      rules: [],
      profiles: [{ name: 'Domain', isEnabled: true, defaultOutbound: 'block' }],
      program: '',
      localSubnets: [],
    }),
  },
  proxies: createProxyChoice({
    readSettings: () => settings.proxy,
    environment: {},
    secrets: {
      put: async (_binding, secret) => void (password = secret),
      has: () => password !== null,
      async take() {
        if (password instanceof Secret) return password;
        throw password;
      },
      forget() {},
    },
  }),
  async probe(target) {
    probed.push(target);
    return { ...reached, ...results[target.host] };
  },
  readSettings: () => settings,
  changeSettings: (next) => void (settings = next(settings)),
  emitChecked: (event) => void told.push(event),
  emitChanged() {},
});

const checked = () => probed.map(({ host, port }) => `${host}:${port}`);

it('does not check the hosts of the service that was switched off, and says why', async () => {
  await service.check({}, call);

  expect(checked()).toEqual(expect.arrayContaining(['crl.microsoft.com:80', 'dc1.example:636', 'smtp.example:587', 'mfa1.example:8463']));
  expect(checked().filter((id) => id.includes('phonefactor'))).toEqual([]);
  const old = (await service.targets(null, call)).find(({ id }) => id === 'pfd.phonefactor.net:443');
  expect(old).toMatchObject({ isEnabled: false, note: expect.stringContaining('switched off on 30 September 2024') });
});

it('checks the hosts of the Migration Utility only while somebody wants it, and then never fails for them', async () => {
  const id = 'graph.microsoft.com:443';
  await service.check({}, call);
  expect(checked()).not.toContain(id);
  const target = (await service.targets(null, call)).find((each) => each.id === id);
  expect(target).toMatchObject({ purpose: 'migration', isEnabled: false, note: expect.stringContaining('Migration Utility') });

  await service.setEnabled({ id, isEnabled: true }, call);
  results['graph.microsoft.com'] = { failure: 'timeout' };
  const checks = await service.check({}, call);
  expect(checks.find((check) => check.id === id)?.state).toBe('warn');
});

it('checks what was switched on, and no longer what was switched off', async () => {
  await service.setEnabled({ id: 'pfd.phonefactor.net:443', isEnabled: true }, call);
  await service.setEnabled({ id: 'crl.microsoft.com:80', isEnabled: false }, call);

  await service.check({}, call);

  expect(checked()).toContain('pfd.phonefactor.net:443');
  expect(checked()).not.toContain('crl.microsoft.com:80');
  await expect(service.setEnabled({ id: 'nowhere.example:1', isEnabled: true }, call)).rejects.toMatchObject({ code: 'not-found' });
});

it('keeps targets of the administrator, each once', async () => {
  expect(await service.addTarget(proxy, call)).toEqual({ id: 'proxy.example:8080' });
  await expect(service.addTarget({ ...proxy, name: 'Again' }, call)).rejects.toThrow('proxy.example:8080 is in the list already.');
  await expect(service.addTarget({ ...proxy, host: 'dc1.example', port: 636 }, call)).rejects.toThrow('in the list already');
  await service.check({ ids: ['proxy.example:8080'] }, call);
  expect(probed).toEqual([{ host: 'proxy.example', port: 8080, speaks: 'nothing', proxy: null }]);

  await service.removeTarget({ id: 'proxy.example:8080' }, call);
  expect(settings.own).toEqual([]);
  await expect(service.removeTarget({ id: 'crl.microsoft.com:80' }, call)).rejects.toThrow('can be switched off, but not removed');
});

it('tells each result of a run as it comes, and all at the end', async () => {
  const checks = await service.check({ ids: ['dc1.example:636', 'smtp.example:587'], runId: 'run' }, call);

  expect(told.map(({ runId, check }) => [runId, check.id])).toEqual([
    ['run', 'dc1.example:636'],
    ['run', 'smtp.example:587'],
  ]);
  expect(checks).toEqual(told.map(({ check }) => check));
});

it('asks the time server by UDP, never through a proxy, and only warns where it is silent', async () => {
  results = { 'time.example': { failure: 'timeout', connectMs: null } };
  const [check] = await service.check({ ids: ['time.example:123/udp'] }, call);
  expect(probed).toEqual([{ host: 'time.example', port: 123, speaks: 'time', proxy: null }]);
  expect(check).toMatchObject({ protocol: 'udp', state: 'warn', reason: expect.stringContaining('Allow outbound UDP 123.') });
});

it('goes through the proxy to what speaks HTTP or TLS and to the authority, and to nothing else', async () => {
  const noted: unknown[] = [];
  const setting = { ...proxySettings.parse({ mode: 'own', host: 'proxy.example', user: 'svc' }), password: 'geheim' };
  await service.setProxy(setting, { ...call, note: (details) => void noted.push(details) });
  expect(JSON.stringify([noted, settings])).not.toContain('geheim');
  expect(await service.proxy(null, call)).toMatchObject({ passwordStored: true, inUse: 'proxy.example:8080' });

  await service.check({}, call);
  const way = (host: string) => probed.find((each) => each.host === host)?.proxy?.host;
  expect(['crl.microsoft.com', 'mfa1.example', 'dc1.example', 'smtp.example', 'time.example'].map(way)).toEqual([
    'proxy.example',
    'proxy.example',
    undefined,
    undefined,
    undefined,
  ]);

  password = new AppError('keychain-locked', 'The vault is sealed.');
  const [check] = await service.check({ ids: ['mfa1.example:8463'] }, call);
  expect(check).toMatchObject({
    state: 'fail',
    reason: 'The password of the proxy proxy.example:8080 cannot be had: The vault is sealed.',
  });
});

const cloud = {
  id: 'pfd.phonefactor.net:443',
  host: 'pfd.phonefactor.net',
  port: 443,
  protocol: 'tcp',
  purpose: 'cloud',
  optional: false,
} as const;
const revocation = {
  id: 'crl.microsoft.com:80',
  host: 'crl.microsoft.com',
  port: 80,
  protocol: 'tcp',
  purpose: 'revocation',
  optional: true,
} as const;

it('warns of addresses outside the published ranges, and names those that no public host has', () => {
  expect(judgeProbe(cloud, { ...reached, addresses: ['134.170.116.75', '192.0.2.9'] })).toMatchObject({
    state: 'warn',
    reason: expect.stringContaining('ranges: 192.0.2.9.'),
  });
  expect(judgeProbe(cloud, { ...reached, addresses: ['134.170.116.75'] })).toMatchObject({ state: 'pass' });
  expect(judgeProbe(revocation, { ...reached, addresses: ['10.0.0.53'] })).toMatchObject({
    state: 'warn',
    reason: expect.stringContaining('an address that no public host has'),
  });
});

it('fails nothing for an optional target, and takes its own redirections for its own', () => {
  expect(judgeProbe(revocation, { ...reached, failure: 'timeout' }).state).toBe('warn');
  const led = (location: string) => judgeProbe(revocation, { ...reached, http: { status: 301, location } }).state;
  expect([led('https://www.microsoft.com/en-us'), led('/pki'), led('https://portal.example')]).toEqual(['pass', 'pass', 'warn']);
});

it('says that there are addresses of IPv6 only and no way to them', () => {
  expect(judgeProbe(cloud, { ...reached, addresses: ['2001:db8::1'], connectMs: null, failure: 'unreachable' }).reason).toContain(
    'has addresses of IPv6 only, and this computer has no way to them',
  );
});

it('fails a published host behind somebody else’s authority, and only warns of it for an own target', () => {
  const tls = { version: 'TLSv1.3', issuer: 'Contoso CA', chain: [], trusted: false, notAfter: '', problem: 'SELF_SIGNED_CERT_IN_CHAIN' };
  expect(judgeProbe(cloud, { ...reached, tls })).toMatchObject({ state: 'fail', reason: expect.stringContaining('intercepts TLS') });
  expect(judgeProbe({ ...cloud, purpose: 'own' }, { ...reached, tls })).toMatchObject({ state: 'warn' });
  expect(judgeProbe({ ...cloud, purpose: 'own' }, { ...reached, tls: { ...tls, problem: 'CERT_HAS_EXPIRED' } })).toMatchObject({
    state: 'fail',
    reason: expect.stringContaining('has expired'),
  });
});

it('remembers what was found, tells what failed last, and forgets a target that is removed', async () => {
  await service.addTarget(proxy, call);
  await service.check({}, call);
  now = 2_000;
  results = { 'proxy.example': { failure: 'refused', connectMs: null } };
  await service.check({}, call);

  const past = await service.history({ id: 'proxy.example:8080', limit: 200 }, call);
  expect(past.map(({ at, state }) => [at, state])).toEqual([
    [2_000, 'fail'],
    [1_000, 'pass'],
  ]);
  const trouble = async () => {
    const on = (await service.targets(null, call)).filter(({ isEnabled }) => isEnabled);
    return checkTrouble(history.latest(), ({ id }) => on.some((target) => target.id === id));
  };
  expect(await trouble()).toEqual({ count: 1, text: expect.stringContaining('refuses connections'), at: 2_000 });
  await service.setEnabled({ id: 'proxy.example:8080', isEnabled: false }, call);
  expect(await trouble()).toBeNull();

  await service.removeTarget({ id: 'proxy.example:8080' }, call);
  expect(await service.history({ id: 'proxy.example:8080', limit: 200 }, call)).toEqual([]);
});

it('says what turned bad, once, and what is well again', () => {
  const turned: string[] = [];
  const watched = watchedHistory(history, ({ id, state }) => void turned.push(`${id} ${state}`));
  const found = (state: 'pass' | 'warn' | 'fail') => [{ ...judgeProbe(cloud, reached), state }];
  (['pass', 'fail', 'fail', 'warn', 'pass'] as const).forEach((state, at) => watched.add(found(state), at));
  expect(turned).toEqual(['pfd.phonefactor.net:443 fail', 'pfd.phonefactor.net:443 warn']);
});

it('keeps what was found by an older version, and each area to itself', () => {
  const old = new DatabaseSync(':memory:');
  old.exec(networkChecks);
  old.exec("INSERT INTO network_checks VALUES ('a:443', 7, 'pass', 'Reached.', 3)");
  old.exec(checksByArea);
  const of = (area: 'network' | 'requirements') => createCheckRepository(createTypedQueries<ConsoleSchema>(old), area);
  of('requirements').add([{ id: 'disk', state: 'fail', reason: 'It is full.', connectMs: null }], 8);
  expect(of('network').latest()).toEqual([{ id: 'a:443', at: 7, state: 'pass', reason: 'Reached.', connectMs: 3 }]);
  expect(of('requirements').of('disk', 5)).toEqual([{ at: 8, state: 'fail', reason: 'It is full.', connectMs: null }]);
});

it('chooses the reduced table where no user has the app and Event Confirmation is off, and says why', async () => {
  expect(await service.rangeTable(null, call)).toMatchObject({ table: 'full', reason: expect.stringContaining('not been counted yet') });
  appUsers = 0;
  expect(await service.rangeTable(null, call)).toEqual({
    ...{ table: 'reduced', eventConfirmation: false },
    reason: 'No user has the mobile app, and Event Confirmation is off: the reduced table applies.',
  });
  await service.setEventConfirmation({ isUsed: true }, call);
  expect(await service.rangeTable(null, call)).toMatchObject({ table: 'full', eventConfirmation: true });
  expect(automaticTable(false, 1_200)).toMatchObject({ table: 'full', reason: expect.stringContaining('1,200 users have the mobile app') });
});

it('holds what is on, and nothing else, against the rules of Windows', async () => {
  const verdicts = await service.compareRules(null, call);
  expect(verdicts).toContainEqual(expect.objectContaining({ id: 'dc1.example:636', verdict: 'blocked-by-default' }));
  expect(verdicts?.some(({ id }) => id.includes('phonefactor'))).toBe(false);
});

it('judges what lies behind a proxy by the way to the proxy', async () => {
  await service.setProxy({ ...proxySettings.parse({ mode: 'own', host: 'proxy.example' }) }, call);
  results = {
    'proxy.example': { addresses: ['192.0.2.8'] },
    'crl.microsoft.com': { addresses: [], proxy: { host: 'proxy.example', port: 8080, user: '', answer: null } },
  };

  const verdicts = await service.compareRules(null, call);

  expect(verdicts).toContainEqual({
    ...{ id: 'crl.microsoft.com:80', verdict: 'blocked-by-default', rule: null },
    reason: expect.stringMatching(/^By the proxy proxy\.example:8080\. No rule allows 192\.0\.2\.8, /),
  });
});

it('keeps the newest results of a target only', () => {
  const check = judgeProbe(cloud, reached);
  for (let at = 1; at <= keptChecks + 5; at += 1) history.add([check], at);
  expect(history.of(cloud.id, 1_000)).toHaveLength(keptChecks);
  expect(history.latest()).toEqual([expect.objectContaining({ id: cloud.id, at: keptChecks + 5 })]);
});

it('checks by itself when the last check is long enough ago, and never where that is not wanted', async () => {
  let look = () => {};
  let everyHours = 6;
  const check = vi.fn(async () => history.add([judgeProbe(cloud, reached)], now));
  const stop = startCheckSchedule({
    everyHours: () => everyHours,
    latest: () => history.latest(),
    check,
    every: (_ms, callback) => ((look = callback), () => (look = () => {})),
    now: () => now,
    log: (error) => expect(error).toBeUndefined(),
  });
  const after = async (ms: number) => {
    now += ms;
    look();
    await new Promise((resolve) => setImmediate(resolve));
    return check.mock.calls.length;
  };
  const hour = 3_600_000;
  expect([await after(0), await after(hour), await after(5 * hour)]).toEqual([1, 1, 2]);
  everyHours = 0;
  expect(await after(100 * hour)).toBe(2);
  everyHours = 1;
  stop();
  expect(await after(100 * hour)).toBe(2);
});
