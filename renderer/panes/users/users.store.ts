import { createStore, type StoreApi } from 'zustand/vanilla';
import type { UserFilter } from '../../../shared/contract/userFilter.ts';
import type { UserColumn, UserRow } from '../../../shared/contract/users.contract.ts';
import type { ConsoleClient } from '../../app/client.tsx';
import { createList, type ListStore } from '../../ui/table/listStore.ts';
import { selectedIds } from '../../ui/table/selectedIds.ts';

interface UserSort {
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

export interface UsersStore extends ListStore<UsersView, UserRow> {
  setImport(importJobId: string | null): void;
  setFilter(filter: UserFilter | null): void;
}

const firstView: UsersView = { search: '', importJobId: null, filter: null, sort: { column: 'username', descending: false } };

/** The list of users. */
export function createUsersStore({
  users,
}: {
  readonly users: Pick<ConsoleClient['users'], 'list' | 'count' | 'idsAt' | 'placesOf' | 'onChanged'>;
}): StoreApi<UsersStore> {
  return createStore<UsersStore>()((_set, get, store) => ({
    ...createList<UsersView, UserRow>(
      store,
      {
        list: async (view, window, signal) => (await users.list({ ...listInput(view), ...window }, { signal })).rows,
        async count(view, signal) {
          const { sort: _sort, ...selection } = listInput(view);
          return (await users.count(selection, { signal })).count;
        },
        idsAt: (view, ranges, signal) =>
          selectedIds({ idsAt: (asked) => users.idsAt(asked, { signal }) }, { list: listInput(view), ranges }),
        placesOf: async (view, ids, signal) => (await users.placesOf({ ...listInput(view), ids }, { signal })).places,
        countAll: async (signal) => (await users.count({}, { signal })).count,
        isLimited,
        onChanged: (listener) => users.onChanged(listener),
      },
      firstView,
    ),
    setImport(importJobId) {
      if (importJobId !== get().view.importJobId) get().change({ importJobId });
    },
    setFilter: (filter) => get().change({ filter }),
  }));
}

/** The users of a view, as the contract asks for them. */
export function listInput({ search, importJobId, filter, sort }: UsersView) {
  return { search: search.trim(), sort, ...(importJobId === null ? {} : { importJobId }), ...(filter === null ? {} : { filter }) };
}

/** Whether the view may leave somebody out. */
export function isLimited({ search, importJobId, filter }: Pick<UsersView, 'search' | 'importJobId' | 'filter'>): boolean {
  return search.trim() !== '' || importJobId !== null || filter !== null;
}
