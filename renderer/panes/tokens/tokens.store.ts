import { createStore, type StoreApi } from 'zustand/vanilla';
import type { TokenColumn, TokenRow, TokenState } from '../../../shared/contract/tokens.contract.ts';
import type { ConsoleClient } from '../../app/client.tsx';
import { createList, type ListStore } from '../../ui/table/listStore.ts';
import { selectedIds } from '../../ui/table/selectedIds.ts';

/** Which tokens are listed, and in which order. */
export interface TokensView {
  readonly search: string;
  /** Null: all. */
  readonly state: TokenState | null;
  readonly sort: { readonly column: TokenColumn; readonly descending: boolean };
}

export interface TokensStore extends ListStore<TokensView, TokenRow> {
  setState(state: TokenState | null): void;
}

const firstView: TokensView = { search: '', state: null, sort: { column: 'serial', descending: false } };

/** The list of tokens. */
export function createTokensStore({
  tokens,
}: {
  readonly tokens: Pick<ConsoleClient['tokens'], 'list' | 'count' | 'idsAt' | 'placesOf' | 'onChanged'>;
}): StoreApi<TokensStore> {
  return createStore<TokensStore>()((_set, get, store) => ({
    ...createList<TokensView, TokenRow>(
      store,
      {
        list: async (view, window, signal) => (await tokens.list({ ...listInput(view), ...window }, { signal })).rows,
        async count(view, signal) {
          const { sort: _sort, ...selection } = listInput(view);
          return (await tokens.count(selection, { signal })).count;
        },
        idsAt: (view, ranges, signal) =>
          selectedIds({ idsAt: (asked) => tokens.idsAt(asked, { signal }) }, { list: listInput(view), ranges }),
        placesOf: async (view, ids, signal) => (await tokens.placesOf({ ...listInput(view), ids }, { signal })).places,
        countAll: async (signal) => (await tokens.count({}, { signal })).count,
        isLimited: isFiltered,
        onChanged: (listener) => tokens.onChanged(listener),
      },
      firstView,
    ),
    setState(state) {
      if (state !== get().view.state) get().change({ state });
    },
  }));
}

export function isFiltered({ search, state }: TokensView): boolean {
  return search.trim() !== '' || state !== null;
}

/** The tokens of a view, as the contract asks for them. */
export function listInput({ search, state, sort }: TokensView) {
  return { search: search.trim(), sort, ...(state === null ? {} : { state }) };
}
