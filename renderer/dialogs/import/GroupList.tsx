import { makeStyles, SearchBox } from '@fluentui/react-components';
import { useMemo } from 'react';
import { useStore, type StoreApi } from 'zustand';
import type { DirectoryGroup } from '../../../shared/contract/directory.contract.ts';
import { importDialogText as text } from '../../i18n/en/importDialog.ts';
import { readSummaryText } from '../../i18n/en/jobs.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { noSelection, selectOnly, type Selection } from '../../ui/table/selection.ts';
import type { TableColumn } from '../../ui/table/tableColumn.ts';
import { VirtualTable } from '../../ui/table/VirtualTable.tsx';
import type { ChooserStore } from './chooser.store.ts';

const columns: readonly TableColumn<DirectoryGroup>[] = [{ id: 'name', header: text.name, width: 260, text: ({ name }) => name }];

const noGroups: readonly DirectoryGroup[] = [];

/** The security groups of the directory; typing asks the directory, so that any number of groups can be searched. */
export function GroupList({ store }: { readonly store: StoreApi<ChooserStore> }) {
  const styles = useStyles();
  const groups = useStore(store, (s) => s.groups);
  const search = useStore(store, (s) => s.groupSearch);
  const selected = useStore(store, (s) => s.selection.group);
  const { searchGroups, selectGroup } = store.getState();
  const items = groups.phase === 'ready' ? groups.items : noGroups;
  const selection = useMemo(() => {
    const index = items.findIndex(({ dn }) => dn === selected);
    return index < 0 ? noSelection : selectOnly(index);
  }, [items, selected]);

  function onSelection({ active }: Selection) {
    const group = items[active];
    if (group) selectGroup(group.dn);
  }

  return (
    <>
      <SearchBox
        size="small"
        aria-label={text.groupSearch}
        placeholder={text.groupSearch}
        value={search}
        className={styles.search}
        onChange={(_event, data) => searchGroups(data.value)}
      />
      {groups.phase === 'failed' && <ErrorNotice error={groups.error} />}
      <div className={styles.list}>
        <VirtualTable
          label={text.groupsLabel}
          columns={columns}
          count={items.length}
          row={(index) => items[index]}
          selection={selection}
          onSelection={onSelection}
          empty={groups.phase === 'ready' ? text.noGroups : groups.phase === 'reading' ? text.reading : null}
        />
      </div>
      {groups.phase === 'ready' && <div className={styles.count}>{readSummaryText(groups.read)}</div>}
    </>
  );
}

const useStyles = makeStyles({
  search: { maxWidth: 'none' },
  list: { flex: '1 1 0', minHeight: '120px' },
  count: { textAlign: 'right' },
});
