import { expect, it } from 'vitest';
import { lastDayText } from '../../i18n/en/email.ts';
import { clockLabels, totalsOf } from './lastDay.ts';

const none = { sent: 0, deferred: 0, failed: 0, unknown: 0 };

it('sums up the day, naming only what happened', () => {
  const totals = totalsOf([
    { ...none, from: 0, sent: 1200 },
    { ...none, from: 1, sent: 34, failed: 1 },
  ]);
  expect(totals).toEqual({ sent: 1234, deferred: 0, failed: 1, unknown: 0 });
  expect(lastDayText.sums(totals)).toBe('1,234 sent, 1 failed');
});

it('keeps two hours apart that the clock calls the same', () => {
  const labels = clockLabels(
    [2, 2, 3].map((from) => ({ ...none, from })),
    (hour) => `0${hour}:00`,
  );
  expect(new Set(labels).size).toBe(3);
});
