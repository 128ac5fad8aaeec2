import { MessageBar, MessageBarBody } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useClient } from '../../app/client.tsx';
import { assignTokenText as text } from '../../i18n/en/tokenDialogs.ts';
import { CommandButton } from '../../ui/CommandButton.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { QuestionDialog } from '../../ui/QuestionDialog.tsx';
import { createUnassignTokenStore } from './unassignToken.store.ts';

/** Asks before a token is taken from its user, and says whether it is his last. */
export function UnassignTokenDialog({ id, onClose }: { readonly id: number; onClose(): void }) {
  const client = useClient();
  const [store] = useState(() => createUnassignTokenStore(client, id));
  const state = useStore(store, (s) => s.state);
  const { load, unassign } = store.getState();
  const isDone = state.phase === 'unassigned';
  useEffect(() => void load(), [load]);

  const isAsking = state.phase === 'asking' || state.phase === 'working';
  return (
    <QuestionDialog
      title={text.unassignTitle}
      sizeKey="unassignToken"
      initialSize={{ width: 480, height: 280 }}
      onClose={onClose}
      leave={isAsking && state.token.user ? text.cancel : text.close}
      isTold={isDone}
      actions={
        isAsking &&
        state.token.user && (
          <CommandButton calls="tokens.unassign" disabledFocusable={state.phase === 'working'} onClick={() => void unassign()}>
            {text.take}
          </CommandButton>
        )
      }
      outcome={
        isDone && (
          <MessageBar intent="success" layout="multiline">
            <MessageBarBody>{text.unassigned(state.token.serial)}</MessageBarBody>
          </MessageBar>
        )
      }
    >
      {state.phase === 'unreadable' && <ErrorNotice error={state.error} context={text.readFailed} />}
      {isAsking && (
        <>
          {state.token.user ? (
            <>
              <strong>{text.question(state.token.serial, state.token.user.username)}</strong>
              {state.isLast && <span>{text.isLast(state.token.user.username)}</span>}
              <span>{text.stays}</span>
            </>
          ) : (
            <span>{text.belongsToNobody(state.token.serial)}</span>
          )}
          {state.error !== null && <ErrorNotice error={state.error} context={text.unassignFailed} />}
        </>
      )}
    </QuestionDialog>
  );
}
