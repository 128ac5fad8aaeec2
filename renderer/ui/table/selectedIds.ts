import type { Range } from './selection.ts';

/** What a command on selected rows of a list is about: places, both ends included. */
export interface SelectedRows<List> {
  readonly list: List;
  readonly ranges: readonly Range[];
  /** Which rows those were on screen when they were selected. Undefined where they were too many to remember. */
  readonly ids?: readonly number[] | undefined;
}

/** The ids that a command is about. What was selected on screen stays that, also when the list has changed since. */
export async function selectedIds<List extends object>(
  rows: { idsAt(asked: List & { ranges: Range[] }): Promise<{ ids: number[] }> },
  { list, ranges, ids }: SelectedRows<List>,
): Promise<number[]> {
  if (ids) return [...ids];
  // The contract leaves the last one out.
  return (await rows.idsAt({ ...list, ranges: ranges.map(({ from, to }) => ({ from, to: to + 1 })) })).ids;
}
