import { Button, Tag, TagGroup, Text, makeStyles, tokens } from '@fluentui/react-components';
import { FilterRegular } from '@fluentui/react-icons';
import { useEffect, useState, type RefObject } from 'react';
import { useStore } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import { isAppError } from '../../../shared/contract/errors.ts';
import type { UserFilter } from '../../../shared/contract/userFilter.ts';
import { useClient } from '../../app/client.tsx';
import { useShell } from '../../app/useShell.ts';
import { conditionText } from '../../i18n/en/userFilter.ts';
import { usersText } from '../../i18n/en/users.ts';
import { ListSearch } from '../../ui/ListSearch.tsx';
import { shortInstantText } from '../../ui/instants.ts';
import type { UsersStore } from './users.store.ts';

interface SearchRowProps {
  readonly store: StoreApi<UsersStore>;
  readonly inputRef: RefObject<HTMLInputElement | null>;
  /** Opens Filter User List. */
  onEditFilter(): void;
  onFilter(filter: UserFilter | null): void;
}

/** What limits the list: search text, and a chip for each other filter. */
export function SearchRow({ store, inputRef, onEditFilter, onFilter }: SearchRowProps) {
  const search = useStore(store, (s) => s.view.search);
  const filter = useStore(store, (s) => s.view.filter);
  const { setSearch } = store.getState();
  const importJobId = useShell((s) => s.importJobId);
  const showImport = useShell((s) => s.showImport);

  return (
    <ListSearch label={usersText.search} clearLabel={usersText.clearSearch} value={search} inputRef={inputRef} onSearch={setSearch}>
      <Button icon={<FilterRegular />} onClick={onEditFilter}>
        {usersText.filter}
      </Button>
      {filter && <FilterChips filter={filter} onFilter={onFilter} />}
      {importJobId !== null && <ImportChip jobId={importJobId} onRemove={() => showImport(null)} />}
    </ListSearch>
  );
}

/** The conditions of the filter, each of which can be taken away. */
function FilterChips({ filter, onFilter }: { readonly filter: UserFilter; onFilter(filter: UserFilter | null): void }) {
  const styles = useStyles();
  const { match, conditions } = filter;

  function remove(place: number) {
    const left = conditions.filter((_condition, index) => index !== place);
    onFilter(left.length === 0 ? null : { match, conditions: left });
  }
  return (
    <>
      {match === 'any' && conditions.length > 1 && <Text>{usersText.oneOf}</Text>}
      <TagGroup aria-label={usersText.conditions} className={styles.chips} onDismiss={(_event, data) => remove(Number(data.value))}>
        {conditions.map((condition, index) => (
          // Conditions have no names, and two may be the same.
          <Tag key={index} value={String(index)} dismissible dismissIcon={{ 'aria-label': usersText.removeFilter }}>
            <bdi>{conditionText(condition)}</bdi>
          </Tag>
        ))}
      </TagGroup>
    </>
  );
}

function ImportChip({ jobId, onRemove }: { readonly jobId: string; onRemove(): void }) {
  const client = useClient();
  const [label, setLabel] = useState<string>(usersText.importChipUnknown);

  useEffect(() => {
    const controller = new AbortController();
    client.jobs.get({ jobId }, { signal: controller.signal }).then(
      (job) => setLabel(usersText.importChip(shortInstantText(job.startedAt))),
      (error: unknown) => {
        if (!isAppError(error)) throw error; // a job whose history is gone keeps the plain label
      },
    );
    return () => controller.abort();
  }, [client, jobId]);

  return (
    <TagGroup aria-label={usersText.filters} onDismiss={onRemove}>
      <Tag value={jobId} dismissible dismissIcon={{ 'aria-label': usersText.removeFilter }}>
        {label}
      </Tag>
    </TagGroup>
  );
}

const useStyles = makeStyles({
  chips: { flexWrap: 'wrap', rowGap: tokens.spacingVerticalXS },
});
