import { MessageBar, MessageBarBody, Spinner, makeStyles, tokens } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useClient } from '../../app/client.tsx';
import type { SelectedTokens } from '../../app/dialogs.store.ts';
import { removeTokensText as text } from '../../i18n/en/tokenDialogs.ts';
import { CommandButton } from '../../ui/CommandButton.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { QuestionDialog } from '../../ui/QuestionDialog.tsx';
import { createRemoveTokensStore, type RemoveTokensState } from './removeTokens.store.ts';

/** Asks before tokens are removed for good, and says who is left without one. */
export function RemoveTokensDialog({ selected, onClose }: { readonly selected: SelectedTokens; onClose(): void }) {
  const client = useClient();
  const [store] = useState(() => createRemoveTokensStore(client, selected));
  const state = useStore(store, (s) => s.state);
  const { read, remove, stop } = store.getState();
  const isAnswered = state.phase !== 'reading' && state.phase !== 'asking';

  useEffect(() => {
    void read();
    return stop;
  }, [read, stop]);

  return (
    <QuestionDialog
      title={text.title}
      sizeKey="removeTokens"
      initialSize={{ width: 520, height: 380 }}
      onClose={onClose}
      leave={state.phase === 'asking' ? text.cancel : text.close}
      isTold={isAnswered}
      phase={state.phase}
      actions={
        state.phase === 'asking' && (
          <CommandButton calls="tokens.remove" onClick={() => void remove()}>
            {text.remove}
          </CommandButton>
        )
      }
      outcome={<Outcome state={state} />}
    >
      {state.phase === 'asking' && <Question {...state} />}
    </QuestionDialog>
  );
}

function Outcome({ state }: { readonly state: RemoveTokensState }) {
  switch (state.phase) {
    case 'reading':
      return <Spinner size="tiny" labelPosition="after" label={text.reading} />;
    case 'removing':
      return <Spinner size="tiny" labelPosition="after" label={text.removing(state.done, state.total)} />;
    case 'unreadable':
      return <ErrorNotice error={state.error} context={text.readFailed} />;
    case 'failed':
      return <ErrorNotice error={state.error} context={text.failed} />;
    case 'removed':
      return (
        <MessageBar intent="success" layout="multiline">
          <MessageBarBody>{text.removed(state.count)}</MessageBarBody>
        </MessageBar>
      );
    case 'asking':
      return null;
  }
}

function Question({ ids, losses, serial }: Extract<RemoveTokensState, { phase: 'asking' }>) {
  const styles = useStyles();
  const { assigned, usersWithout, first } = losses;
  return (
    <>
      <strong>{serial === null ? text.question(ids.length) : text.questionOne(serial)}</strong>
      {assigned === 0 ? (
        <span>{ids.length === 1 ? text.oneFree : text.none}</span>
      ) : (
        <>
          <span>
            {text.assigned(assigned, ids.length)} {usersWithout > 0 ? text.without(usersWithout) : text.nobodyWithout}
          </span>
          <ul aria-label={text.holders} className={styles.holders}>
            {first.map((holder) => (
              <li key={holder.serial}>
                <bdi>{text.holder(holder.serial, holder.username, holder.isLast)}</bdi>
              </li>
            ))}
            {assigned > first.length && <li>{text.more(assigned - first.length)}</li>}
          </ul>
        </>
      )}
      <span>{text.consequence}</span>
    </>
  );
}

const useStyles = makeStyles({
  holders: { margin: '0', paddingLeft: tokens.spacingHorizontalXL, overflowWrap: 'anywhere' },
});
