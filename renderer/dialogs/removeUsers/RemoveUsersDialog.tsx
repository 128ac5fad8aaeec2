import { Button, Spinner } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useClient } from '../../app/client.tsx';
import { useDialogs, type SelectedUsers } from '../../app/dialogs.store.ts';
import { removeUsersText as text } from '../../i18n/en/removeUsers.ts';
import { CommandButton } from '../../ui/CommandButton.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { NameList } from '../../ui/NameList.tsx';
import { QuestionDialog } from '../../ui/QuestionDialog.tsx';
import { UserJobOutcome } from '../jobReport/UserJobOutcome.tsx';
import { UserJobStrip } from '../jobReport/UserJobStrip.tsx';
import { createRemoveUsersStore, type RemoveUsersState } from './removeUsers.store.ts';

/** Asks before users go into the recycle bin, names them, and can take it back. */
export function RemoveUsersDialog({ selected, onClose }: { readonly selected: SelectedUsers; onClose(): void }) {
  const client = useClient();
  const openDialog = useDialogs((s) => s.open);
  const [store] = useState(() => createRemoveUsersStore(client, selected));
  const state = useStore(store, (s) => s.state);
  const { read, remove, undo, cancel, stop } = store.getState();
  const isAnswered = state.phase !== 'reading' && state.phase !== 'asking';

  useEffect(() => {
    void read();
    return stop;
  }, [read, stop]);

  return (
    <QuestionDialog
      title={text.title}
      sizeKey="remove-users"
      initialSize={{ width: 520, height: 380 }}
      onClose={onClose}
      note={(state.phase === 'removing' || state.phase === 'restoring') && text.goesOn}
      leave={state.phase === 'asking' ? text.cancel : text.close}
      isTold={isAnswered}
      phase={state.phase}
      actions={
        <>
          {state.phase === 'asking' && (
            <CommandButton calls="users.remove" disabled={state.ids.length === 0} onClick={remove}>
              {text.remove}
            </CommandButton>
          )}
          {state.phase === 'removed' && state.done > 0 && (
            <CommandButton calls="users.restore" onClick={undo}>
              {text.undo}
            </CommandButton>
          )}
          {'stayed' in state && state.stayed > 0 && (
            <Button onClick={() => openDialog({ kind: 'job-report', jobId: state.jobId })}>{text.report}</Button>
          )}
        </>
      }
      progress={
        (state.phase === 'removing' || state.phase === 'restoring') && (
          <UserJobStrip kind={state.phase === 'removing' ? 'users-remove' : 'users-restore'} job={state.job} onCancel={cancel} />
        )
      }
      outcome={<Outcome state={state} />}
    >
      {state.phase === 'asking' && <Question ids={state.ids} names={state.names} />}
    </QuestionDialog>
  );
}

function Outcome({ state }: { readonly state: RemoveUsersState }) {
  switch (state.phase) {
    case 'reading':
      return <Spinner size="tiny" labelPosition="after" label={text.reading} />;
    case 'removing':
    case 'restoring':
      return null;
    case 'unreadable':
      return <ErrorNotice error={state.error} context={text.readFailed} />;
    case 'failed':
      return <ErrorNotice error={state.error} context={state.during === 'removing' ? text.removeFailed : text.restoreFailed} />;
    case 'removed':
    case 'restored':
      return (
        <UserJobOutcome
          result={state}
          done={state.phase === 'removed' ? text.removed(state.done) : text.restored(state.done)}
          words={text}
        />
      );
    case 'asking':
      return null;
  }
}

function Question({ ids, names }: { readonly ids: readonly number[]; readonly names: readonly string[] }) {
  return (
    <>
      <strong>{text.question(ids.length)}</strong>
      <NameList label={text.names} names={names} count={ids.length} more={text.more} />
      <span>{text.consequence}</span>
    </>
  );
}
