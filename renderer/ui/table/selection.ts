/**
 * Which rows of a list are selected, by index, without knowing the rows: ranges, so that a million rows that were never
 * loaded cost as much as one. Valid for one order of the list; a new sort or filter starts with `noSelection`.
 */
export interface Selection {
  /** Selected stretches: ascending, not touching, both ends included. */
  readonly ranges: readonly Range[];
  /** Where a Shift selection starts. */
  readonly anchor: number;
  /** The row that the keyboard acts on; -1 before there is one. */
  readonly active: number;
}

export interface Range {
  readonly from: number;
  readonly to: number;
}

export const noSelection: Selection = { ranges: [], anchor: -1, active: -1 };

export function isSelected({ ranges }: Selection, index: number): boolean {
  return rangeAt(ranges, index) !== undefined;
}

/** How many rows are selected. */
export function selectedCount({ ranges }: Pick<Selection, 'ranges'>): number {
  return ranges.reduce((sum, { from, to }) => sum + to - from + 1, 0);
}

/** A plain click or arrow key: this row and no other. */
export function selectOnly(index: number): Selection {
  return { ranges: [{ from: index, to: index }], anchor: index, active: index };
}

/** Ctrl+click or Space: turns one row over and keeps the others. */
export function toggle(selection: Selection, index: number): Selection {
  const one = { from: index, to: index };
  const ranges = isSelected(selection, index) ? without(selection.ranges, one) : withRange(selection.ranges, one);
  return { ranges, anchor: index, active: index };
}

/** Shift: everything from the anchor to this row. With Ctrl the rest is kept. */
export function extendTo(selection: Selection, index: number, keepRest = false): Selection {
  const anchor = selection.anchor < 0 ? index : selection.anchor;
  const range = { from: Math.min(anchor, index), to: Math.max(anchor, index) };
  return { ranges: keepRest ? withRange(selection.ranges, range) : [range], anchor, active: index };
}

/** Ctrl+arrow: the keyboard moves, the selection stays. */
export function moveActive(selection: Selection, index: number): Selection {
  return { ...selection, anchor: index, active: index };
}

/** Ctrl+A. */
export function selectAll(selection: Selection, count: number): Selection {
  if (count === 0) return noSelection;
  return { ranges: [{ from: 0, to: count - 1 }], anchor: Math.max(0, selection.anchor), active: Math.max(0, selection.active) };
}

/** Forgets rows that the list no longer has. */
export function trimSelection(selection: Selection, count: number): Selection {
  if (count === 0) return noSelection;
  const isInside = selection.active < count && selection.anchor < count && (selection.ranges.at(-1)?.to ?? -1) < count;
  if (isInside) return selection;
  const last = count - 1;
  return {
    ranges: selection.ranges.filter(({ from }) => from <= last).map(({ from, to }) => ({ from, to: Math.min(to, last) })),
    anchor: Math.min(selection.anchor, last),
    active: Math.min(selection.active, last),
  };
}

/** The rows at these places, in any order. */
export function selectPlaces(places: readonly number[], { anchor, active }: Pick<Selection, 'anchor' | 'active'>): Selection {
  const ranges: { from: number; to: number }[] = [];
  for (const place of places.toSorted((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last && place <= last.to + 1) last.to = place;
    else ranges.push({ from: place, to: place });
  }
  return { ranges, anchor, active };
}

/** Binary search: Ctrl+click on every second row of a large list makes many ranges. */
function rangeAt(ranges: readonly Range[], index: number): Range | undefined {
  let low = 0;
  let high = ranges.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const range = ranges[middle]!;
    if (index < range.from) high = middle - 1;
    else if (index > range.to) low = middle + 1;
    else return range;
  }
  return undefined;
}

function withRange(ranges: readonly Range[], added: Range): Range[] {
  const before = ranges.filter(({ to }) => to < added.from - 1);
  const after = ranges.filter(({ from }) => from > added.to + 1);
  const joined = ranges.filter(({ from, to }) => to >= added.from - 1 && from <= added.to + 1);
  const merged = { from: Math.min(added.from, ...joined.map(({ from }) => from)), to: Math.max(added.to, ...joined.map(({ to }) => to)) };
  return [...before, merged, ...after];
}

function without(ranges: readonly Range[], removed: Range): Range[] {
  return ranges.flatMap(({ from, to }) => {
    if (to < removed.from || from > removed.to) return [{ from, to }];
    const parts = [
      { from, to: removed.from - 1 },
      { from: removed.to + 1, to },
    ];
    return parts.filter((part) => part.from <= part.to);
  });
}
