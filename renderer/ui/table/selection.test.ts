import { expect, it } from 'vitest';
import { extendTo, isSelected, moveActive, noSelection, selectAll, selectedCount, selectOnly, toggle, trimSelection } from './selection.ts';
import { selectionAfterClick, selectionAfterKey } from './tableKeys.ts';

const plain = { ctrlKey: false, metaKey: false, shiftKey: false };
const ctrl = { ...plain, ctrlKey: true };
const shift = { ...plain, shiftKey: true };

it('selects a million rows that were never loaded as one range', () => {
  const all = selectAll(noSelection, 1_000_000);

  expect(selectedCount(all)).toBe(1_000_000);
  expect(all.ranges).toHaveLength(1);
});

it('keeps everything except one row after Ctrl+A and Ctrl+click', () => {
  const allButOne = toggle(selectAll(noSelection, 1_000), 500);

  expect(selectedCount(allButOne)).toBe(999);
  expect(isSelected(allButOne, 500)).toBe(false);
  expect(isSelected(allButOne, 499) && isSelected(allButOne, 501)).toBe(true);
});

it('joins ranges that touch', () => {
  const selection = [3, 5, 4].reduce(toggle, noSelection);

  expect(selection.ranges).toEqual([{ from: 3, to: 5 }]);
});

it('splits, shortens and removes ranges when rows are turned off', () => {
  const five = extendTo(selectOnly(10), 14);

  expect(toggle(five, 12).ranges).toEqual([
    { from: 10, to: 11 },
    { from: 13, to: 14 },
  ]);
  expect(toggle(five, 10).ranges).toEqual([{ from: 11, to: 14 }]);
  expect(toggle(selectOnly(7), 7).ranges).toEqual([]);
});

it('extends from the anchor in both directions', () => {
  const up = extendTo(extendTo(selectOnly(10), 20), 5);

  expect(up.ranges).toEqual([{ from: 5, to: 10 }]);
  expect(up.active).toBe(5);
});

it('keeps what was selected before when Ctrl and Shift are held', () => {
  const far = extendTo(toggle(selectOnly(1), 10), 12, true);

  expect(far.ranges).toEqual([
    { from: 1, to: 1 },
    { from: 10, to: 12 },
  ]);
});

it('moves the keyboard without changing the selection', () => {
  const moved = moveActive(selectOnly(3), 9);

  expect(moved.ranges).toEqual([{ from: 3, to: 3 }]);
  expect(moved.active).toBe(9);
});

it('forgets rows that are gone', () => {
  const trimmed = trimSelection(extendTo(selectOnly(5), 50), 10);

  expect(trimmed).toEqual({ ranges: [{ from: 5, to: 9 }], anchor: 5, active: 9 });
  expect(trimSelection(trimmed, 0)).toEqual(noSelection);
});

it('agrees with a plain set over many random steps', () => {
  const set = new Set<number>();
  let selection = noSelection;
  let seed = 7;
  for (let step = 0; step < 2_000; step++) {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    const index = seed % 50;
    selection = toggle(selection, index);
    if (!set.delete(index)) set.add(index);
  }

  expect(Array.from({ length: 50 }, (_none, index) => isSelected(selection, index))).toEqual(
    Array.from({ length: 50 }, (_none, index) => set.has(index)),
  );
  expect(selectedCount(selection)).toBe(set.size);
});

it('starts at the first row with the first press of an arrow key', () => {
  expect(selectionAfterKey(noSelection, { key: 'ArrowDown', ...plain }, 3, 10)?.active).toBe(0);
  expect(selectionAfterKey(noSelection, { key: 'ArrowUp', ...plain }, 3, 10)?.active).toBe(0);
});

it('stays inside the list with page keys', () => {
  expect(selectionAfterKey(selectOnly(2), { key: 'PageUp', ...plain }, 100, 20)?.active).toBe(0);
  expect(selectionAfterKey(selectOnly(2), { key: 'PageDown', ...plain }, 100, 20)?.active).toBe(21);
  expect(selectionAfterKey(selectOnly(95), { key: 'PageDown', ...plain }, 100, 20)?.active).toBe(99);
});

it('selects to the end with Shift+End', () => {
  expect(selectedCount(selectionAfterKey(selectOnly(40), { key: 'End', ...shift }, 100, 20)!)).toBe(60);
});

it('leaves keys alone that mean nothing to a list', () => {
  expect(selectionAfterKey(selectOnly(0), { key: 'a', ...plain }, 3, 10)).toBeNull();
  expect(selectionAfterKey(noSelection, { key: 'ArrowDown', ...plain }, 0, 10)).toBeNull();
});

it('adds rows with Ctrl+click and ranges with Shift+click', () => {
  const two = selectionAfterClick(selectionAfterClick(noSelection, 2, plain), 6, ctrl);

  expect(selectedCount(two)).toBe(2);
  expect(selectedCount(selectionAfterClick(two, 9, shift))).toBe(4);
});
