import { Button } from '@fluentui/react-components';
import { PeopleAddRegular, PeopleSearchRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import type { StoreApi } from 'zustand/vanilla';
import { useClient } from '../../app/client.tsx';
import { useDialogs } from '../../app/dialogs.store.ts';
import { useShell } from '../../app/useShell.ts';
import { useOpenImport } from '../../app/useOpenImport.ts';
import { setupText } from '../../i18n/en/setup.ts';
import { usersText } from '../../i18n/en/users.ts';
import { CommandButton } from '../../ui/CommandButton.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { isLimited, type UsersStore, type UsersView } from './users.store.ts';

interface UsersEmptyProps {
  readonly view: UsersView;
  readonly store: StoreApi<UsersStore>;
  onFilter(filter: null): void;
}

/** Why the list is empty, and what to do about it. */
export function UsersEmpty({ view, store, onFilter }: UsersEmptyProps) {
  const showImport = useShell((s) => s.showImport);
  const search = view.search.trim();
  if (!isLimited(view)) return <FirstSteps />;

  function showAll() {
    store.getState().setSearch('');
    if (view.filter) onFilter(null);
    showImport(null);
  }
  return (
    <EmptyState
      icon={<PeopleSearchRegular />}
      title={usersText.noMatchTitle}
      text={view.filter ? usersText.noMatchFilter : search === '' ? usersText.noMatchImport : usersText.noMatch(search)}
    >
      <Button onClick={showAll}>{usersText.showAll}</Button>
    </EmptyState>
  );
}

/** The way from an empty console to people in the list: the own directory, or the sample one. */
function FirstSteps() {
  const { useSample: startSample } = useClient().directory;
  const open = useDialogs((s) => s.open);
  const openImport = useOpenImport();
  const directory = useShell((s) => s.directory);
  const readDirectory = useShell((s) => s.readDirectory);
  const showSetup = useShell((s) => s.showSetup);
  const [isStarting, setStarting] = useState(false);
  const [error, setError] = useState<unknown>(null);
  // A real directory that is configured already must not be replaced by a click that only wants to look around.
  const maySample = directory === null || directory?.sample === true;

  async function trySample() {
    setStarting(true);
    setError(null);
    try {
      await startSample(null);
      await readDirectory();
      open({ kind: 'import', sample: true });
    } catch (thrown) {
      setError(thrown);
    } finally {
      setStarting(false);
    }
  }

  return (
    <EmptyState icon={<PeopleAddRegular />} title={usersText.emptyTitle} text={usersText.emptyText}>
      <CommandButton calls="imports.start" appearance="primary" onClick={() => void openImport()}>
        {usersText.importFromAd}
      </CommandButton>
      {maySample && (
        <Button disabled={isStarting} onClick={() => void trySample()}>
          {isStarting ? usersText.startingSample : usersText.trySample}
        </Button>
      )}
      <Button onClick={() => showSetup('directory')}>{setupText.offer}</Button>
      {error !== null && <ErrorNotice error={error} context={usersText.sampleFailed} />}
    </EmptyState>
  );
}
