import { Button, Checkbox, Label, makeStyles, SpinButton, tokens } from '@fluentui/react-components';
import { ArrowClockwiseRegular, PersonProhibitedRegular, WarningRegular } from '@fluentui/react-icons';
import { useEffect, useId, useMemo, useState } from 'react';
import { useStore, type StoreApi } from 'zustand';
import type { DirectoryPerson, PhoneType } from '../../../shared/contract/directory.contract.ts';
import { importDialogText as text, phoneText } from '../../i18n/en/importDialog.ts';
import { readSummaryText } from '../../i18n/en/jobs.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { noSelection, type Selection } from '../../ui/table/selection.ts';
import type { TableColumn } from '../../ui/table/tableColumn.ts';
import { VirtualTable } from '../../ui/table/VirtualTable.tsx';
import { phonesOf, type ChooserStore } from './chooser.store.ts';

const none: readonly DirectoryPerson[] = [];

/** The right side of the first page: who is in the selected place, how many were read and whether that is everybody. */
export function PeopleGrid({ store }: { readonly store: StoreApi<ChooserStore> }) {
  const styles = useStyles();
  const limitId = useId();
  const { directory, people, showsPeople, displayLimit, selection, view, scopeKind, filterProblem } = useStore(store);
  const { showPeople, setDisplayLimit, selectUsers, refreshPeople } = store.getState();
  const items = people.phase === 'ready' ? people.items : none;
  const columns = useMemo(() => peopleColumns(phonesOf(directory)), [directory]);
  const [rows, setRows] = useState<Selection>(noSelection);

  // Other people: the positions mean nothing any more.
  useEffect(() => setRows(noSelection), [items]);

  function onSelection(next: Selection) {
    setRows(next);
    selectUsers(new Set(next.ranges.flatMap(({ from, to }) => items.slice(from, to + 1).map(({ dn }) => dn))));
  }

  return (
    <div className={styles.root}>
      <div className={styles.head}>
        <Checkbox label={text.displayUsers} checked={showsPeople} onChange={(_event, data) => showPeople(data.checked === true)} />
        <Label htmlFor={limitId}>{text.displayLimit}</Label>
        <SpinButton
          id={limitId}
          size="small"
          className={styles.limit}
          min={1}
          max={10_000}
          step={100}
          value={displayLimit}
          onChange={(_event, data) => setDisplayLimit((data.value ?? Number(data.displayValue)) || displayLimit)}
        />
        <Button
          size="small"
          appearance="subtle"
          icon={<ArrowClockwiseRegular />}
          aria-label={text.refresh}
          title={text.refresh}
          onClick={refreshPeople}
        />
      </div>
      {people.phase === 'failed' && <ErrorNotice error={people.error} actions={<Button onClick={refreshPeople}>{text.tryAgain}</Button>} />}
      <div className={styles.grid}>
        <VirtualTable
          label={text.peopleLabel}
          columns={columns}
          count={items.length}
          row={(index) => items[index]}
          selection={rows}
          onSelection={onSelection}
          empty={emptyText()}
        />
      </div>
      <div className={styles.foot} aria-live="polite">
        {selection.users.size > 0 && <span>{text.selectedCount(selection.users.size)}</span>}
        {people.phase === 'ready' && (
          <span className={styles.read}>
            {!people.read.complete && <WarningRegular aria-hidden className={styles.warning} />}
            {readSummaryText(people.read)}
          </span>
        )}
      </div>
    </div>
  );

  function emptyText(): string | null {
    if (people.phase === 'reading') return text.reading;
    if (people.phase === 'failed') return null;
    if (people.phase === 'ready') return view === 'containers' && scopeKind !== 'container-below' ? text.noPeopleBelow : text.noPeople;
    if (!showsPeople) return text.peopleHidden;
    if (filterProblem) return text.correctFilter;
    if (view === 'search') return text.enterSearch;
    return selection.container === null && selection.group === null ? text.selectPlace : text.reading;
  }
}

function peopleColumns(phones: readonly PhoneType[]): readonly TableColumn<DirectoryPerson>[] {
  return [
    {
      id: 'username',
      header: text.username,
      width: 176,
      text: ({ username, disabled }) => (disabled ? `${username} (${text.disabledAccount})` : username),
      render: ({ username, disabled }) =>
        disabled ? (
          <>
            <PersonProhibitedRegular aria-label={text.disabledAccount} /> {username}
          </>
        ) : (
          username
        ),
    },
    { id: 'name', header: text.name, width: 112, text: ({ name }) => name },
    { id: 'email', header: text.email, width: 140, text: ({ email }) => email },
    ...phones.map((type) => ({
      id: type,
      header: phoneText[type],
      width: 152,
      text: ({ phones: numbers }: DirectoryPerson) => numbers[type] ?? '',
    })),
  ];
}

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', minWidth: '0', minHeight: '0' },
  head: { display: 'flex', alignItems: 'center', columnGap: tokens.spacingHorizontalS, flexWrap: 'wrap' },
  limit: { width: '96px' },
  grid: { flex: '1 1 0', minHeight: '140px' },
  foot: {
    display: 'flex',
    justifyContent: 'flex-end',
    columnGap: tokens.spacingHorizontalL,
    minHeight: tokens.lineHeightBase300,
    fontVariantNumeric: 'tabular-nums',
  },
  read: { display: 'inline-flex', alignItems: 'center', columnGap: tokens.spacingHorizontalXS },
  warning: { color: tokens.colorStatusWarningForeground1 },
});
