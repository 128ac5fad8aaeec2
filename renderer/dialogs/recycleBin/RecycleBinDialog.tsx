import { Button, MessageBar, MessageBarBody, SearchBox, Spinner, makeStyles, tokens } from '@fluentui/react-components';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import type { RemovedUser } from '../../../shared/contract/userCommands.ts';
import { useClient } from '../../app/client.tsx';
import { useDialogs } from '../../app/dialogs.store.ts';
import { recycleBinText as text } from '../../i18n/en/recycleBin.ts';
import { CommandButton } from '../../ui/CommandButton.tsx';
import { AppDialog, DialogCloseButton } from '../../ui/AppDialog.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { instantText } from '../../ui/instants.ts';
import type { TableColumn } from '../../ui/table/tableColumn.ts';
import { VirtualTable } from '../../ui/table/VirtualTable.tsx';
import { UserJobOutcome } from '../jobReport/UserJobOutcome.tsx';
import { UserJobStrip } from '../jobReport/UserJobStrip.tsx';
import { ForgetQuestion } from './ForgetQuestion.tsx';
import { chosenCount, createRecycleBinStore, type BinWork, type RecycleBinStore } from './recycleBin.store.ts';

const dayMs = 24 * 60 * 60 * 1000;

/** Who was removed within the last 30 days: brings users back or deletes them for good. */
export function RecycleBinDialog({ onClose }: { onClose(): void }) {
  const styles = useStyles();
  const client = useClient();
  const [store] = useState(() => createRecycleBinStore(client));
  const { search, shownSearch, count, selection, error, work } = useStore(store);
  const { follow, setSearch, restore, ask, answer } = store.getState();
  const searchBox = useRef<HTMLInputElement>(null);
  const chosen = chosenCount(selection);
  const isRunning = work.phase === 'running';
  const isEnded = work.phase === 'done' || work.phase === 'failed' || work.phase === 'changed-meanwhile';

  useEffect(() => follow(), [follow]);
  // The button that had the focus is off, and without a focus Esc would not close the dialog.
  useEffect(() => {
    if (!isRunning && !isEnded) return;
    searchBox.current?.focus();
    // And again once the question that has just closed is gone: it keeps the focus to itself until then.
    const timer = setTimeout(() => searchBox.current?.focus());
    return () => clearTimeout(timer);
  }, [isRunning, isEnded]);

  return (
    <AppDialog
      title={text.title}
      sizeKey="recycle-bin"
      initialSize={{ width: 860, height: 560 }}
      onClose={onClose}
      note={shownSearch !== null && text.counted(count, chosen)}
      actions={
        <>
          <CommandButton calls="users.restore" disabled={chosen === 0 || isRunning} onClick={() => void restore()}>
            {text.restore}
          </CommandButton>
          <CommandButton calls="users.forget" disabled={chosen === 0 || isRunning} onClick={() => void ask()}>
            {text.forget}
          </CommandButton>
          <DialogCloseButton>{text.close}</DialogCloseButton>
        </>
      }
    >
      <div className={styles.root}>
        <div className={styles.intro}>{text.intro}</div>
        <SearchBox
          ref={searchBox}
          className={styles.search}
          placeholder={text.search}
          aria-label={text.search}
          maxLength={256}
          value={search}
          dismiss={{ 'aria-label': text.clearSearch }}
          onChange={(_event, data) => setSearch(data.value)}
        />
        <Outcome store={store} work={work} />
        {error && (
          <ErrorNotice
            error={error}
            context={text.listFailed}
            actions={<Button onClick={() => setSearch(search)}>{text.tryAgain}</Button>}
          />
        )}
        <div className={styles.list}>
          <RemovedTable store={store} onType={() => searchBox.current?.focus()} />
        </div>
      </div>
      {work.phase === 'asking' && <ForgetQuestion count={work.ids.length} names={work.names} onAnswer={answer} />}
    </AppDialog>
  );
}

function Outcome({ store, work }: { readonly store: StoreApi<RecycleBinStore>; readonly work: BinWork }) {
  const openDialog = useDialogs((s) => s.open);
  return (
    <>
      {work.phase === 'running' && <UserJobStrip kind={`users-${work.command}`} job={work.job} onCancel={store.getState().cancel} />}
      <div role="status">
        {work.phase === 'choosing' && <Spinner size="tiny" labelPosition="after" label={text.choosing} />}
        {work.phase === 'changed-meanwhile' && (
          <MessageBar intent="warning" layout="multiline">
            <MessageBarBody>{text.changedMeanwhile}</MessageBarBody>
          </MessageBar>
        )}
        {work.phase === 'done' && (
          <UserJobOutcome
            result={work}
            done={work.command === 'restore' ? text.restored(work.done) : text.forgotten(work.done)}
            words={text}
            action={work.stayed > 0 && <Button onClick={() => openDialog({ kind: 'job-report', jobId: work.jobId })}>{text.report}</Button>}
          />
        )}
      </div>
      {work.phase === 'failed' && (
        <ErrorNotice error={work.error} context={work.command === 'restore' ? text.restoreFailed : text.forgetFailed} />
      )}
    </>
  );
}

function RemovedTable({ store, onType }: { readonly store: StoreApi<RecycleBinStore>; onType(): void }) {
  const styles = useStyles();
  useStore(store, (s) => s.revision);
  const count = useStore(store, (s) => s.count);
  const selection = useStore(store, (s) => s.selection);
  const shownSearch = useStore(store, (s) => s.shownSearch);
  const { row, show, select, ask } = store.getState();
  const [openedAt] = useState(() => Date.now());
  const columns = useMemo<readonly TableColumn<RemovedUser>[]>(
    () => [
      { id: 'username', header: text.columns.username, width: 220, grow: 2, isFixed: true, text: ({ username }) => username },
      { id: 'name', header: text.columns.name, width: 160, text: nameOf },
      { id: 'removedAt', header: text.columns.removedAt, width: 184, isSized: true, text: ({ removedAt }) => instantText(removedAt) },
      { id: 'removedBy', header: text.columns.removedBy, width: 120, text: ({ removedBy }) => removedBy },
      {
        id: 'daysLeft',
        header: text.columns.daysLeft,
        width: 96,
        isSized: true,
        align: 'end',
        text: ({ forgottenAt }) => text.daysLeft(Math.ceil((forgottenAt - openedAt) / dayMs)),
      },
    ],
    [openedAt],
  );
  return (
    <VirtualTable
      label={text.list}
      columns={columns}
      count={count}
      row={row}
      onVisible={show}
      selection={selection}
      onSelection={select}
      onDelete={() => void ask()}
      onType={onType}
      topKey={shownSearch ?? ''}
      empty={shownSearch !== null && <p className={styles.empty}>{shownSearch === '' ? text.empty : text.nobodyFound(shownSearch)}</p>}
    />
  );
}

function nameOf({ firstName, lastName }: RemovedUser): string {
  return [lastName, firstName].filter(Boolean).join(', ');
}

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalS, flex: '1 1 0', minHeight: '0' },
  intro: { color: tokens.colorNeutralForeground2 },
  search: { width: '360px', maxWidth: '100%' },
  list: { flex: '1 1 0', minHeight: '160px' },
  empty: { color: tokens.colorNeutralForeground2 },
});
