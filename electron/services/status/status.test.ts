import { expect, it, vi } from 'vitest';
import type { MethodCount } from '../../../shared/contract/status.contract.ts';
import { findingsOf, type Facts } from './findings.ts';
import { createUserCounts } from './userCounts.ts';

const start = Date.parse('2026-11-27T23:00:00Z');
const minute = 60_000;
const methodsOf = (complete: number): MethodCount[] => [{ method: 'call', complete, incomplete: 2, disabled: 1 }];

function setUp() {
  const kept = new Map<string, unknown>();
  const state = { version: 1, now: start, complete: 10 };
  const countUsers = vi.fn(async () => ({ version: state.version, methods: methodsOf(state.complete) }));
  const changed = vi.fn();
  const log = vi.fn();
  const settings = { read: (name: string) => kept.get(name), write: (name: string, value: unknown) => void kept.set(name, value) };
  const open = () => createUserCounts({ usersVersion: () => state.version, countUsers, settings, now: () => state.now, changed, log });
  return { state, countUsers, changed, log, settings, open };
}
const settle = () => new Promise((resolve) => setImmediate(resolve));

it('answers at once with what is known, and counts in the background what is not', async () => {
  const { state, countUsers, changed, open } = setUp();
  const counts = open();
  expect(counts.latest()).toEqual({ countedAt: null, methods: [] });
  await settle();
  expect(changed).toHaveBeenCalledTimes(1);
  expect(counts.latest()).toEqual({ countedAt: start, methods: methodsOf(10) });

  // The same after a new start, without counting again.
  expect(open().latest()).toEqual({ countedAt: start, methods: methodsOf(10) });
  await settle();
  expect(countUsers).toHaveBeenCalledTimes(1);

  Object.assign(state, { version: 2, complete: 11, now: start + 1_000 });
  expect(counts.latest().methods).toEqual(methodsOf(10));
  await settle();
  // Not every moment while users change all the time.
  expect(countUsers).toHaveBeenCalledTimes(1);
  state.now += 5_000;
  counts.latest();
  await settle();
  expect(counts.latest().methods).toEqual(methodsOf(11));
});

it('keeps one entry for each day, the last count of it', async () => {
  const { state, open } = setUp();
  const counts = open();
  counts.refresh();
  await settle();
  Object.assign(state, { version: 2, complete: 20, now: start + 30 * minute });
  counts.refresh();
  await settle();
  // The next day, although nobody has changed.
  state.now = start + 90 * minute;
  counts.refresh();
  await settle();

  expect(counts.days()).toEqual([
    { day: '2026-11-27', users: 23, complete: 20 },
    { day: '2026-11-28', users: 23, complete: 20 },
  ]);
});

it('remembers a year of days, and no more than thirteen months', async () => {
  const { settings, open } = setUp();
  const days = Array.from({ length: 500 }, (_each, at) => ({
    day: new Date(start - (500 - at) * 24 * 60 * minute).toISOString().slice(0, 10),
    users: at,
    complete: at,
  }));
  settings.write('statusDays', days);
  const counts = open();
  counts.refresh();
  await settle();

  expect(counts.days()).toHaveLength(400);
  expect(counts.days().at(-1)?.day).toBe('2026-11-27');
  expect(counts.days()[0]).toEqual(days[101]);
});

it('counts again where what was kept cannot be read, and tells when it fails', async () => {
  const { countUsers, log, settings, state, open } = setUp();
  settings.write('statusUsers', 'nonsense');
  settings.write('statusDays', [{ day: 5 }]);
  countUsers.mockRejectedValueOnce(new Error('The store is busy.'));
  const counts = open();
  expect(counts.days()).toEqual([]);
  counts.refresh();
  await settle();
  expect(log).toHaveBeenCalledTimes(1);

  state.now += 5_000;
  counts.refresh();
  await settle();
  expect(counts.latest().methods).toEqual(methodsOf(10));
});

it('tells what was counted last without counting anew', async () => {
  const { state, countUsers, open } = setUp();
  const counts = open();
  expect(counts.known()).toEqual({ countedAt: null, methods: [] });
  counts.refresh();
  await settle();
  Object.assign(state, { version: 2, complete: 20, now: start + 24 * 60 * minute });

  expect(counts.known()).toEqual({ countedAt: start, methods: methodsOf(10) });
  await settle();
  expect(countUsers).toHaveBeenCalledTimes(1);
});

const fine: Facts = {
  storeDamage: undefined,
  unreadable: [],
  logProblem: undefined,
  vault: 'keychain',
  disabledSucceed: false,
  email: { sendEmails: true, from: 'mfa@corp.example' },
  mails: [{ state: 'sent', count: 9 }],
  trouble: null,
  dayLimit: null,
  network: null,
  requirements: null,
  hasDirectory: true,
  lastImport: { state: 'done', finishedAt: start - 5 * minute, error: null },
  users: [{ method: 'app', complete: 5, incomplete: 0, disabled: 3 }],
  hasUsers: true,
  backup: { lastAt: start - 60 * minute, failure: null, oldAfterMs: 120 * minute, scheduledAt: start - 60 * minute },
};
const kinds = (facts: Partial<Facts>) => findingsOf({ ...fine, ...facts }, start).map(({ kind }) => kind);

it('finds nothing where all is well', () => {
  expect(kinds({})).toEqual([]);
});

it('finds a backup that failed, or that is too old for its schedule', () => {
  const { backup } = fine;
  expect(kinds({ backup: { ...backup, failure: { at: start, message: 'There is not enough space.' } } })).toEqual(['backup-failed']);
  expect(kinds({ backup: { ...backup, lastAt: start - 121 * minute } })).toEqual(['backup-old']);
  expect(kinds({ backup: { ...backup, lastAt: null, scheduledAt: start - 121 * minute } })).toEqual(['backup-old']);
  // Without a schedule: not of a console that nobody ever backed up, and a month after the last time.
  expect(kinds({ backup: { ...backup, lastAt: null, oldAfterMs: null, scheduledAt: 0 } })).toEqual([]);
  expect(kinds({ backup: { ...backup, lastAt: start - 29 * 24 * 60 * minute, oldAfterMs: null } })).toEqual([]);
  expect(kinds({ backup: { ...backup, lastAt: start - 31 * 24 * 60 * minute, oldAfterMs: null } })).toEqual(['backup-old']);
});

it('names what has to be looked at, the gravest first', () => {
  const trouble = { since: start, code: 'refused', message: 'The relay does not answer.', nextTryAt: start + minute };
  expect(
    findingsOf(
      {
        ...fine,
        storeDamage: 'Page 7 is broken.',
        vault: 'locked',
        disabledSucceed: true,
        email: { sendEmails: true, from: '' },
        mails: [
          { state: 'held', count: 4 },
          { state: 'failed', count: 2 },
          { state: 'unknown', count: 1 },
        ],
        trouble,
        network: { count: 1, text: 'It refuses connections.', at: start },
        requirements: { count: 2, text: 'The disk is full.', at: start },
        users: methodsOf(1),
      },
      start,
    ),
  ).toEqual([
    { kind: 'store-damaged', severity: 'error', text: 'Page 7 is broken.' },
    { kind: 'keychain-locked', severity: 'error' },
    { kind: 'delivery-stopped', severity: 'error', text: 'The relay does not answer.', at: start },
    { kind: 'network-failed', severity: 'warning', count: 1, text: 'It refuses connections.', at: start },
    { kind: 'requirements-failed', severity: 'warning', count: 2, text: 'The disk is full.', at: start },
    { kind: 'mails-unknown', severity: 'warning', count: 1 },
    { kind: 'mails-failed', severity: 'warning', count: 2 },
    { kind: 'sender-missing', severity: 'warning' },
    { kind: 'disabled-succeed', severity: 'warning' },
    { kind: 'mails-held', severity: 'info', count: 4 },
    { kind: 'users-incomplete', severity: 'info', count: 2 },
  ]);
});

it('names all settings that cannot be read, gravely', () => {
  expect(findingsOf({ ...fine, unreadable: ['One cannot be read.', 'Two cannot be read.'] }, start)).toEqual([
    { kind: 'settings-unreadable', severity: 'error', text: 'One cannot be read. Two cannot be read.' },
  ]);
});

it('finds a log that is not written, and a computer without a keychain', () => {
  expect(kinds({ logProblem: 'EACCES' })).toEqual(['log-not-written']);
  expect(kinds({ vault: 'unavailable' })).toEqual(['keychain-unavailable']);
});

it('wants a sender only where mails are sent', () => {
  expect(kinds({ email: { sendEmails: false, from: '' } })).toEqual([]);
});

it('tells an import that failed from one that is too long ago', () => {
  const day = 24 * 60 * minute;
  const longAgo = { state: 'done', finishedAt: start - 31 * day, error: null } as const;
  expect(kinds({ lastImport: longAgo })).toEqual(['directory-stale']);
  // Right after a start nobody has been counted, and the users are there all the same.
  expect(kinds({ lastImport: longAgo, users: [] })).toEqual(['directory-stale']);
  // Nobody is there yet whom the directory could have forgotten.
  expect(kinds({ lastImport: longAgo, users: [], hasUsers: false })).toEqual([]);
  expect(kinds({ lastImport: { state: 'interrupted', finishedAt: start, error: null } })).toEqual(['import-failed']);
  expect(kinds({ lastImport: { state: 'cancelled', finishedAt: start, error: null } })).toEqual([]);
  expect(kinds({ lastImport: undefined, hasDirectory: false })).toEqual(['directory-missing']);
});
