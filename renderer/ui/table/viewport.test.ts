import { expect, it } from 'vitest';
import { scrollTopToShow, viewportOf } from './viewport.ts';

const measures = { rowHeightPx: 32, heightPx: 640, overscan: 0 };

it('renders what is seen and nothing else', () => {
  expect(viewportOf({ ...measures, count: 1_000, scrollTopPx: 3_200 })).toEqual({
    first: 100,
    last: 119,
    contentHeightPx: 32_000,
    offsetPx: 3_200,
  });
});

it('renders nothing where there is nothing', () => {
  expect(viewportOf({ ...measures, count: 0, scrollTopPx: 50 })).toMatchObject({ first: 0, last: -1 });
});

it('shows the last row at the end of the scroll bar', () => {
  expect(viewportOf({ ...measures, count: 1_000_000, scrollTopPx: 1e9 }).last).toBe(999_999);
});

it('stays below the height that browsers can draw, and still reaches the last row', () => {
  const end = viewportOf({ ...measures, count: 5_000_000, scrollTopPx: 1e9 });

  expect(end.contentHeightPx).toBeLessThan(33_500_000);
  expect(end.last).toBe(4_999_999);
  expect(end.offsetPx + 20 * 32).toBeCloseTo(end.contentHeightPx, 3);
});

it.each([100, 1_000_000, 5_000_000])('brings any row of %i into view', (count) => {
  for (const index of [0, 1, Math.floor(count / 3), Math.floor(count / 2), count - 2, count - 1]) {
    for (const scrollTopPx of [0, 1_000, 32_000_000]) {
      const target = scrollTopToShow(index, { ...measures, count, scrollTopPx });
      const { first, last } = viewportOf({ ...measures, count, scrollTopPx: target });

      expect(index).toBeGreaterThanOrEqual(first);
      expect(index).toBeLessThanOrEqual(last);
    }
  }
});

it('does not scroll when the row is in view already', () => {
  expect(scrollTopToShow(105, { ...measures, count: 1_000, scrollTopPx: 3_200 })).toBe(3_200);
});
