import { Button, makeStyles, tokens } from '@fluentui/react-components';
import {
  ArrowSyncRegular,
  DeleteRegular,
  DocumentArrowDownRegular,
  EditRegular,
  KeyRegular,
  PersonAddRegular,
  PersonSubtractRegular,
} from '@fluentui/react-icons';
import { lazy, Suspense, useCallback, useEffect, useEffectEvent, useMemo, useRef, useState, type RefObject } from 'react';
import { z } from 'zod';
import { useStore } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import { isAppError } from '../../../shared/contract/errors.ts';
import { tokenColumns as sortColumns, tokenStates, type TokenColumn, type TokenRow } from '../../../shared/contract/tokens.contract.ts';
import { useClient } from '../../app/client.tsx';
import { useDialogs } from '../../app/dialogs.store.ts';
import { usePaneCommands, usePaneStatus } from '../../app/useShell.ts';
import { tokensText, tokenStateText } from '../../i18n/en/tokens.ts';
import { CommandMenu, CommandRow, type Command } from '../../ui/CommandRow.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { ListSearch, StateSelect } from '../../ui/ListSearch.tsx';
import { usePreference } from '../../ui/preferences.tsx';
import { columnState, initialColumns, mergeColumns, resizeColumns, visibleColumns } from '../../ui/table/columns.ts';
import { selectedCount } from '../../ui/table/selection.ts';
import { ListTable } from '../../ui/table/ListTable.tsx';
import { tokenColumns } from './tokenColumns.tsx';
import { TokensEmpty } from './TokensEmpty.tsx';
import { createTokensStore, isFiltered, listInput, type TokensStore } from './tokens.store.ts';

const ColumnsDialog = lazy(async () => ({ default: (await import('../../ui/table/ColumnsDialog.tsx')).ColumnsDialog }));

const keptSort = z.object({ column: z.enum(sortColumns), descending: z.boolean() });
const firstSort: z.infer<typeof keptSort> = { column: 'serial', descending: false };
const firstColumns = initialColumns(tokenColumns);

/** All OATH tokens: who has which, and what can be done with them. */
export function TokensPane() {
  const styles = useStyles();
  const client = useClient();
  const [store] = useState(() => createTokensStore(client));
  const view = useStore(store, (s) => s.view);
  const shown = useStore(store, (s) => s.shown);
  const count = useStore(store, (s) => s.count);
  const isCounted = useStore(store, (s) => s.isCounted);
  const total = useStore(store, (s) => s.total);
  const selection = useStore(store, (s) => s.selection);
  const released = useStore(store, (s) => s.released);
  const error = useStore(store, (s) => s.error);
  const isAssigned = useStore(store, (s) => Boolean(s.row(s.selection.active)?.user));
  const { follow, sortBy, select, refresh } = store.getState();

  const sort = usePreference('tokens.sort', keptSort, firstSort);
  const columns = usePreference('tokens.columns', columnState, firstColumns);
  const chosen = useMemo(() => mergeColumns(columns.value, tokenColumns), [columns.value]);
  const visible = useMemo(() => visibleColumns(chosen, tokenColumns), [chosen]);

  const [dialog, setDialog] = useState<'columns' | null>(null);
  const search = useRef<HTMLInputElement>(null);
  const openDialog = useDialogs((s) => s.open);

  // From then on the store knows the order; the preference only remembers it.
  const start = useEffectEvent(() => follow({ sort: sort.value }));
  useEffect(() => (sort.isLoaded ? start() : undefined), [sort.isLoaded]);

  const focusSearch = useCallback(() => {
    search.current?.focus();
    search.current?.select();
  }, []);
  usePaneCommands(useMemo(() => ({ refresh, chooseColumns: () => setDialog('columns'), focusSearch }), [refresh, focusSearch]));
  const chosenCount = selectedCount(selection);
  const counts = shown === null || total === null || !isCounted ? undefined : tokensText.counted(count, total, isFiltered(shown));
  usePaneStatus({
    counts: [released > 0 && tokensText.released(released), chosenCount > 1 && tokensText.selected(chosenCount), counts]
      .filter(Boolean)
      .join(', '),
  });

  /** Asks for the keyboard's row where it was never loaded or is far from those on screen. */
  const withActive = useCallback(
    async (run: (token: TokenRow) => void) => {
      const { selection: now, shown: list, row } = store.getState();
      if (!list || now.active < 0) return;
      try {
        const token = row(now.active) ?? (await client.tokens.list({ ...listInput(list), offset: now.active, limit: 1 })).rows[0];
        if (token) run(token);
      } catch (thrown) {
        if (!isAppError(thrown)) throw thrown; // the list says why nothing can be read
        refresh();
      }
    },
    [client, store, refresh],
  );
  const openFor = useCallback(
    (kind: 'edit-token' | 'assign-token' | 'unassign-token' | 'resync-token') => void withActive(({ id }) => openDialog({ kind, id })),
    [withActive, openDialog],
  );
  /** The rows that are marked; where none is, the keyboard's row. */
  const remove = useCallback(() => {
    const { selection: now, shown: list, heldIds } = store.getState();
    if (!list || now.active < 0) return;
    const ranges = now.ranges.length > 0 ? now.ranges : [{ from: now.active, to: now.active }];
    openDialog({ kind: 'remove-tokens', selected: { list: listInput(list), ranges, ids: heldIds() } });
  }, [store, openDialog]);

  const isNone = selection.active < 0;
  const commands: readonly Command[] = [
    { id: 'add', calls: 'tokens.add', label: tokensText.add, icon: <KeyRegular />, run: () => openDialog({ kind: 'add-token' }) },
    { id: 'edit', label: tokensText.edit, icon: <EditRegular />, keys: 'Enter', isDisabled: isNone, run: () => openFor('edit-token') },
    {
      id: 'remove',
      calls: 'tokens.remove',
      label: tokensText.remove,
      icon: <DeleteRegular />,
      keys: 'Del',
      isDisabled: isNone,
      run: remove,
    },
    {
      id: 'import',
      calls: 'tokens.startImport',
      label: tokensText.import,
      icon: <DocumentArrowDownRegular />,
      run: () => openDialog({ kind: 'import-tokens' }),
    },
    isAssigned
      ? {
          id: 'unassign',
          calls: 'tokens.unassign',
          label: tokensText.unassign,
          icon: <PersonSubtractRegular />,
          run: () => openFor('unassign-token'),
        }
      : {
          id: 'assign',
          calls: 'tokens.assign',
          label: tokensText.assign,
          icon: <PersonAddRegular />,
          isDisabled: isNone,
          run: () => openFor('assign-token'),
        },
    {
      id: 'resync',
      calls: 'tokens.resync',
      label: tokensText.resync,
      icon: <ArrowSyncRegular />,
      isDisabled: isNone,
      run: () => openFor('resync-token'),
    },
  ];

  function onSort(column: string) {
    sortBy(column as TokenColumn);
    sort.set(store.getState().view.sort);
  }

  return (
    <div className={styles.root}>
      <SearchRow store={store} inputRef={search} />
      {error && (
        <ErrorNotice error={error} context={tokensText.listFailed} actions={<Button onClick={refresh}>{tokensText.tryAgain}</Button>} />
      )}
      <div className={styles.list}>
        <ListTable
          store={store}
          label={tokensText.list}
          columns={visible}
          count={count}
          sort={view.sort}
          onSort={onSort}
          onResize={(widths) => columns.set(resizeColumns(chosen, widths))}
          selection={selection}
          onSelection={select}
          onOpen={() => openFor('edit-token')}
          onDelete={remove}
          onType={focusSearch}
          contextMenu={<CommandMenu commands={commands} />}
          topKey={JSON.stringify(shown)}
          empty={shown && <TokensEmpty view={shown} store={store} />}
          isFocusHome
        />
      </div>
      <CommandRow commands={commands} />
      <Suspense>
        {dialog === 'columns' && (
          <ColumnsDialog columns={tokenColumns} state={chosen} onApply={columns.set} onClose={() => setDialog(null)} />
        )}
      </Suspense>
    </div>
  );
}

interface SearchRowProps {
  readonly store: StoreApi<TokensStore>;
  readonly inputRef: RefObject<HTMLInputElement | null>;
}

/** What limits the list: search text and state. */
function SearchRow({ store, inputRef }: SearchRowProps) {
  const search = useStore(store, (s) => s.view.search);
  const state = useStore(store, (s) => s.view.state);
  const { setSearch, setState } = store.getState();

  return (
    <ListSearch label={tokensText.search} clearLabel={tokensText.clearSearch} value={search} inputRef={inputRef} onSearch={setSearch}>
      <StateSelect
        label={tokensText.show}
        allLabel={tokensText.showAll}
        states={tokenStates}
        state={state}
        stateLabel={(each) => tokenStateText[each]}
        onState={setState}
      />
    </ListSearch>
  );
}

const useStyles = makeStyles({
  root: { flex: '1 0 auto', display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalS },
  list: { flex: '1 1 0', minHeight: '224px' },
});
