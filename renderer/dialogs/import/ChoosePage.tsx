import { Button, Field, Input, Label, Link, makeStyles, Select, Tab, TabList, tokens } from '@fluentui/react-components';
import { useId } from 'react';
import { useStore, type StoreApi } from 'zustand';
import { importDialogText as text, scopeText } from '../../i18n/en/importDialog.ts';
import { canonicalName } from '../../ui/canonicalName.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { SubmitForm } from '../../ui/SubmitForm.tsx';
import type { ChooserStore } from './chooser.store.ts';
import { ContainerTree } from './ContainerTree.tsx';
import { GroupList } from './GroupList.tsx';
import { scopeKindsOf, type ScopeKind, type View } from './importForm.ts';
import { OptionTabs } from './OptionTabs.tsx';
import { PeopleGrid } from './PeopleGrid.tsx';
import type { TreeStore } from './tree.store.ts';

interface ChoosePageProps {
  readonly chooser: StoreApi<ChooserStore>;
  readonly tree: StoreApi<TreeStore>;
  onConfigure(): void;
  onUseSample(): void;
}

/** The first page of the import dialog, laid out as in the original. */
export function ChoosePage({ chooser, tree, onConfigure, onUseSample }: ChoosePageProps) {
  const styles = useStyles();
  const directory = useStore(chooser, (s) => s.directory);
  const { load } = chooser.getState();

  if (directory.phase === 'loading') return <p role="status">{text.reading}</p>;
  if (directory.phase === 'failed')
    return <ErrorNotice error={directory.error} actions={<Button onClick={() => void load()}>{text.tryAgain}</Button>} />;
  if (directory.phase === 'not-configured') {
    return (
      <div className={styles.empty}>
        <h3>{text.notConfigured}</h3>
        <p>{text.notConfiguredAdvice}</p>
        <div className={styles.buttons}>
          <Button appearance="primary" onClick={onUseSample}>
            {text.useSample}
          </Button>
          <Button onClick={onConfigure}>{text.configure}</Button>
        </div>
      </div>
    );
  }

  const { baseDn, servers } = directory.settings;
  return (
    <div className={styles.root}>
      <div className={styles.top}>
        <div className={styles.left}>
          <div className={styles.domain}>
            <span>{text.domain}</span>
            <bdi className={styles.domainName} title={`${baseDn}\n${servers.map(({ host, port }) => `${host}:${port}`).join(', ')}`}>
              {canonicalName(baseDn) || servers[0]?.host}
            </bdi>
            <Link onClick={onConfigure}>{text.configure}</Link>
          </div>
          <Places chooser={chooser} tree={tree} />
        </div>
        <PeopleGrid store={chooser} />
      </div>
      <ScopeLines store={chooser} />
      <OptionTabs store={chooser} />
    </div>
  );
}

function Places({ chooser, tree }: { readonly chooser: StoreApi<ChooserStore>; readonly tree: StoreApi<TreeStore> }) {
  const styles = useStyles();
  const id = useId();
  const view = useStore(chooser, (s) => s.view);
  const container = useStore(chooser, (s) => s.selection.container);
  const { openView, selectContainer } = chooser.getState();
  const tab = view === 'search' ? 'search' : 'list';

  return (
    <>
      <TabList size="small" selectedValue={tab} onTabSelect={(_event, data) => openView(data.value === 'search' ? 'search' : 'containers')}>
        <Tab id={`${id}-list`} value="list" aria-controls={`${id}-panel`}>
          {text.list}
        </Tab>
        <Tab id={`${id}-search`} value="search" aria-controls={`${id}-panel`}>
          {text.search}
        </Tab>
      </TabList>
      <div id={`${id}-panel`} role="tabpanel" aria-labelledby={`${id}-${tab}`} className={styles.places}>
        {view === 'search' ? (
          <SearchPlace store={chooser} />
        ) : (
          <>
            <Field label={text.view} orientation="horizontal" className={styles.view}>
              <Select value={view} onChange={(_event, data) => openView(data.value as View)}>
                <option value="containers">{text.containers}</option>
                <option value="groups">{text.groups}</option>
              </Select>
            </Field>
            {view === 'containers' ? (
              <ContainerTree store={tree} selected={container} onSelect={selectContainer} />
            ) : (
              <GroupList store={chooser} />
            )}
          </>
        )}
      </div>
    </>
  );
}

function SearchPlace({ store }: { readonly store: StoreApi<ChooserStore> }) {
  const styles = useStyles();
  const searchText = useStore(store, (s) => s.searchText);
  const { typeSearch, search } = store.getState();
  return (
    <SubmitForm className={styles.search} onSubmit={search}>
      <Field label={text.searchFor} hint={text.searchHint}>
        <Input value={searchText} onChange={(_event, data) => typeSearch(data.value)} />
      </Field>
      <Button type="submit" disabled={searchText.trim() === ''}>
        {text.searchButton}
      </Button>
    </SubmitForm>
  );
}

function ScopeLines({ store }: { readonly store: StoreApi<ChooserStore> }) {
  const styles = useStyles();
  const { filter, filterProblem, view, scopeKind } = useStore(store);
  const { typeFilter, applyFilter, chooseScopeKind } = store.getState();
  const scopeId = useId();
  return (
    <div className={styles.scope}>
      <Field
        label={text.userFilter}
        orientation="horizontal"
        className={styles.scopeField}
        {...(filterProblem ? { validationState: 'error' as const, validationMessage: text.filterMalformed(filterProblem.position) } : {})}
      >
        <Input
          value={filter}
          spellCheck={false}
          placeholder={text.filterPlaceholder}
          onChange={(_event, data) => typeFilter(data.value)}
          onBlur={applyFilter}
          onKeyDown={(event) => event.key === 'Enter' && applyFilter()}
        />
      </Field>
      <Label htmlFor={scopeId}>{text.importScope}</Label>
      <Select id={scopeId} value={scopeKind} onChange={(_event, data) => chooseScopeKind(data.value as ScopeKind)}>
        {scopeKindsOf(view).map((kind) => (
          <option key={kind} value={kind}>
            {scopeText[kind]}
          </option>
        ))}
      </Select>
    </div>
  );
}

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalS, flex: '1 0 auto' },
  top: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 320px) minmax(0, 1fr)',
    columnGap: tokens.spacingHorizontalL,
    rowGap: tokens.spacingVerticalS,
    flex: '1 1 250px',
    minHeight: '250px',
    // Zoomed in: one below the other, and the dialog scrolls.
    '@media (max-width: 700px)': {
      gridTemplateColumns: 'minmax(0, 1fr)',
      gridAutoRows: '280px',
      flexGrow: 0,
      flexShrink: 0,
      flexBasis: 'auto',
    },
  },
  left: { display: 'flex', flexDirection: 'column', minHeight: '0', minWidth: '0' },
  domain: { display: 'flex', alignItems: 'center', columnGap: tokens.spacingHorizontalS, minHeight: '32px' },
  domainName: {
    flex: '1 1 0',
    minWidth: '0',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    fontWeight: tokens.fontWeightSemibold,
  },
  places: {
    display: 'flex',
    flexDirection: 'column',
    flex: '1 1 0',
    minHeight: '0',
    rowGap: tokens.spacingVerticalXS,
    paddingTop: tokens.spacingVerticalXS,
  },
  view: { gridTemplateColumns: '48px minmax(0, 1fr)' },
  search: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'flex-start',
    rowGap: tokens.spacingVerticalM,
    '& > :first-child': { width: '100%' },
  },
  scope: {
    display: 'grid',
    gridTemplateColumns: '96px minmax(0, 480px)',
    alignItems: 'center',
    rowGap: tokens.spacingVerticalXS,
    flexShrink: 0,
  },
  scopeField: { gridColumn: '1 / -1', gridTemplateColumns: '96px minmax(0, 1fr)' },
  empty: { display: 'flex', flexDirection: 'column', alignItems: 'center', justifyContent: 'center', flex: '1 1 0' },
  buttons: { display: 'flex', columnGap: tokens.spacingHorizontalS },
});
