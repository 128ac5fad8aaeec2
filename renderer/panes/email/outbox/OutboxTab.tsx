import { Button, Label, SearchBox, Select, makeStyles, tokens } from '@fluentui/react-components';
import { lazy, Suspense, useCallback, useEffect, useId, useMemo, useRef, useState, type RefObject } from 'react';
import { useStore } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import { mailStates, type MailState } from '../../../../shared/contract/outbox.contract.ts';
import { useClient } from '../../../app/client.tsx';
import { usePaneCommands, usePaneStatus } from '../../../app/useShell.ts';
import { mailStateText, outboxText as text } from '../../../i18n/en/email.ts';
import { ErrorNotice } from '../../../ui/ErrorNotice.tsx';
import { usePreference } from '../../../ui/preferences.tsx';
import { columnState, initialColumns, mergeColumns, resizeColumns, visibleColumns } from '../../../ui/table/columns.ts';
import { ListTable } from '../../../ui/table/ListTable.tsx';
import { selectedCount } from '../../../ui/table/selection.ts';
import { OutboxEmpty } from './OutboxEmpty.tsx';
import { createOutboxStore, isFiltered, type OutboxListStore } from './outbox.store.ts';
import { outboxColumns } from './outboxColumns.tsx';

const ColumnsDialog = lazy(async () => ({ default: (await import('../../../ui/table/ColumnsDialog.tsx')).ColumnsDialog }));

const firstColumns = initialColumns(outboxColumns);

/** All mails: those that wait, go and went. */
export function OutboxTab() {
  const styles = useStyles();
  const client = useClient();
  const [store] = useState(() => createOutboxStore(client));
  const { shown, count, isCounted, total, selection, released, error } = useStore(store);
  const { follow, select, refresh } = store.getState();
  const columns = usePreference('outbox.columns', columnState, firstColumns);
  const chosen = useMemo(() => mergeColumns(columns.value, outboxColumns), [columns.value]);
  const visible = useMemo(() => visibleColumns(chosen, outboxColumns), [chosen]);
  const [dialog, setDialog] = useState<'columns' | null>(null);
  const search = useRef<HTMLInputElement>(null);

  useEffect(() => follow(), [follow]);
  const focusSearch = useCallback(() => {
    search.current?.focus();
    search.current?.select();
  }, []);
  usePaneCommands(useMemo(() => ({ refresh, chooseColumns: () => setDialog('columns'), focusSearch }), [refresh, focusSearch]));
  const chosenCount = selectedCount(selection);
  const counts = shown === null || total === null || !isCounted ? undefined : text.counted(count, total, isFiltered(shown));
  usePaneStatus({
    counts: [released > 0 && text.released(released), chosenCount > 1 && text.selected(chosenCount), counts].filter(Boolean).join(', '),
  });

  return (
    <div className={styles.root}>
      <SearchRow store={store} inputRef={search} />
      {error && <ErrorNotice error={error} context={text.listFailed} actions={<Button onClick={refresh}>{text.tryAgain}</Button>} />}
      <div className={styles.list}>
        <ListTable
          store={store}
          label={text.list}
          columns={visible}
          count={count}
          onResize={(widths) => columns.set(resizeColumns(chosen, widths))}
          selection={selection}
          onSelection={select}
          onType={focusSearch}
          topKey={JSON.stringify(shown)}
          empty={shown && <OutboxEmpty view={shown} store={store} />}
          isFocusHome
        />
      </div>
      <Suspense>
        {dialog === 'columns' && (
          <ColumnsDialog columns={outboxColumns} state={chosen} onApply={columns.set} onClose={() => setDialog(null)} />
        )}
      </Suspense>
    </div>
  );
}

interface SearchRowProps {
  readonly store: StoreApi<OutboxListStore>;
  readonly inputRef: RefObject<HTMLInputElement | null>;
}

/** What limits the list: search text and state. */
function SearchRow({ store, inputRef }: SearchRowProps) {
  const styles = useStyles();
  const showId = useId();
  const search = useStore(store, (s) => s.view.search);
  const state = useStore(store, (s) => s.view.state);
  const { setSearch, setState } = store.getState();

  return (
    <div role="search" className={styles.search}>
      <SearchBox
        ref={inputRef}
        className={styles.box}
        placeholder={text.search}
        aria-label={text.search}
        aria-keyshortcuts="Control+F"
        maxLength={256}
        value={search}
        dismiss={{ 'aria-label': text.clearSearch }}
        onChange={(_event, data) => setSearch(data.value)}
      />
      <Label htmlFor={showId}>{text.show}</Label>
      <Select id={showId} value={state ?? ''} onChange={(_event, data) => setState(data.value === '' ? null : (data.value as MailState))}>
        <option value="">{text.showAll}</option>
        {mailStates.map((one) => (
          <option key={one} value={one}>
            {mailStateText[one]}
          </option>
        ))}
      </Select>
    </div>
  );
}

const useStyles = makeStyles({
  root: { flex: '1 0 auto', display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalS },
  search: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS },
  box: { width: '360px', maxWidth: '100%' },
  list: { flex: '1 1 0', minHeight: '224px' },
});
