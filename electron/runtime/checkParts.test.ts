import { expect, it } from 'vitest';
import type { DirectorySettings } from '../../shared/contract/directory.contract.ts';
import { defaultSettings } from '../services/directory/kinds.ts';
import type { Call } from './call.ts';
import type { CheckHistory } from './checkHistory.ts';
import { createCheckParts, serversOnNetwork, type CheckPartsPorts } from './checkParts.ts';

const call: Call = {
  caller: { id: 'test', account: 'test', access: new Set() },
  signal: new AbortController().signal,
  ref: 'r',
  note() {},
};

function createHistory(): CheckHistory {
  const kept: ReturnType<CheckHistory['latest']> = [];
  return {
    add: (found, at) => void kept.push(...found.map((each) => ({ ...each, at }))),
    of: () => [],
    latest: () => kept,
    forget() {},
  };
}

/** The checks of a server whose directory is `directory`. */
function setUp(directory: DirectorySettings, changes: Partial<CheckPartsPorts> = {}) {
  const tested: object[] = [];
  const settings = new Map<string, unknown>([['requirements', { timeServer: '', everyHours: 24 }]]);
  const parts = createCheckParts({
    checks: {
      machine: () => ({
        ...{ architecture: 'x64', platform: 'win32', release: '10.0.20348', system: 'Windows Server 2022' },
        ...{ memoryBytes: 8 * 1024 ** 3, processors: 4, node: '24.1.0' },
      }),
      folder: async () => ({
        ...{ path: 'C:\\Data', freeBytes: 50 * 1024 ** 3, problem: null, isOpenToOthers: false, fileSystem: null, isNetwork: false },
      }),
      probe: () => Promise.reject(new Error('must not be called')),
      windowsRules: null,
      histories: { network: createHistory(), requirements: createHistory() },
      environment: {},
      followProxy() {},
    },
    settings: {
      read: (name) => settings.get(name),
      write: (name, value) => void settings.set(name, value),
      change: (name, next) => void settings.set(name, next(settings.get(name))),
    },
    vault: {
      state: async () => ({ state: 'unavailable', backend: '' }) as never,
      put: async () => {},
      has: () => false,
      take: () => Promise.reject(new Error('nothing is kept')),
      forget() {},
    },
    status: { userCount: () => 100_000, appUsers: () => 0 },
    readDirectory: () => directory,
    activation: { reaches: () => null, certificate: () => null },
    directory: { testLogin: async (draft) => (tested.push(draft), { passed: true, steps: [] }) },
    email: { test: () => Promise.reject(new Error('must not be called')) },
    storeDamage: () => 'Page 7 is broken.',
    version: '1.0.0',
    now: () => 1,
    emit() {},
    every: () => () => {},
    log: { warn() {}, info() {} },
    ...changes,
  });
  return { parts, tested };
}

it('checks the way to the servers of a directory, but not to the sample directory, whose last port nobody listens on', () => {
  const servers = [{ host: '127.0.0.1', port: 45_403, security: 'none' as const }];

  expect(serversOnNetwork({ sample: false, servers })).toEqual(servers);
  expect(serversOnNetwork({ sample: true, servers })).toEqual([]);
  expect(serversOnNetwork(null)).toEqual([]);
});

it('signs in to the directory for the requirements, and counts nobody there: a monitor does so every few minutes', async () => {
  const { parts, tested } = setUp({ ...defaultSettings.ad, baseDn: 'DC=corp,DC=example' });

  await parts.services.requirements.check({}, call);

  expect(tested).toEqual([expect.objectContaining({ countPeople: false })]);
});

it('leaves to Status what that looks at itself', async () => {
  const { parts } = setUp({ ...defaultSettings.ad, sample: true });
  const found = await parts.services.requirements.check({}, call);

  expect(found.filter(({ state }) => state === 'fail').map(({ kind }) => kind)).toEqual(['store', 'keychain']);
  expect(parts.requirementsTrouble()).toBeNull();
});
