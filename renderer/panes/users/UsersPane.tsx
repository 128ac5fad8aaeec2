import { Button, makeStyles, tokens } from '@fluentui/react-components';
import {
  ArrowResetRegular,
  DeleteRegular,
  MailRegular,
  NumberSymbolSquareRegular,
  PeopleAddRegular,
  PeopleEditRegular,
  PersonAddRegular,
  PersonAvailableRegular,
  PersonClockRegular,
  PersonEditRegular,
  PersonKeyRegular,
  PersonProhibitedRegular,
} from '@fluentui/react-icons';
import { lazy, Suspense, useCallback, useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import { z } from 'zod';
import { useStore } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import { userColumns as sortColumns, type UserColumn, type UserRow } from '../../../shared/contract/users.contract.ts';
import { userFilter, type UserFilter } from '../../../shared/contract/userFilter.ts';
import { isAppError } from '../../../shared/contract/errors.ts';
import { useClient } from '../../app/client.tsx';
import { useDialogs, type SelectedUsers, type UserChange, type UserPlace } from '../../app/dialogs.store.ts';
import { usePaneCommands, usePaneStatus, useShell } from '../../app/useShell.ts';
import { useOpenImport } from '../../app/useOpenImport.ts';
import { sendEmailText } from '../../i18n/en/sendEmail.ts';
import { usersText } from '../../i18n/en/users.ts';
import { CommandMenu, CommandRow, type Command } from '../../ui/CommandRow.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { usePreference } from '../../ui/preferences.tsx';
import { columnState, initialColumns, mergeColumns, resizeColumns, visibleColumns } from '../../ui/table/columns.ts';
import { selectedCount, selectOnly } from '../../ui/table/selection.ts';
import { ListTable } from '../../ui/table/ListTable.tsx';
import { usePhoneFormat } from './phoneFormat.ts';
import { DisabledWarning } from './DisabledWarning.tsx';
import { SearchRow } from './SearchRow.tsx';
import { userColumns } from './userColumns.tsx';
import { createUserAhead, type UserAhead } from './userAhead.ts';
import { createUsersStore, isLimited, listInput, type UsersStore } from './users.store.ts';
import { UsersEmpty } from './UsersEmpty.tsx';

const ColumnsDialog = lazy(async () => ({ default: (await import('../../ui/table/ColumnsDialog.tsx')).ColumnsDialog }));

const keptSort = z.object({ column: z.enum(sortColumns), descending: z.boolean() });
const filterPreference = userFilter.nullable();
/** Whom the finding of Status means. */
const incompleteUsers: UserFilter = {
  match: 'all',
  conditions: [
    { kind: 'flag', field: 'enabled', is: true },
    { kind: 'flag', field: 'complete', is: false },
  ],
};
const firstSort: z.infer<typeof keptSort> = { column: 'username', descending: false };
const firstColumns = initialColumns(userColumns((phone) => phone));

/** Commands that change whoever is selected in one way. */
const changes: readonly (Pick<Command, 'label' | 'icon'> & { readonly change: UserChange })[] = [
  { change: 'enable', label: usersText.enable, icon: <PersonAvailableRegular /> },
  { change: 'disable', label: usersText.disable, icon: <PersonProhibitedRegular /> },
  { change: 'reset-pin', label: usersText.resetPin, icon: <NumberSymbolSquareRegular /> },
  { change: 'reset-method', label: usersText.resetMethod, icon: <ArrowResetRegular /> },
];

/** Everybody who can sign in: the list, its search, and what can be done with it. */
export function UsersPane() {
  const styles = useStyles();
  const client = useClient();
  const [store] = useState(() => createUsersStore(client));
  const view = useStore(store, (s) => s.view);
  const shown = useStore(store, (s) => s.shown);
  const count = useStore(store, (s) => s.count);
  const isCounted = useStore(store, (s) => s.isCounted);
  const total = useStore(store, (s) => s.total);
  const selection = useStore(store, (s) => s.selection);
  const released = useStore(store, (s) => s.released);
  const error = useStore(store, (s) => s.error);
  const { follow, setFilter, setImport, sortBy, select, refresh } = store.getState();

  const sort = usePreference('users.sort', keptSort, firstSort);
  const keptFilter = usePreference('users.filter', filterPreference, null);
  const columns = usePreference('users.columns', columnState, firstColumns);
  const format = usePhoneFormat();
  const known = useMemo(() => userColumns(format), [format]);
  const chosen = useMemo(() => mergeColumns(columns.value, known), [columns.value, known]);
  const visible = useMemo(() => visibleColumns(chosen, known), [chosen, known]);

  const [dialog, setDialog] = useState<'columns' | null>(null);
  const search = useRef<HTMLInputElement>(null);
  const importJobId = useShell((s) => s.importJobId);
  const aim = useShell((s) => s.aim);
  const kind = useShell((s) => s.directory?.kind);
  const openImport = useOpenImport();
  const openDialog = useDialogs((s) => s.open);

  // From then on the store knows the order; the preference only remembers it.
  const start = useEffectEvent(() => follow({ sort: sort.value, filter: aim === 'incomplete' ? incompleteUsers : keptFilter.value }));
  const isLoaded = sort.isLoaded && keptFilter.isLoaded;
  useEffect(() => (isLoaded ? start() : undefined), [isLoaded]);
  useEffect(() => setImport(importJobId), [setImport, importJobId]);

  const focusSearch = useCallback(() => {
    search.current?.focus();
    search.current?.select();
  }, []);
  const exportUsers = useCallback(() => {
    const { shown: list, selection: now, ...state } = store.getState();
    if (!list) return openDialog({ kind: 'csv-export' });
    const counted = state.isCounted ? state.count : null;
    openDialog({
      kind: 'csv-export',
      shown: { list: listInput(list), count: counted, ranges: now.ranges, ids: now.ranges.length > 0 ? state.heldIds() : undefined },
    });
  }, [store, openDialog]);
  usePaneCommands(
    useMemo(() => ({ refresh, chooseColumns: () => setDialog('columns'), focusSearch, exportUsers }), [refresh, focusSearch, exportUsers]),
  );
  const isFiltered = shown !== null && isLimited(shown);
  const chosenCount = selectedCount(selection);
  const counts = total === null || !isCounted ? undefined : usersText.counted(count, total, isFiltered);
  usePaneStatus({
    counts: [released > 0 && usersText.released(released), chosenCount > 1 && usersText.selected(chosenCount), counts]
      .filter(Boolean)
      .join(', '),
  });

  /** Asks for the keyboard's row where it was never loaded or is far from those on screen. */
  const withActive = useCallback(
    async (run: (user: UserRow, place: UserPlace) => void) => {
      const { selection: now, shown: list, count: length, row } = store.getState();
      if (!list || now.active < 0) return;
      try {
        const user = row(now.active) ?? (await client.users.list({ ...listInput(list), offset: now.active, limit: 1 })).rows[0];
        if (!user) return;
        run(user, { list: listInput(list), index: now.active, count: length, onMove: (to) => select(selectOnly(to)) });
      } catch (thrown) {
        if (!isAppError(thrown)) throw thrown; // the list says why nothing can be read
        refresh();
      }
    },
    [client, store, select, refresh],
  );
  const knownUser = useUserAhead(store);
  const edit = useCallback(
    () => void withActive(({ id }, place) => openDialog({ kind: 'edit-user', id, place, known: knownUser(id) })),
    [withActive, openDialog, knownUser],
  );
  /** The rows that are marked; where none is, the keyboard's row. */
  const withSelected = useCallback(
    (run: (selected: SelectedUsers) => void) => {
      const { selection: now, shown: list, heldIds } = store.getState();
      if (!list || now.active < 0) return;
      const ranges = now.ranges.length > 0 ? now.ranges : [{ from: now.active, to: now.active }];
      run({ list: listInput(list), ranges, ids: heldIds() });
    },
    [store],
  );
  const remove = useCallback(() => withSelected((selected) => openDialog({ kind: 'remove-users', selected })), [withSelected, openDialog]);

  const isNobody = selection.active < 0;
  const commands: readonly Command[] = [
    { id: 'add', calls: 'users.add', label: usersText.add, icon: <PersonAddRegular />, run: () => openDialog({ kind: 'add-user' }) },
    { id: 'edit', label: usersText.edit, icon: <PersonEditRegular />, keys: 'Enter', isDisabled: isNobody, run: edit },
    {
      id: 'remove',
      calls: 'users.remove',
      label: usersText.remove,
      icon: <DeleteRegular />,
      keys: 'Del',
      isDisabled: isNobody,
      run: remove,
    },
    {
      id: 'import',
      calls: 'imports.start',
      label: kind === undefined || kind === 'ad' ? usersText.importFromAd : usersText.importFromLdap,
      icon: <PeopleAddRegular />,
      run: () => void openImport(),
    },
    {
      id: 'test',
      calls: 'verify.check',
      label: usersText.test,
      icon: <PersonKeyRegular />,
      isDisabled: isNobody,
      run: () => void withActive(({ id }) => openDialog({ kind: 'test-user', id })),
    },
    {
      id: 'send-emails',
      calls: 'outbox.send',
      label: sendEmailText.command,
      icon: <MailRegular />,
      isDisabled: isNobody,
      run: () => withSelected((selected) => openDialog({ kind: 'send-emails', selected })),
    },
  ];
  const rowCommands: readonly Command[] = [
    ...commands,
    {
      id: 'bypass',
      calls: 'bypasses.start',
      label: usersText.bypass,
      icon: <PersonClockRegular />,
      isDisabled: isNobody,
      run: () => void withActive(({ id }) => openDialog({ kind: 'bypass', id })),
    },
    {
      id: 'edit-many',
      calls: 'users.editMany',
      label: usersText.editMany,
      icon: <PeopleEditRegular />,
      isDisabled: isNobody,
      run: () => withSelected((selected) => openDialog({ kind: 'edit-users', selected })),
    },
    ...changes.map(({ change, label, icon }) => ({
      id: change,
      calls: 'users.editMany' as const,
      label,
      icon,
      isDisabled: isNobody,
      run: () => withSelected((selected) => openDialog({ kind: 'change-users', change, selected })),
    })),
  ];

  function applyFilter(filter: UserFilter | null) {
    setFilter(filter);
    keptFilter.set(filter);
  }

  const editFilter = () => openDialog({ kind: 'filter-users', filter: view.filter, onApply: applyFilter });

  function onSort(column: string) {
    sortBy(column as UserColumn);
    sort.set(store.getState().view.sort);
  }

  return (
    <div className={styles.root}>
      <DisabledWarning />
      <SearchRow store={store} inputRef={search} onEditFilter={editFilter} onFilter={applyFilter} />
      {error && (
        <ErrorNotice error={error} context={usersText.listFailed} actions={<Button onClick={refresh}>{usersText.tryAgain}</Button>} />
      )}
      <div className={styles.list}>
        <ListTable
          store={store}
          label={usersText.list}
          columns={visible}
          count={count}
          sort={view.sort}
          onSort={onSort}
          onResize={(widths) => columns.set(resizeColumns(chosen, widths))}
          selection={selection}
          onSelection={select}
          onOpen={edit}
          onDelete={remove}
          onType={focusSearch}
          contextMenu={<CommandMenu commands={rowCommands} />}
          topKey={JSON.stringify(shown)}
          empty={shown && <UsersEmpty view={shown} store={store} onFilter={applyFilter} />}
          isFocusHome
        />
      </div>
      <CommandRow commands={commands} />
      <Suspense>
        {dialog === 'columns' && <ColumnsDialog columns={known} state={chosen} onApply={columns.set} onClose={() => setDialog(null)} />}
      </Suspense>
    </div>
  );
}

/** Edit User is opened a hundred times a day: whoever has the keyboard's row is read before. */
function useUserAhead(store: StoreApi<UsersStore>): UserAhead['known'] {
  const client = useClient();
  const [ahead] = useState(() => createUserAhead(client));
  useEffect(() => ahead.follow(), [ahead]);
  useEffect(() => {
    // Also when rows were read again: then something has changed.
    const look = ({ selection, row }: UsersStore) => {
      const user = selection.active < 0 ? undefined : row(selection.active);
      if (user) ahead.look(user.id);
    };
    look(store.getState());
    return store.subscribe(look);
  }, [ahead, store]);
  return ahead.known;
}

const useStyles = makeStyles({
  root: { flex: '1 0 auto', display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalS },
  list: { flex: '1 1 0', minHeight: '224px' },
});
