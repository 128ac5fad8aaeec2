import { expect, it } from 'vitest';
import type { BackupCopy, BackupSchedule } from '../../../shared/contract/backups.contract.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import type { Call, JobDefinition } from '../../runtime/call.ts';
import { createBackups } from './backupService.ts';
import { nextBackup } from './backupTimes.ts';

const hour = 60 * 60 * 1000;
const at = (day: number, hours: number, minutes = 0) => new Date(2026, 10, day, hours, minutes).getTime();

it.each([
  [24, '02:30', at(27, 22), at(28, 2, 30)],
  [24, '02:30', at(27, 2, 29), at(27, 2, 30)],
  [6, '02:30', at(27, 2, 30), at(27, 8, 30)],
  [6, '02:30', at(27, 21), at(28, 2, 30)],
  [1, '00:15', at(27, 23, 15), at(28, 0, 15)],
  [48, '02:30', at(27, 2, 30), at(29, 2, 30)],
  // It began late; the next one does not.
  [48, '02:30', at(27, 9), at(29, 2, 30)],
  [168, '23:00', at(20, 23), at(27, 23)],
] as const)('comes every %i hours at %s', (everyHours, time, since, next) => {
  expect(new Date(nextBackup({ everyHours, at: time }, since))).toEqual(new Date(next));
});

const schedule: BackupSchedule = { everyHours: 24, at: '02:30', keep: 2, folder: '/backups' };
const call: Call = { caller: { id: 'x', account: 'x', access: new Set() }, signal: new AbortController().signal, ref: 'r', note: () => {} };

/** A console whose clock is moved by hand and whose disk may be full. */
function setUp() {
  const kept = new Map<string, unknown>();
  const state = { now: at(27, 22), isFull: false };
  const disk: BackupCopy[] = [{ file: '/backups/mine.mfabackup', bytes: 1, changedAt: 0, isScheduled: false }];
  let look = () => {};
  const pending: Promise<void>[] = [];
  const backups = createBackups({
    files: {
      async make({ file, now }) {
        if (state.isFull) throw new AppError('disk-full', 'There is not enough space for the backup.');
        disk.unshift({ file, bytes: 5, changedAt: now, isScheduled: file.includes('scheduled') });
        return { bytes: 5, createdAt: now, version: '1', serverName: 's', users: 0, hasKey: false };
      },
      check: () => Promise.reject(new Error('not asked')),
      list: () => [...disk],
      prepareFolder: () => {},
      remove: (file) =>
        void disk.splice(
          disk.findIndex((copy) => copy.file === file),
          1,
        ),
    },
    jobs: {
      start(_call, { run }: JobDefinition) {
        const context = { jobId: 'j', signal: call.signal, progress: () => {}, itemsFailed: () => {}, itemsNoted: () => {} };
        pending.push(run(context).catch(() => {}));
        return Promise.resolve('j');
      },
    },
    settings: { read: (name) => kept.get(name), change: (name, next) => void kept.set(name, next(kept.get(name))) },
    restores: null,
    isWorking: () => true,
    uploaded: () => ({ path: '', name: '' }),
    version: '1',
    serverName: 's',
    defaultFolder: '/data/backup',
    join: (folder, name) => `${folder}/${name}`,
    sealKey: () => Promise.reject(new Error('not asked')),
    checkPassphrase: () => Promise.reject(new Error('not asked')),
    isAbsolute: (file) => file.startsWith('/'),
    now: () => state.now,
    every(_ms, callback) {
      look = callback;
      return () => {};
    },
    log: () => {},
  });
  backups.startSchedule();
  async function passTo(now: number): Promise<void> {
    state.now = now;
    look();
    await Promise.all(pending.splice(0));
  }
  return { backups, state, passTo, overview: () => backups.service.overview(null, call) };
}

it('makes backups by the schedule, keeps the newest, and leaves those of others', async () => {
  const { backups, passTo, overview } = setUp();
  await backups.service.setSchedule({ schedule }, call);
  expect((await overview()).nextAt).toBe(at(28, 2, 30));
  await passTo(at(28, 2, 29));
  expect((await overview()).last).toBeNull();

  for (const day of [28, 29, 30]) {
    await passTo(at(day, 2, 31));
    await passTo(at(day, 14));
  }

  const { copies, last } = await overview();
  expect(copies.map(({ file }) => file)).toEqual([
    '/backups/mfa-scheduled-20261130-023100.mfabackup',
    '/backups/mfa-scheduled-20261129-023100.mfabackup',
    '/backups/mine.mfabackup',
  ]);
  expect(last).toMatchObject({ at: at(30, 2, 31), bytes: 5 });
});

it('remembers why the last one failed until one is made again, and does not try all the time', async () => {
  const { backups, state, passTo, overview } = setUp();
  await backups.service.setSchedule({ schedule }, call);
  state.isFull = true;
  await passTo(at(28, 2, 31));
  expect((await overview()).failure).toMatchObject({ at: at(28, 2, 31), message: 'There is not enough space for the backup.' });
  state.isFull = false;
  await passTo(at(28, 3));
  expect(await overview()).toMatchObject({ last: null, failure: {}, nextAt: at(28, 2, 31) - 60_000 + 24 * hour });

  await backups.service.start({ file: '/elsewhere/x' }, call);
  await passTo(at(28, 3, 1));
  expect(await overview()).toMatchObject({ failure: null, last: { file: '/elsewhere/x' } });
});

it('refuses a path that depends on where the console was started', async () => {
  const { backups } = setUp();
  await expect(backups.service.setSchedule({ schedule: { ...schedule, folder: 'backups' } }, call)).rejects.toMatchObject({
    code: 'invalid-input',
  });
});
