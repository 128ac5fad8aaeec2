import { createStore, type StoreApi } from 'zustand/vanilla';
import { isAppError, type AppError } from '../../../shared/contract/errors.ts';
import type { UserFilter } from '../../../shared/contract/userFilter.ts';
import type { UserColumn, UserRow } from '../../../shared/contract/users.contract.ts';
import type { ConsoleClient } from '../../app/client.tsx';
import { createRowSource } from '../../ui/table/rowSource.ts';
import { noSelection, trimSelection, type Selection } from '../../ui/table/selection.ts';

export interface UserSort {
  readonly column: UserColumn;
  readonly descending: boolean;
}

/** Which users are listed, and in which order. */
export interface UsersView {
  readonly search: string;
  readonly importJobId: string | null;
  /** Null: no conditions. */
  readonly filter: UserFilter | null;
  readonly sort: UserSort;
}

export interface UsersStore {
  /** What was asked for. What is shown may lag behind it for a moment. */
  readonly view: UsersView;
  /** What the rows on screen belong to; null before the first answer. */
  readonly shown: UsersView | null;
  /** Users in the view on screen; as long as they are not counted, those that are known. */
  readonly count: number;
  readonly isCounted: boolean;
  /** All users; null until known. */
  readonly total: number | null;
  /** Grows with each change of the rows: what is on screen has to be drawn again. */
  readonly revision: number;
  readonly selection: Selection;
  readonly error: AppError | null;

  /** Reads the first rows and follows changes until the returned function is called. */
  follow(sort?: UserSort, filter?: UserFilter | null): () => void;
  row(index: number): UserRow | undefined;
  /** Tells which rows are on screen. */
  show(first: number, last: number): void;
  setSearch(search: string): void;
  setImport(importJobId: string | null): void;
  setFilter(filter: UserFilter | null): void;
  /** Sorts by a column; the same column once more turns the order round. */
  sortBy(column: UserColumn): void;
  select(selection: Selection): void;
  /** Reads what is on screen again. */
  refresh(): void;
}

/** Typing faster than this makes one search of several letters. */
const typingMs = 120;
/** While an import writes, the list is read again no more often than this. */
const changedMs = 1000;

export function createUsersStore(client: {
  readonly users: Pick<ConsoleClient['users'], 'list' | 'count' | 'onChanged'>;
}): StoreApi<UsersStore> {
  let reading: AbortController | null = null;
  let typing: ReturnType<typeof setTimeout> | undefined;
  let changed: ReturnType<typeof setTimeout> | undefined;
  let visible = { first: 0, last: 0 };

  return createStore<UsersStore>()((set, get) => {
    const source = createRowSource<UserRow>({
      load: async (offset, limit, signal) =>
        (await client.users.list({ ...listInput(get().shown ?? get().view), offset, limit }, { signal })).rows,
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
      const options = { signal: own.signal };
      const { sort: _sort, ...selection } = listInput(view);
      const isFiltered = isLimited(view);
      // Asked for together, because both take their time; counting a million users takes longer than finding the first.
      const counting = Promise.all([
        client.users.count(selection, options),
        isFiltered ? client.users.count({}, options).then((answer) => answer.count) : null,
      ]);
      // Looked at later, or never.
      counting.catch(() => undefined);
      try {
        const { rows } = await client.users.list({ ...listInput(view), offset, limit }, options);
        if (reading !== own) return;
        showRows(view, { offset, rows, isLast: rows.length < limit, fromTop });
        const [{ count }, total] = await counting;
        if (reading !== own) return;
        set((now) => ({ count, isCounted: true, total: total ?? count, selection: trimSelection(now.selection, count) }));
        source.show(visible.first, visible.last);
      } catch (error) {
        if (reading === own) fail(error);
      }
    }

    interface FoundRows {
      readonly offset: number;
      readonly rows: readonly UserRow[];
      /** The list ends with these rows. */
      readonly isLast: boolean;
      readonly fromTop: boolean;
    }

    function showRows(view: UsersView, { offset, rows, isLast, fromTop }: FoundRows) {
      source.reset({ offset, rows });
      const end = offset + rows.length;
      set((now) => {
        const isSameSet =
          now.shown?.search === view.search && now.shown.importJobId === view.importJobId && now.shown.filter === view.filter;
        const count = isLast || !isSameSet ? end : Math.max(now.count, end);
        return {
          shown: view,
          count,
          isCounted: isLast || (isSameSet && now.isCounted),
          revision: now.revision + 1,
          selection: fromTop ? noSelection : trimSelection(now.selection, count),
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

    function change(view: Partial<UsersView>) {
      set({ view: { ...get().view, ...view } });
      void read({ fromTop: true });
    }

    return {
      view: { search: '', importJobId: null, filter: null, sort: { column: 'username', descending: false } },
      shown: null,
      count: 0,
      isCounted: false,
      total: null,
      revision: 0,
      selection: noSelection,
      error: null,

      follow(sort, filter) {
        set({ view: { ...get().view, ...(sort && { sort }), ...(filter !== undefined && { filter }) } });
        void read({ fromTop: get().shown === null });
        const stop = client.users.onChanged(() => {
          changed ??= setTimeout(() => {
            changed = undefined;
            void read({ fromTop: false });
          }, changedMs);
        });
        return () => {
          stop();
          clearTimeout(changed);
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

      setImport(importJobId) {
        if (importJobId !== get().view.importJobId) change({ importJobId });
      },

      setFilter: (filter) => change({ filter }),

      sortBy(column) {
        const { sort } = get().view;
        change({ sort: { column, descending: sort.column === column && !sort.descending } });
      },

      select: (selection) => set({ selection }),
      refresh: () => void read({ fromTop: false }),
    };
  });
}

/** The users of a view, as the contract asks for them. */
export function listInput({ search, importJobId, filter, sort }: UsersView) {
  return { search: search.trim(), sort, ...(importJobId === null ? {} : { importJobId }), ...(filter === null ? {} : { filter }) };
}

/** Whether the view may leave somebody out. */
export function isLimited({ search, importJobId, filter }: Pick<UsersView, 'search' | 'importJobId' | 'filter'>): boolean {
  return search.trim() !== '' || importJobId !== null || filter !== null;
}
