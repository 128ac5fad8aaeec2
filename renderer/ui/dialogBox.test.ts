import { expect, it } from 'vitest';
import { centred, moved, resized } from './dialogBox.ts';

const viewport = { width: 1000, height: 700 };

it('opens in the middle of the window', () => {
  expect(centred({ width: 600, height: 300 }, viewport)).toEqual({ x: 200, y: 200, width: 600, height: 300 });
});

it('is never larger than the window, even where that is tiny', () => {
  expect(centred({ width: 5_000, height: 5_000 }, viewport)).toMatchObject({ x: 0, y: 0, ...viewport });
  expect(centred({ width: 600, height: 300 }, { width: 200, height: 100 })).toMatchObject({ width: 200, height: 100 });
});

it('keeps its title within reach', () => {
  const box = centred({ width: 600, height: 300 }, viewport);

  expect(moved(box, { x: -9_999, y: -9_999 }, viewport)).toMatchObject({ x: 64 - 600, y: 0 });
  expect(moved(box, { x: 9_999, y: 9_999 }, viewport)).toMatchObject({ x: 936, y: 636 });
});

it('grows no further than the edge of the window', () => {
  const box = centred({ width: 600, height: 300 }, viewport);

  expect(resized(box, { x: 9_999, y: 9_999 }, viewport)).toEqual({ ...box, width: 800, height: 500 });
  expect(resized(box, { x: -9_999, y: -9_999 }, viewport)).toEqual({ ...box, width: 320, height: 200 });
});
