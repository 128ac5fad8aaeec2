const compact = new Intl.NumberFormat('en', { notation: 'compact' });
const steps = [1, 2, 2.5, 5];
const mostSteps = 4;

/** The smallest step of a round number by which four of them reach `highest`; no fraction, since nobody is counted in halves. */
function stepTo(highest: number): number {
  for (let power = 1; ; power *= 10) {
    const found = steps.map((step) => step * power).find((step) => Number.isInteger(step) && step * mostSteps >= highest);
    if (found !== undefined) return found;
  }
}

/**
 * What a chart of counts needs so that its marks are whole, round and readable: the library divides the highest count as it is, and cuts what
 * is wider than its margin.
 */
export function countAxis(highest: number) {
  const step = stepTo(highest);
  const marks = Math.max(1, Math.ceil(highest / step));
  return {
    yMaxValue: marks * step,
    yAxisTickCount: marks,
    yAxisTickValues: Array.from({ length: marks + 1 }, (_each, at) => at * step),
    yAxisTickFormat: (count: number) => compact.format(count),
  };
}

/** Days to be named below a chart, which has no place for more than four. */
export function daysOnAxis(days: readonly Date[]): Date[] {
  const most = Math.min(days.length, 4);
  return Array.from({ length: most }, (_each, at) => days[Math.round((at * (days.length - 1)) / Math.max(1, most - 1))]!);
}

/** In CSS pixels: place for marks such as `250K` at the left, and for half of the last day at the right. */
export const chartMargins = { top: 20, bottom: 35, left: 48, right: 24 };
