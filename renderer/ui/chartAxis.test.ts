import { expect, it } from 'vitest';
import { countAxis, daysOnAxis } from './chartAxis.ts';

const shown = (highest: number) => {
  const { yAxisTickValues, yAxisTickFormat } = countAxis(highest);
  return yAxisTickValues.map(yAxisTickFormat);
};

it.each([
  [0, ['0', '1']],
  [1, ['0', '1']],
  [3, ['0', '1', '2', '3']],
  [5, ['0', '2', '4', '6']],
  [262, ['0', '100', '200', '300']],
  [999, ['0', '250', '500', '750', '1K']],
  [421_224, ['0', '200K', '400K', '600K']],
  [1_000_000, ['0', '250K', '500K', '750K', '1M']],
])('marks counts up to %i at round numbers that fit beside the axis', (highest, marks) => {
  expect(shown(highest)).toEqual(marks);
  const { yMaxValue, yAxisTickValues, yAxisTickCount } = countAxis(highest);
  expect(yMaxValue).toBeGreaterThanOrEqual(highest);
  expect(yAxisTickValues.at(-1)).toBe(yMaxValue);
  expect(yAxisTickCount).toBe(yAxisTickValues.length - 1);
});

it('marks some of the days, the first and the last among them, and never a time of a day', () => {
  const days = (count: number) => Array.from({ length: count }, (_each, at) => new Date(Date.UTC(2026, 9, 1 + at)));

  expect(daysOnAxis(days(2))).toEqual(days(2));
  const marked = daysOnAxis(days(400));
  expect(marked).toHaveLength(4);
  expect([marked[0], marked.at(-1)]).toEqual([days(400)[0], days(400).at(-1)]);
});
