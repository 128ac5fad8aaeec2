import { Button } from '@fluentui/react-components';
import { MailRegular, SearchRegular } from '@fluentui/react-icons';
import type { StoreApi } from 'zustand/vanilla';
import { outboxText as text } from '../../../i18n/en/email.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { isFiltered, type OutboxListStore, type OutboxView } from './outbox.store.ts';

/** Why the list is empty, and what to do about it. */
export function OutboxEmpty({ view, store }: { readonly view: OutboxView; readonly store: StoreApi<OutboxListStore> }) {
  if (!isFiltered(view)) return <EmptyState icon={<MailRegular />} title={text.emptyTitle} text={text.emptyText} />;
  const search = view.search.trim();
  return (
    <EmptyState icon={<SearchRegular />} title={text.noMatchTitle} text={search === '' ? text.noMatchState : text.noMatch(search)}>
      <Button onClick={() => store.getState().change({ search: '', state: null })}>{text.showAllMails}</Button>
    </EmptyState>
  );
}
