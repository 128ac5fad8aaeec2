import { z } from 'zod';

/** What an administrator chose for a list: order, visibility, widths. Kept as a preference. */
export const columnState = z.object({
  order: z.array(z.string()),
  hidden: z.array(z.string()),
  /** CSS pixels, by column. */
  widths: z.record(z.string(), z.number()),
});
export type ColumnState = z.infer<typeof columnState>;

export interface ColumnFacts {
  readonly id: string;
  /** CSS pixels, until the administrator chooses another width. */
  readonly width: number;
  /** How much more than other columns it takes of room that is left; default 1. */
  readonly grow?: number;
  /** Has exactly this width; other columns share what is left of the list's width. */
  readonly isSized?: boolean;
  /** Hidden until chosen. */
  readonly isOptional?: boolean;
  /** Cannot be hidden: without it a row could not be told from another. */
  readonly isFixed?: boolean;
}

const minWidthPx = 48;
const maxWidthPx = 1200;

/** The state of a list that nobody touched. */
export function initialColumns(columns: readonly ColumnFacts[]): ColumnState {
  return { order: columns.map(({ id }) => id), hidden: columns.filter((c) => c.isOptional).map(({ id }) => id), widths: {} };
}

/** A kept state brought up to date: columns that came with a newer version are added in their place, unknown ones forgotten. */
export function mergeColumns(kept: ColumnState, columns: readonly ColumnFacts[]): ColumnState {
  const known = new Map(columns.map((column) => [column.id, column]));
  const order = [...new Set(kept.order)].filter((id) => known.has(id));
  const added = columns.filter(({ id }) => !order.includes(id));
  for (const { id } of added)
    order.splice(
      Math.min(
        columns.findIndex((c) => c.id === id),
        order.length,
      ),
      0,
      id,
    );
  const hidden = kept.hidden.filter((id) => known.has(id) && !known.get(id)!.isFixed);
  return { order, hidden: [...hidden, ...added.filter((c) => c.isOptional).map(({ id }) => id)], widths: kept.widths };
}

/** The columns to show, in order, with their widths. */
export function visibleColumns<C extends ColumnFacts>(state: ColumnState, columns: readonly C[]): (C & { readonly width: number })[] {
  const known = new Map(columns.map((column) => [column.id, column]));
  return state.order
    .filter((id) => !state.hidden.includes(id))
    .flatMap((id) => known.get(id) ?? [])
    .map((column) => ({ ...column, width: state.widths[column.id] ?? column.width, isSized: column.id in state.widths }));
}

/** Moves a column one place; `by` is -1 or 1. Stays where it is at either end. */
export function moveColumn(state: ColumnState, id: string, by: -1 | 1): ColumnState {
  const at = state.order.indexOf(id);
  const to = at + by;
  if (at < 0 || to < 0 || to >= state.order.length) return state;
  const order = state.order.filter((other) => other !== id);
  order.splice(to, 0, id);
  return { ...state, order };
}

export function showColumn(state: ColumnState, id: string, isShown: boolean): ColumnState {
  const others = state.hidden.filter((other) => other !== id);
  return { ...state, hidden: isShown ? others : [...others, id] };
}

/** Gives columns the widths that an administrator chose, in CSS pixels. */
export function resizeColumns(state: ColumnState, widths: Readonly<Record<string, number>>): ColumnState {
  const fitting = Object.entries(widths).map(
    ([id, widthPx]) => [id, Math.round(Math.min(Math.max(widthPx, minWidthPx), maxWidthPx))] as const,
  );
  return { ...state, widths: { ...state.widths, ...Object.fromEntries(fitting) } };
}

/** The columns as CSS grid tracks. */
export function gridTemplate(columns: readonly ColumnFacts[]): string {
  const tracks = columns.map(({ width, grow = 1, isSized }) => (isSized ? `${width}px` : `minmax(${width}px, ${width * grow}fr)`));
  // Without a column that grows, the rest of the row is an empty track, so that lines and colours reach the edge.
  return [...tracks, columns.every(({ isSized }) => isSized) ? 'minmax(0, 1fr)' : '0'].join(' ');
}
