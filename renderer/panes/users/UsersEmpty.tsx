import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { PeopleAddRegular, PeopleSearchRegular } from '@fluentui/react-icons';
import { useState, type ReactNode } from 'react';
import type { StoreApi } from 'zustand/vanilla';
import { useClient } from '../../app/client.tsx';
import { useDialogs } from '../../app/dialogs.store.ts';
import { useShell } from '../../app/useShell.ts';
import { useOpenImport } from '../../app/useOpenImport.ts';
import { usersText } from '../../i18n/en/users.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import type { UsersStore, UsersView } from './users.store.ts';

/** Why the list is empty, and what to do about it. */
export function UsersEmpty({ view, store }: { readonly view: UsersView; readonly store: StoreApi<UsersStore> }) {
  const showImport = useShell((s) => s.showImport);
  const search = view.search.trim();
  if (search === '' && view.importJobId === null) return <FirstSteps />;

  function showAll() {
    store.getState().setSearch('');
    showImport(null);
  }
  return (
    <EmptyState
      icon={<PeopleSearchRegular />}
      title={usersText.noMatchTitle}
      text={search === '' ? usersText.noMatchImport : usersText.noMatch(search)}
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
      <Button appearance="primary" onClick={() => void openImport()}>
        {usersText.importFromAd}
      </Button>
      {maySample && (
        <Button disabled={isStarting} onClick={() => void trySample()}>
          {isStarting ? usersText.startingSample : usersText.trySample}
        </Button>
      )}
      {error !== null && <ErrorNotice error={error} context={usersText.sampleFailed} />}
    </EmptyState>
  );
}

interface EmptyStateProps {
  readonly icon: ReactNode;
  readonly title: string;
  readonly text: string;
  readonly children: ReactNode;
}

function EmptyState({ icon, title, text, children }: EmptyStateProps) {
  const styles = useStyles();
  return (
    <div className={styles.root}>
      <span className={styles.icon} aria-hidden>
        {icon}
      </span>
      <h2 className={styles.title}>{title}</h2>
      <p className={styles.text} dir="auto">
        {text}
      </p>
      <div className={styles.actions}>{children}</div>
    </div>
  );
}

const useStyles = makeStyles({
  root: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    rowGap: tokens.spacingVerticalS,
    maxWidth: '560px',
    textAlign: 'center',
  },
  icon: { fontSize: tokens.fontSizeHero1000, lineHeight: '1', color: tokens.colorBrandForeground1 },
  title: { margin: '0', fontSize: tokens.fontSizeBase500, lineHeight: tokens.lineHeightBase500, fontWeight: tokens.fontWeightSemibold },
  text: { margin: '0', color: tokens.colorNeutralForeground2, whiteSpace: 'normal', overflowWrap: 'anywhere' },
  actions: {
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'center',
    gap: tokens.spacingHorizontalS,
    marginTop: tokens.spacingVerticalS,
  },
});
