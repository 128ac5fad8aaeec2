import type { StoreApi } from 'zustand/vanilla';
import { isAppError, type AppError } from '../../../shared/contract/errors.ts';
import { holdRows, mostHeld, moveRows, wantedIds, type HeldRows } from './heldRows.ts';
import { createRowSource } from './rowSource.ts';
import { noSelection, selectAll, selectedCount, trimSelection, type Selection } from './selection.ts';

/** What limits a list, and its order. */
export interface ListView {
  readonly search: string;
  readonly sort: { readonly column: string; readonly descending: boolean };
}

/** Every row has an id that no other has. */
interface ListRow {
  readonly id: number;
}

/** A list of any length: windows of it, never the whole. */
export interface ListStore<View extends ListView, Row extends ListRow> {
  /** What was asked for. What is shown may lag behind it for a moment. */
  readonly view: View;
  /** What the rows on screen belong to; null before the first answer. */
  readonly shown: View | null;
  /** Rows in the view on screen; as long as they are not counted, those that are known. */
  readonly count: number;
  readonly isCounted: boolean;
  /** Without any limit; null until known. */
  readonly total: number | null;
  /** Grows with each change of the rows: what is on screen has to be drawn again. */
  readonly revision: number;
  /** Stays with its rows when others come and go. */
  readonly selection: Selection;
  /** So many rows were selected that could not be followed when the list changed: none of them is any more. */
  readonly released: number;
  readonly error: AppError | null;

  /** Reads the first rows and follows changes until the returned function is called. `kept` is what is remembered of the view. */
  follow(kept?: Partial<View>): () => void;
  row(index: number): Row | undefined;
  /** Tells which rows are on screen. */
  show(first: number, last: number): void;
  setSearch(search: string): void;
  /** Another view, from its first row. */
  change(view: Partial<View>): void;
  /** Sorts by a column; the same column once more turns the order round. */
  sortBy(column: View['sort']['column']): void;
  select(selection: Selection): void;
  /** Ids of the selected rows, or of the keyboard's row where none is selected; undefined where they are too many to be known one by one. */
  heldIds(): readonly number[] | undefined;
  /** Reads what is on screen again. */
  refresh(): void;
}

/** How the rows of one list are read. */
export interface ListReads<View extends ListView, Row extends ListRow> {
  list(view: View, window: { readonly offset: number; readonly limit: number }, signal: AbortSignal): Promise<readonly Row[]>;
  count(view: View, signal: AbortSignal): Promise<number>;
  /** Where these rows are in the view, in the order of the ids; null for those that are not. */
  placesOf(view: View, ids: number[], signal: AbortSignal): Promise<readonly (number | null)[]>;
  /** Ids of the rows at these places. */
  idsAt(view: View, selected: Selection['ranges'], signal: AbortSignal): Promise<number[]>;
  /** Without any limit. */
  countAll(signal: AbortSignal): Promise<number>;
  /** Whether the view may leave a row out. */
  isLimited(view: View): boolean;
  onChanged(listener: () => void): () => void;
}

/** Typing faster than this makes one search of several letters. */
const typingMs = 120;
/** While a job writes, the list is read again no more often than this. */
const changedMs = 1000;

/** The state of a list and what can be done with it, for a store that may add to both. */
export function createList<View extends ListView, Row extends ListRow>(
  { setState: set, getState: get }: Pick<StoreApi<ListStore<View, Row>>, 'setState' | 'getState'>,
  reads: ListReads<View, Row>,
  firstView: View,
): ListStore<View, Row> {
  let reading: AbortController | null = null;
  let typing: ReturnType<typeof setTimeout> | undefined;
  let changed: ReturnType<typeof setTimeout> | undefined;
  let visible = { first: 0, last: 0 };
  /** What `selection` means. */
  let held: HeldRows | null = null;
  let asking: ReturnType<typeof setTimeout> | undefined;
  const source = createRowSource<Row>({
    load: (offset, limit, signal) => reads.list(get().shown ?? get().view, { offset, limit }, signal),
    onChange: () => set(({ revision }) => ({ revision: revision + 1 })),
    onError: fail,
  });

  /** Reads the window on screen (or the first one), which is shown at once, and the counts; the old rows stay until the new ones are there. */
  async function read({ fromTop }: { readonly fromTop: boolean }) {
    clearTimeout(typing);
    reading?.abort();
    const own = (reading = new AbortController());
    const { view } = get();
    const limit = source.windowSize;
    const offset = fromTop ? 0 : Math.floor(visible.first / limit) * limit;
    // Asked for together, because both take their time; counting a million rows takes longer than finding the first.
    const counting = Promise.all([reads.count(view, own.signal), reads.isLimited(view) ? reads.countAll(own.signal) : null]);
    // Looked at later, or never.
    counting.catch(() => undefined);
    try {
      const [rows, moved] = await Promise.all([
        reads.list(view, { offset, limit }, own.signal),
        fromTop ? null : moveHeld(view, own.signal),
      ]);
      if (reading !== own) return;
      // Somebody selected rows meanwhile, of those that are on screen still: they have to be found, too.
      if (moved && moved.of !== get().selection) return void read({ fromTop: false });
      showRows(view, { offset, rows, isLast: rows.length < limit, fromTop, moved });
      const [count, total] = await counting;
      if (reading !== own) return;
      set((now) => ({ count, isCounted: true, total: total ?? count, selection: fitted(now.selection, count) }));
      source.show(visible.first, visible.last);
    } catch (error) {
      if (reading === own) fail(error);
    }
  }

  /** The selection at its new places; what cannot be followed is given up rather than shown at rows that nobody chose. */
  async function moveHeld(view: View, signal: AbortSignal): Promise<Moved | null> {
    const { selection: of } = get();
    if (!held || of === noSelection) return null;
    const chosen = selectedCount(of);
    const released = held.ids === null && !held.isAll ? chosen : 0;
    const ids = wantedIds(held);
    const before = held;
    const places = ids.length === 0 ? [] : await reads.placesOf(view, ids, signal);
    return { of, released, ...moveRows(before, places, of) };
  }

  /** Rows that were selected without having been read, as Shift+End does. Whoever is there now is meant. */
  async function holdUnread(selection: Selection) {
    const { shown } = get();
    const own = held;
    if (!shown || !own || !reading) return;
    try {
      const ids = await reads.idsAt(shown, selection.ranges, reading.signal);
      if (held === own) held = { ...own, ids };
    } catch (error) {
      if (held === own) fail(error);
    }
  }

  /** Nothing beyond the end of the list; all of it, where all was selected. */
  function fitted(selection: Selection, count: number): Selection {
    return held?.isAll ? selectAll(selection, count) : trimSelection(selection, count);
  }

  interface Moved {
    /** The selection that was moved. */
    readonly of: Selection;
    readonly selection: Selection;
    readonly held: HeldRows;
    readonly released: number;
  }

  interface FoundRows {
    readonly offset: number;
    readonly rows: readonly Row[];
    /** The list ends with these rows. */
    readonly isLast: boolean;
    readonly fromTop: boolean;
    readonly moved: Moved | null;
  }

  function showRows(view: View, { offset, rows, isLast, fromTop, moved }: FoundRows) {
    source.reset({ offset, rows });
    const end = offset + rows.length;
    if (fromTop) held = null;
    else if (moved) held = moved.held;
    set((now) => {
      const isSame = now.shown !== null && isSameSet(now.shown, view);
      const count = isLast || !isSame ? end : Math.max(now.count, end);
      return {
        shown: view,
        count,
        isCounted: isLast || (isSame && now.isCounted),
        revision: now.revision + 1,
        selection: fromTop ? noSelection : fitted(moved?.selection ?? now.selection, count),
        released: fromTop ? 0 : moved?.released || now.released,
        error: null,
      };
    });
    if (fromTop) visible = { first: 0, last: Math.min(visible.last - visible.first, Math.max(0, get().count - 1)) };
    source.show(visible.first, visible.last);
  }

  function fail(error: unknown) {
    if (isAppError(error, 'cancelled')) return;
    if (!isAppError(error)) throw error;
    set({ error });
  }

  function change(view: Partial<View>) {
    set({ view: { ...get().view, ...view } });
    void read({ fromTop: true });
  }

  return {
    view: firstView,
    shown: null,
    count: 0,
    isCounted: false,
    total: null,
    revision: 0,
    selection: noSelection,
    released: 0,
    error: null,

    follow(kept) {
      set({ view: { ...get().view, ...kept } });
      void read({ fromTop: get().shown === null });
      const stop = reads.onChanged(() => {
        changed ??= setTimeout(() => {
          changed = undefined;
          void read({ fromTop: false });
        }, changedMs);
      });
      return () => {
        stop();
        clearTimeout(changed);
        clearTimeout(asking);
        changed = undefined;
      };
    },

    row: source.row,

    show(first, last) {
      visible = { first, last };
      source.show(first, last);
    },

    setSearch(search) {
      set({ view: { ...get().view, search } });
      clearTimeout(typing);
      typing = setTimeout(() => void read({ fromTop: true }), typingMs);
    },

    change,

    sortBy(column) {
      const { sort } = get().view;
      change({ sort: { column, descending: sort.column === column && !sort.descending } } as Partial<View>);
    },

    select(selection) {
      held = holdRows(selection, get().count, source.row);
      set({ selection, released: 0 });
      clearTimeout(asking);
      if (held.ids === null && !held.isAll && selectedCount(selection) <= mostHeld)
        asking = setTimeout(() => void holdUnread(selection), typingMs);
    },

    heldIds() {
      const { selection } = get();
      if (selectedCount(selection) > 0) return held?.ids ?? undefined;
      return held?.active === undefined ? undefined : [held.active];
    },

    refresh: () => void read({ fromTop: false }),
  };
}

/** The same rows, in whatever order. */
function isSameSet<View extends ListView>(a: View, b: View): boolean {
  return (Object.keys(b) as (keyof View)[]).every((name) => name === 'sort' || a[name] === b[name]);
}
