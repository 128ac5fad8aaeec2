import { createStore, type StoreApi } from 'zustand/vanilla';
import type { MailState, OutboxMail } from '../../../../shared/contract/outbox.contract.ts';
import type { ConsoleClient } from '../../../app/client.tsx';
import { createList, type ListStore } from '../../../ui/table/listStore.ts';
import { selectedIds } from '../../../ui/table/selectedIds.ts';

/** Which mails are listed; always the last created first. */
export interface OutboxView {
  readonly search: string;
  /** Null: all. */
  readonly state: MailState | null;
  readonly sort: { readonly column: 'created'; readonly descending: boolean };
}

export interface OutboxListStore extends ListStore<OutboxView, OutboxMail> {
  setState(state: MailState | null): void;
}

const firstView: OutboxView = { search: '', state: null, sort: { column: 'created', descending: true } };

/** The list of mails. */
export function createOutboxStore({
  outbox,
}: {
  readonly outbox: Pick<ConsoleClient['outbox'], 'list' | 'count' | 'idsAt' | 'placesOf' | 'onChanged'>;
}): StoreApi<OutboxListStore> {
  return createStore<OutboxListStore>()((_set, get, store) => ({
    ...createList<OutboxView, OutboxMail>(
      store,
      {
        list: async (view, window, signal) => (await outbox.list({ ...listInput(view), ...window }, { signal })).mails,
        count: async (view, signal) => (await outbox.count(listInput(view), { signal })).count,
        idsAt: (view, ranges, signal) =>
          selectedIds({ idsAt: (asked) => outbox.idsAt(asked, { signal }) }, { list: listInput(view), ranges }),
        placesOf: async (view, ids, signal) => (await outbox.placesOf({ ...listInput(view), ids }, { signal })).places,
        countAll: async (signal) => (await outbox.count({}, { signal })).count,
        isLimited: isFiltered,
        onChanged: (listener) => outbox.onChanged(listener),
      },
      firstView,
    ),
    setState(state) {
      if (state !== get().view.state) get().change({ state });
    },
  }));
}

export function isFiltered({ search, state }: OutboxView): boolean {
  return search.trim() !== '' || state !== null;
}

/** The mails of a view, as the contract asks for them. */
export function listInput({ search, state }: OutboxView) {
  return { search: search.trim(), ...(state === null ? {} : { state }) };
}
