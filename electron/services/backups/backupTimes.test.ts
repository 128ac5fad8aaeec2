import { expect, it } from 'vitest';
import { nextBackup, tooOldAfter } from './backupTimes.ts';

const hourMs = 3_600_000;

it.each([
  [24, 49],
  [1, 3],
  [168, 337],
] as const)('calls a backup of every %i hours too old after %i', (everyHours, hours) => {
  expect(tooOldAfter({ everyHours })).toBe(hours * hourMs);
});

it('makes backups at the time of the day that was set, as often as was set', () => {
  const at = (hour: number, day = 10) => new Date(2026, 5, day, hour, 30).getTime();

  expect(nextBackup({ everyHours: 24, at: '02:30' }, at(1))).toBe(at(2));
  expect(nextBackup({ everyHours: 24, at: '02:30' }, at(2))).toBe(at(2, 11));
  expect(nextBackup({ everyHours: 6, at: '02:30' }, at(3))).toBe(at(8));
  expect(nextBackup({ everyHours: 48, at: '02:30' }, at(2))).toBe(at(2, 12));
});
