import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { ArrowSyncRegular, DismissCircleRegular, MailReadRegular, PlayCircleRegular } from '@fluentui/react-icons';
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState, type RefObject } from 'react';
import { useStore } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import { isAppError } from '../../../../shared/contract/errors.ts';
import { mailStates, type MailAction } from '../../../../shared/contract/outbox.contract.ts';
import { useClient } from '../../../app/client.tsx';
import { usePaneCommands, usePaneStatus } from '../../../app/useShell.ts';
import { mailStateText, outboxText as text } from '../../../i18n/en/email.ts';
import { CommandMenu, CommandRow, type Command } from '../../../ui/CommandRow.tsx';
import { ErrorNotice } from '../../../ui/ErrorNotice.tsx';
import { ListSearch, StateSelect } from '../../../ui/ListSearch.tsx';
import { usePreference } from '../../../ui/preferences.tsx';
import { columnState, initialColumns, mergeColumns, resizeColumns, visibleColumns } from '../../../ui/table/columns.ts';
import { ListTable } from '../../../ui/table/ListTable.tsx';
import { selectedCount } from '../../../ui/table/selection.ts';
import { LastDay } from './LastDay.tsx';
import { MailActionDialog } from './MailActionDialog.tsx';
import type { SelectedMails } from './mailAction.store.ts';
import { MailDialog } from './MailDialog.tsx';
import { OutboxBanners } from './OutboxBanners.tsx';
import { OutboxEmpty } from './OutboxEmpty.tsx';
import { createOutboxStore, isFiltered, listInput, type OutboxListStore } from './outbox.store.ts';
import { outboxColumns } from './outboxColumns.tsx';
import { countOf, createOutboxStatsStore, type OutboxStats } from './outboxStats.store.ts';

const ColumnsDialog = lazy(async () => ({ default: (await import('../../../ui/table/ColumnsDialog.tsx')).ColumnsDialog }));

type OpenDialog =
  | { readonly kind: 'columns' }
  | { readonly kind: 'mail'; readonly id: number }
  | { readonly kind: 'action'; readonly action: MailAction; readonly selected: SelectedMails };

const firstColumns = initialColumns(outboxColumns);

/** All mails: those that wait, go and went. */
export function OutboxTab() {
  const styles = useStyles();
  const client = useClient();
  const [store] = useState(() => createOutboxStore(client));
  const { shown, count, isCounted, total, selection, released, error: listError } = useStore(store);
  const { follow, select, refresh } = store.getState();
  const columns = usePreference('outbox.columns', columnState, firstColumns);
  const chosen = useMemo(() => mergeColumns(columns.value, outboxColumns), [columns.value]);
  const visible = useMemo(() => visibleColumns(chosen, outboxColumns), [chosen]);
  const [dialog, setDialog] = useState<OpenDialog | null>(null);
  const search = useRef<HTMLInputElement>(null);

  const [statistics] = useState(() => createOutboxStatsStore(client));
  const { stats, hours, error: statsError } = useStore(statistics);
  useEffect(() => follow(), [follow]);
  useEffect(() => statistics.getState().follow(), [statistics]);
  const refreshAll = useCallback(() => {
    refresh();
    statistics.getState().refresh();
  }, [refresh, statistics]);
  const focusSearch = useCallback(() => {
    search.current?.focus();
    search.current?.select();
  }, []);
  usePaneCommands(
    useMemo(() => ({ refresh: refreshAll, chooseColumns: () => setDialog({ kind: 'columns' }), focusSearch }), [refreshAll, focusSearch]),
  );
  const error = listError ?? statsError;
  const chosenCount = selectedCount(selection);
  const counts = shown === null || total === null || !isCounted ? undefined : text.counted(count, total, isFiltered(shown));
  usePaneStatus({
    counts: [released > 0 && text.released(released), chosenCount > 1 && text.selected(chosenCount), counts].filter(Boolean).join(', '),
  });

  /** Asks for the keyboard's row where it was never loaded or is far from those on screen. */
  const open = useCallback(async () => {
    const { selection: now, shown: list, row } = store.getState();
    if (!list || now.active < 0) return;
    try {
      const mail = row(now.active) ?? (await client.outbox.list({ ...listInput(list), offset: now.active, limit: 1 })).mails[0];
      if (mail) setDialog({ kind: 'mail', id: mail.id });
    } catch (thrown) {
      if (!isAppError(thrown)) throw thrown; // the list says why nothing can be read
      refresh();
    }
  }, [client, store, refresh]);
  /** The rows that are marked; where none is, the keyboard's row. */
  const ask = useCallback(
    (action: MailAction) => {
      const { selection: now, shown: list, heldIds } = store.getState();
      const ranges = now.ranges.length > 0 || now.active < 0 ? now.ranges : [{ from: now.active, to: now.active }];
      const selected = list && ranges.length > 0 ? { list: listInput(list), ranges, ids: heldIds() } : null;
      setDialog({ kind: 'action', action, selected });
    },
    [store],
  );

  const commands: readonly Command[] = [
    { id: 'open', label: text.open, icon: <MailReadRegular />, keys: 'Enter', isDisabled: selection.active < 0, run: () => void open() },
    {
      id: 'release',
      calls: 'outbox.release',
      label: text.release,
      icon: <PlayCircleRegular />,
      isDisabled: total === 0,
      run: () => ask('release'),
    },
    { id: 'retry', calls: 'outbox.retry', label: text.retry, icon: <ArrowSyncRegular />, isDisabled: total === 0, run: () => ask('retry') },
    { id: 'cancel', label: text.cancel, icon: <DismissCircleRegular />, keys: 'Del', isDisabled: total === 0, run: () => ask('cancel') },
  ];

  return (
    <div className={styles.root}>
      <OutboxBanners stats={stats} onRelease={() => setDialog({ kind: 'action', action: 'release', selected: null })} />
      <LastDay hours={hours} />
      <SearchRow store={store} stats={stats} inputRef={search} />
      {error && <ErrorNotice error={error} context={text.listFailed} actions={<Button onClick={refreshAll}>{text.tryAgain}</Button>} />}
      <div className={styles.list}>
        <ListTable
          store={store}
          label={text.list}
          columns={visible}
          count={count}
          onResize={(widths) => columns.set(resizeColumns(chosen, widths))}
          selection={selection}
          onSelection={select}
          onOpen={() => void open()}
          onDelete={() => ask('cancel')}
          onType={focusSearch}
          contextMenu={<CommandMenu commands={commands} />}
          topKey={JSON.stringify(shown)}
          empty={shown && <OutboxEmpty view={shown} store={store} />}
          isFocusHome
        />
      </div>
      <CommandRow commands={commands} />
      {dialog?.kind === 'mail' && <MailDialog id={dialog.id} onClose={() => setDialog(null)} />}
      {dialog?.kind === 'action' && <MailActionDialog action={dialog.action} selected={dialog.selected} onClose={() => setDialog(null)} />}
      <Suspense>
        {dialog?.kind === 'columns' && (
          <ColumnsDialog columns={outboxColumns} state={chosen} onApply={columns.set} onClose={() => setDialog(null)} />
        )}
      </Suspense>
    </div>
  );
}

interface SearchRowProps {
  readonly store: StoreApi<OutboxListStore>;
  readonly stats: OutboxStats | null;
  readonly inputRef: RefObject<HTMLInputElement | null>;
}

/** What limits the list: search text and state. */
function SearchRow({ store, stats, inputRef }: SearchRowProps) {
  const search = useStore(store, (s) => s.view.search);
  const state = useStore(store, (s) => s.view.state);
  const { setSearch, setState } = store.getState();

  return (
    <ListSearch label={text.search} clearLabel={text.clearSearch} value={search} inputRef={inputRef} onSearch={setSearch}>
      <StateSelect
        label={text.show}
        allLabel={text.showAll}
        states={mailStates}
        state={state}
        stateLabel={(each) => (stats ? text.stateCount(mailStateText[each], countOf(stats, each)) : mailStateText[each])}
        onState={setState}
      />
    </ListSearch>
  );
}

const useStyles = makeStyles({
  root: { flex: '1 0 auto', display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalS },
  list: { flex: '1 1 0', minHeight: '224px' },
});
