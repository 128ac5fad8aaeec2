import { beforeEach, expect, it, vi } from 'vitest';
import { AppError } from '../../../shared/contract/errors.ts';
import type { Requirement, RequirementSettings } from '../../../shared/contract/requirements.contract.ts';
import { parseTimeServer } from '../../../shared/contract/requirements.contract.ts';
import type { Call } from '../../runtime/call.ts';
import { judgeServer } from './judgeServers.ts';
import type { RequirementPorts } from './requirementPorts.ts';
import { createRequirementsService } from './requirementsService.ts';
import { folder, machine } from './testing.ts';

const call: Call = {
  caller: { id: 'test', account: 'test', access: new Set() },
  signal: new AbortController().signal,
  ref: 'r',
  note() {},
};

let saved: RequirementSettings;
let remembered: { id: string; state: string; reason: string }[];
let told: Requirement[];
beforeEach(() => {
  saved = { timeServer: 'time.windows.com', everyHours: 24 };
  remembered = [];
  told = [];
});

const service = (changes: Partial<RequirementPorts> = {}) =>
  createRequirementsService({
    machine: () => machine,
    folder: async () => folder,
    userCount: () => 40_000,
    storeDamage: () => undefined,
    vaultState: async () => ({ state: 'keychain', backend: 'Windows Credential Manager' }),
    askTime: async () => ({ offsetMs: 20 }),
    testDirectory: async () => ({ steps: [{ state: 'passed', text: '', certificate: { notAfter: '2028-01-01T00:00:00Z' } }] }),
    testRelay: async () => ({ steps: [{ state: 'passed', text: '' }] }),
    activationCertificate: () => null,
    readSettings: () => saved,
    changeSettings: (next) => void (saved = next(saved)),
    history: { add: (found) => void remembered.push(...found), of: () => [] },
    log: (error) => expect(error).toBeUndefined(),
    timeServerChanged() {},
    version: '1.0.0',
    emitChecked: ({ requirement }) => void told.push(requirement),
    now: () => Date.UTC(2026, 10, 27),
    ...changes,
  });
const failures = async (changes: Partial<RequirementPorts>) =>
  (await service(changes).check({}, call))
    .filter(({ state }) => state !== 'pass')
    .map(({ kind, state, reason }) => ({ kind, state, reason }));

it('passes a server that is in order, and tells each result as it comes', async () => {
  const found = await service().check({ runId: 'run' }, call);
  expect(found.map(({ kind, state }) => [kind, state])).toEqual(
    [
      ...['disk', 'memory', 'processor', 'system', 'program', 'data-folder', 'store', 'keychain', 'clock'],
      ...['directory', 'directory-certificate', 'relay'],
    ].map((kind) => [kind, 'pass']),
  );
  expect(told).toHaveLength(found.length);
  expect(remembered.map(({ id }) => id)).toEqual(found.map(({ kind }) => kind));
});

it('goes on where something cannot be looked at, and where nothing is configured', async () => {
  expect(
    await failures({
      folder: () => Promise.reject(new Error('gone')),
      askTime: () => Promise.reject(new AppError('unreachable', 'DNS does not know it.')),
      testDirectory: async () => null,
      testRelay: async () => null,
    }),
  ).toEqual([
    { kind: 'disk', state: 'fail', reason: 'This could not be looked at.' },
    { kind: 'data-folder', state: 'fail', reason: 'This could not be looked at.' },
    {
      kind: 'clock',
      state: 'warn',
      reason: expect.stringMatching(/: the time server time\.windows\.com cannot be asked\. DNS does not know it\.$/),
    },
    { kind: 'directory', state: 'warn', reason: 'No directory is configured.' },
    { kind: 'relay', state: 'warn', reason: expect.stringContaining('No mail relay is configured') },
  ]);
});

it('asks the time server that was chosen, and none where none is wanted', async () => {
  const asked: unknown[] = [];
  const checks = service({ askTime: async (server) => (asked.push(server), { offsetMs: 0 }) });
  await checks.set({ timeServer: 'dc1.example:1123' }, call);
  await checks.check({}, call);
  await checks.set({ timeServer: '' }, call);
  await checks.check({}, call);
  expect(asked).toEqual([{ host: 'dc1.example', port: 1123 }]);
  await checks.setSchedule({ everyHours: 6 }, call);
  expect(saved).toEqual({ timeServer: '', everyHours: 6 });
  expect([parseTimeServer('[2001:db8::1]:123'), parseTimeServer('2001:db8::1'), parseTimeServer('a b'), parseTimeServer('a:0')]).toEqual([
    { host: '2001:db8::1', port: 123 },
    { host: '2001:db8::1', port: 123 },
    null,
    null,
  ]);
});

it('says what is wrong with a server, what to do, and when its certificate ends', () => {
  const now = Date.UTC(2026, 10, 27);
  const test = {
    steps: [
      { state: 'passed' as const, text: '', certificate: { notAfter: '2026-12-07T00:00:00Z' } },
      { state: 'failed' as const, text: 'The password is wrong.', advice: 'Enter it again.' },
    ],
  };
  expect(judgeServer('directory', test, now)).toEqual([
    { kind: 'directory', state: 'fail', reason: 'The directory cannot be used: The password is wrong.', fix: 'Enter it again.' },
    expect.objectContaining({ kind: 'directory-certificate', state: 'warn', reason: expect.stringContaining('2026-12-07, in 10 days') }),
  ]);
  expect(judgeServer('relay', test, Date.UTC(2027, 0, 1))[1]).toMatchObject({ kind: 'relay-certificate', state: 'fail' });
});

it.each([
  [-1, 'fail', 'ended on 2026-11-26'],
  [0, 'warn', 'ends on 2026-11-27, today.'],
  [1, 'warn', 'in 1 day.'],
  [30, 'warn', 'in 30 days.'],
  [31, 'pass', 'holds until 2026-12-28'],
])('says of a certificate that holds for %i days more: %s', (days, state, reason) => {
  const now = Date.UTC(2026, 10, 27);
  const steps = (each: number[]) =>
    each.map((more) => ({
      state: 'passed' as const,
      text: '',
      certificate: { notAfter: new Date(now + more * 86_400_000).toISOString() },
    }));

  // The one that ends first counts.
  expect(judgeServer('relay', { steps: steps([400, days]) }, now)[1]).toMatchObject({
    ...{ kind: 'relay-certificate', state },
    reason: expect.stringContaining(reason),
  });
});

it('warns of what a test of a server warned of, but of its certificate only once', () => {
  const soon = { notAfter: '2026-12-01T00:00:00Z' };
  const steps = [
    { state: 'warning' as const, text: 'It ends soon.', certificate: soon },
    { state: 'warning' as const, text: 'Everything is sent in clear.', advice: 'Use LDAPS.' },
  ];
  const now = Date.UTC(2026, 10, 27);

  expect(judgeServer('directory', { steps }, now)[0]).toMatchObject({
    state: 'warn',
    reason: 'Everything is sent in clear.',
    fix: 'Use LDAPS.',
  });
  expect(judgeServer('directory', { steps: steps.slice(0, 1) }, now).map(({ state }) => state)).toEqual(['pass', 'warn']);
});

it('does not wait for a server that hangs, and goes on with the rest', async () => {
  vi.useFakeTimers();
  vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), ms);
    return controller.signal;
  });
  try {
    const checking = failures({ testDirectory: () => new Promise(() => {}) });
    await vi.advanceTimersByTimeAsync(8_000);
    expect(await checking).toEqual([{ kind: 'directory', state: 'fail', reason: 'There was no answer in time.' }]);
  } finally {
    vi.restoreAllMocks();
    vi.useRealTimers();
  }
});

it.each([
  [15, false, 'pass', 'holds until 2026-12-12', ''],
  [14, false, 'warn', 'could not be renewed so far', 'Look at Status'],
  [14, true, 'warn', 'nobody renews it but by a file', 'Activate this server again'],
  [-1, false, 'fail', 'ended on 2026-11-26', 'Activate this server again'],
] as const)(
  'says how long the certificate of this server holds: %i days more, offline: %s',
  async (days, isOffline, state, reason, fix) => {
    const expiresAt = Date.UTC(2026, 10, 27) + days * 24 * 3_600_000;
    const found = await service({ activationCertificate: () => ({ expiresAt, isOffline }) }).check({}, call);
    expect(found.at(-1)).toEqual({
      ...{ kind: 'activation-certificate', state },
      ...{ reason: expect.stringContaining(reason), fix: expect.stringContaining(fix) },
    });
  },
);
