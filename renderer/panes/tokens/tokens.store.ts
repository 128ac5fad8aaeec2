import { createStore, type StoreApi } from 'zustand/vanilla';
import { isAppError, type AppError } from '../../../shared/contract/errors.ts';
import type { TokenColumn, TokenRow, TokenState } from '../../../shared/contract/tokens.contract.ts';
import type { ConsoleClient } from '../../app/client.tsx';
import { createRowSource } from '../../ui/table/rowSource.ts';
import { noSelection, trimSelection, type Selection } from '../../ui/table/selection.ts';

export interface TokenSort {
  readonly column: TokenColumn;
  readonly descending: boolean;
}

/** Which tokens are listed, and in which order. */
export interface TokensView {
  readonly search: string;
  /** Null: all. */
  readonly state: TokenState | null;
  readonly sort: TokenSort;
}

export interface TokensStore {
  /** What was asked for. What is shown may lag behind it for a moment. */
  readonly view: TokensView;
  /** What the rows on screen belong to; null before the first answer. */
  readonly shown: TokensView | null;
  readonly count: number;
  /** All tokens; null until known. */
  readonly total: number | null;
  /** Grows with each change of the rows: what is on screen has to be drawn again. */
  readonly revision: number;
  readonly selection: Selection;
  readonly error: AppError | null;

  /** Reads the first rows and follows changes until the returned function is called. */
  follow(sort?: TokenSort): () => void;
  row(index: number): TokenRow | undefined;
  /** Tells which rows are on screen. */
  show(first: number, last: number): void;
  setSearch(search: string): void;
  setState(state: TokenState | null): void;
  /** Sorts by a column; the same column once more turns the order round. */
  sortBy(column: TokenColumn): void;
  select(selection: Selection): void;
  /** Reads what is on screen again. */
  refresh(): void;
}

/** Typing faster than this makes one search of several letters. */
const typingMs = 120;
/** While an import writes, the list is read again no more often than this. */
const changedMs = 1000;

/** The list of tokens: windows of it, never the whole. */
export function createTokensStore(client: {
  readonly tokens: Pick<ConsoleClient['tokens'], 'list' | 'count' | 'onChanged'>;
}): StoreApi<TokensStore> {
  let reading: AbortController | null = null;
  let typing: ReturnType<typeof setTimeout> | undefined;
  let changed: ReturnType<typeof setTimeout> | undefined;
  let visible = { first: 0, last: 0 };

  return createStore<TokensStore>()((set, get) => {
    const source = createRowSource<TokenRow>({
      load: async (offset, limit, signal) =>
        (await client.tokens.list({ ...listInput(get().shown ?? get().view), offset, limit }, { signal })).rows,
      onChange: () => set(({ revision }) => ({ revision: revision + 1 })),
      onError: fail,
    });

    /** Reads the window on screen, or the first one, and the counts; the old rows stay until the new ones are there. */
    async function read({ fromTop }: { readonly fromTop: boolean }) {
      clearTimeout(typing);
      reading?.abort();
      const own = (reading = new AbortController());
      const options = { signal: own.signal };
      const { view } = get();
      const limit = source.windowSize;
      const offset = fromTop ? 0 : Math.floor(visible.first / limit) * limit;
      const { sort: _sort, ...selection } = listInput(view);
      try {
        const [{ rows }, { count }, total] = await Promise.all([
          client.tokens.list({ ...listInput(view), offset, limit }, options),
          client.tokens.count(selection, options),
          isFiltered(view) ? client.tokens.count({}, options).then((answer) => answer.count) : null,
        ]);
        if (reading !== own) return;
        source.reset({ offset, rows });
        set((now) => ({
          shown: view,
          count,
          total: total ?? count,
          revision: now.revision + 1,
          selection: fromTop ? noSelection : trimSelection(now.selection, count),
          error: null,
        }));
        if (fromTop) visible = { first: 0, last: Math.min(visible.last - visible.first, Math.max(0, count - 1)) };
        source.show(visible.first, visible.last);
      } catch (error) {
        if (reading === own) fail(error);
      }
    }

    function fail(error: unknown) {
      if (isAppError(error, 'cancelled')) return;
      if (!isAppError(error)) throw error;
      set({ error });
    }

    function change(view: Partial<TokensView>) {
      set({ view: { ...get().view, ...view } });
      void read({ fromTop: true });
    }

    return {
      view: { search: '', state: null, sort: { column: 'serial', descending: false } },
      shown: null,
      count: 0,
      total: null,
      revision: 0,
      selection: noSelection,
      error: null,

      follow(sort) {
        if (sort) set({ view: { ...get().view, sort } });
        void read({ fromTop: get().shown === null });
        const stop = client.tokens.onChanged(() => {
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

      setState(state) {
        if (state !== get().view.state) change({ state });
      },

      sortBy(column) {
        const { sort } = get().view;
        change({ sort: { column, descending: sort.column === column && !sort.descending } });
      },

      select: (selection) => set({ selection }),
      refresh: () => void read({ fromTop: false }),
    };
  });
}

export function isFiltered({ search, state }: TokensView): boolean {
  return search.trim() !== '' || state !== null;
}

/** The tokens of a view, as the contract asks for them. */
export function listInput({ search, state, sort }: TokensView) {
  return { search: search.trim(), sort, ...(state === null ? {} : { state }) };
}
