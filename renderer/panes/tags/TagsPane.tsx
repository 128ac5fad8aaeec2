import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { DeleteRegular, EditRegular, MergeRegular, SearchRegular, TagAddRegular, TagMultipleRegular } from '@fluentui/react-icons';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { Tag } from '../../../shared/contract/tags.contract.ts';
import { useClient } from '../../app/client.tsx';
import { useDialogs } from '../../app/dialogs.store.ts';
import { usePaneCommands, usePaneStatus } from '../../app/useShell.ts';
import { formatCount } from '../../i18n/en/jobs.ts';
import { tagsText } from '../../i18n/en/tags.ts';
import { CommandButton } from '../../ui/CommandButton.tsx';
import { CommandMenu, CommandRow, type Command } from '../../ui/CommandRow.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { ListSearch } from '../../ui/ListSearch.tsx';
import { TagLabel } from '../../ui/TagLabel.tsx';
import type { TableColumn } from '../../ui/table/tableColumn.ts';
import { VirtualTable } from '../../ui/table/VirtualTable.tsx';
import { createTagsStore } from './tags.store.ts';

const columns: readonly TableColumn<Tag>[] = [
  {
    ...{ id: 'name', header: tagsText.columns.name, width: 220, grow: 1, isSortable: true },
    text: ({ name }) => name,
    render: (tag) => <TagLabel {...tag} />,
  },
  {
    ...{ id: 'users', header: tagsText.columns.users, width: 96, isSized: true, isSortable: true, align: 'end' as const },
    text: ({ users }) => formatCount(users),
  },
  {
    id: 'description',
    header: tagsText.columns.description,
    width: 320,
    grow: 3,
    isSortable: true,
    text: ({ description }) => description,
  },
];

/** All tags: how many users have each, and what can be done with it. */
export function TagsPane() {
  const styles = useStyles();
  const client = useClient();
  const [store] = useState(() => createTagsStore(client));
  const { all, search, sort, rows, selection, error } = useStore(store);
  const { follow, load, setSearch, sortBy, select } = store.getState();
  const openDialog = useDialogs((s) => s.open);
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => follow(), [follow]);

  const refresh = useCallback(() => void load(), [load]);
  const focusSearch = useCallback(() => {
    box.current?.focus();
    box.current?.select();
  }, []);
  usePaneCommands(useMemo(() => ({ refresh, focusSearch }), [refresh, focusSearch]));
  usePaneStatus({ counts: all ? tagsText.counted(rows.length, all.length) : undefined });

  const chosen = rows[selection.active];
  const openFor = (kind: 'edit-tag' | 'remove-tag' | 'merge-tag') => chosen && openDialog({ kind, tag: chosen });
  const isNone = chosen === undefined;
  const commands: readonly Command[] = [
    { id: 'add', calls: 'tags.add', label: tagsText.add, icon: <TagAddRegular />, run: () => openDialog({ kind: 'add-tag' }) },
    { id: 'edit', label: tagsText.edit, icon: <EditRegular />, keys: 'Enter', isDisabled: isNone, run: () => openFor('edit-tag') },
    {
      id: 'remove',
      calls: 'tags.remove',
      label: tagsText.remove,
      icon: <DeleteRegular />,
      keys: 'Del',
      isDisabled: isNone,
      run: () => openFor('remove-tag'),
    },
    {
      ...{ id: 'merge', calls: 'tags.merge', label: tagsText.merge, icon: <MergeRegular /> },
      isDisabled: isNone || (all?.length ?? 0) < 2,
      run: () => openFor('merge-tag'),
    },
  ];

  return (
    <div className={styles.root}>
      <ListSearch label={tagsText.search} clearLabel={tagsText.clearSearch} value={search} inputRef={box} onSearch={setSearch} />
      {error && (
        <ErrorNotice error={error} context={tagsText.listFailed} actions={<Button onClick={refresh}>{tagsText.tryAgain}</Button>} />
      )}
      <div className={styles.list}>
        <VirtualTable
          label={tagsText.list}
          columns={columns}
          count={rows.length}
          row={(index) => rows[index]}
          sort={sort}
          onSort={sortBy}
          selection={selection}
          onSelection={select}
          onOpen={() => openFor('edit-tag')}
          onDelete={() => openFor('remove-tag')}
          onType={focusSearch}
          contextMenu={<CommandMenu commands={commands} />}
          empty={all && <Empty search={search} hasTags={all.length > 0} onShowAll={() => setSearch('')} />}
          isFocusHome
        />
      </div>
      <CommandRow commands={commands} />
    </div>
  );
}

interface EmptyProps {
  readonly search: string;
  readonly hasTags: boolean;
  onShowAll(): void;
}

function Empty({ search, hasTags, onShowAll }: EmptyProps) {
  const openDialog = useDialogs((s) => s.open);
  if (!hasTags) {
    return (
      <EmptyState icon={<TagMultipleRegular />} title={tagsText.emptyTitle} text={tagsText.emptyText}>
        <CommandButton calls="tags.add" appearance="primary" onClick={() => openDialog({ kind: 'add-tag' })}>
          {tagsText.add}
        </CommandButton>
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={<SearchRegular />} title={tagsText.noMatchTitle} text={tagsText.noMatch(search.trim())}>
      <Button onClick={onShowAll}>{tagsText.showAll}</Button>
    </EmptyState>
  );
}

const useStyles = makeStyles({
  root: { flex: '1 0 auto', display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalS },
  list: { flex: '1 1 0', minHeight: '224px' },
});
