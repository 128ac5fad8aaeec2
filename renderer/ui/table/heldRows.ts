import { selectedCount, selectPlaces, type Range, type Selection } from './selection.ts';

/** Which rows a selection means, so that it stays with them when others come and go. */
export interface HeldRows {
  /** In the order of their places; null while they are not known. */
  readonly ids: readonly number[] | null;
  /** All rows of the list, whichever those are. */
  readonly isAll: boolean;
  readonly anchor: number | undefined;
  readonly active: number | undefined;
}

/** More rows are not held one by one. */
export const mostHeld = 5_000;

/** What a selection means at the moment when it is made: the rows that are on screen then. `row` knows those that have been read. */
export function holdRows(selection: Selection, count: number, row: (index: number) => { readonly id: number } | undefined): HeldRows {
  const ids = idsIn(selection, row);
  const isAll = ids === null && selectedCount(selection) === count;
  return { ids, isAll, anchor: row(selection.anchor)?.id, active: row(selection.active)?.id };
}

function idsIn(selection: Selection, row: (index: number) => { readonly id: number } | undefined): number[] | null {
  if (selectedCount(selection) > mostHeld) return null;
  const ids: number[] = [];
  for (const index of placesIn(selection.ranges)) {
    const id = row(index)?.id;
    if (id === undefined) return null;
    ids.push(id);
  }
  return ids;
}

function* placesIn(ranges: readonly Range[]): Generator<number> {
  for (const { from, to } of ranges) for (let index = from; index <= to; index++) yield index;
}

/** What has to be looked up again when the list has changed. */
export function wantedIds({ ids, anchor, active }: HeldRows): number[] {
  return [...(ids ?? []), ...[anchor, active].filter((id) => id !== undefined)];
}

/** The selection of the same rows at their new places, which belong to `wantedIds`. Rows that left the list are no longer selected. */
export function moveRows(
  held: HeldRows,
  places: readonly (number | null)[],
  before: Selection,
): { readonly selection: Selection; readonly held: HeldRows } {
  const placeOf = new Map(wantedIds(held).map((id, at) => [id, places[at] ?? null]));
  const at = (id: number | undefined, fallback: number) => (id === undefined ? fallback : (placeOf.get(id) ?? fallback));
  const ids = (held.ids ?? []).filter((id) => placeOf.get(id) !== null);
  const cursor = { anchor: at(held.anchor, before.anchor), active: at(held.active, before.active) };
  return {
    selection: selectPlaces(
      ids.map((id) => placeOf.get(id)!),
      cursor,
    ),
    held: { ...held, ids },
  };
}
