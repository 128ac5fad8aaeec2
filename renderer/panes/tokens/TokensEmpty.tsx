import { Button } from '@fluentui/react-components';
import { KeyMultipleRegular, SearchRegular } from '@fluentui/react-icons';
import type { StoreApi } from 'zustand/vanilla';
import { useDialogs } from '../../app/dialogs.store.ts';
import { tokensText } from '../../i18n/en/tokens.ts';
import { CommandButton } from '../../ui/CommandButton.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { isFiltered, type TokensStore, type TokensView } from './tokens.store.ts';

/** Why the list is empty, and what to do about it. */
export function TokensEmpty({ view, store }: { readonly view: TokensView; readonly store: StoreApi<TokensStore> }) {
  const open = useDialogs((s) => s.open);
  if (!isFiltered(view)) {
    return (
      <EmptyState icon={<KeyMultipleRegular />} title={tokensText.emptyTitle} text={tokensText.emptyText}>
        <CommandButton calls="tokens.startImport" appearance="primary" onClick={() => open({ kind: 'import-tokens' })}>
          {tokensText.import}
        </CommandButton>
        <CommandButton calls="tokens.add" onClick={() => open({ kind: 'add-token' })}>
          {tokensText.add}
        </CommandButton>
      </EmptyState>
    );
  }
  const search = view.search.trim();
  function showAll() {
    store.getState().setState(null);
    store.getState().setSearch('');
  }
  return (
    <EmptyState
      icon={<SearchRegular />}
      title={tokensText.noMatchTitle}
      text={search === '' ? tokensText.noMatchState : tokensText.noMatch(search)}
    >
      <Button onClick={showAll}>{tokensText.showAllTokens}</Button>
    </EmptyState>
  );
}
