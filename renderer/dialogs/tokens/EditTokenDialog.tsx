import { Button } from '@fluentui/react-components';
import { useEffect, useId, useState } from 'react';
import { useStore } from 'zustand';
import { useClient } from '../../app/client.tsx';
import { isAppError } from '../../../shared/contract/errors.ts';
import { conflictText } from '../../i18n/en/conflicts.ts';
import { editTokenText as text, tokenFieldNames } from '../../i18n/en/tokenDialogs.ts';
import { CommandButton } from '../../ui/CommandButton.tsx';
import { AppDialog, DialogCloseButton } from '../../ui/AppDialog.tsx';
import { ElsewhereNotice } from '../../ui/ConflictView.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { useConflictChoice } from '../../ui/useConflictChoice.ts';
import type { TokenConflict } from './mergeToken.ts';
import { TokenBody } from './TokenBody.tsx';
import { TokenConflicts } from './TokenConflicts.tsx';
import { createTokenEditorStore, shownProblems } from './tokenEditor.store.ts';
import { toChanges } from './tokenForm.ts';

/** Edit OATH Token: all but who has it, for which there are commands of their own. */
export function EditTokenDialog({ id, onClose }: { readonly id: number; onClose(): void }) {
  const client = useClient();
  const formId = useId();
  const [store] = useState(() => createTokenEditorStore(client, id));
  const { state, left, saveError, saved } = useStore(store);
  const { load, follow, save, decide, postpone, resolve } = store.getState();
  useEffect(() => void load(), [load]);
  useEffect(() => follow(), [follow]);

  const editing = 'form' in state ? state : null;
  const isRead = editing !== null;
  // The fields come after the dialog.
  useEffect(() => {
    if (isRead) document.getElementById(formId)?.querySelector('input')?.focus();
  }, [formId, isRead]);
  const holder = editing?.token?.user;
  const isDirty = editing !== null && Object.keys(toChanges(editing.form, editing.before)).length > 0;
  const isDeciding = editing?.phase === 'deciding';
  const { choice, choose, forget, saveButton } = useConflictChoice<TokenConflict>(isDeciding);
  const { conflicts = [], taken = [] } = editing?.elsewhere ?? {};
  const maySave = isDirty && state.phase === 'editing' && shownProblems(editing.form, false, { left, saveError }).size === 0;

  function onDecide() {
    forget();
    decide();
  }

  return (
    <AppDialog
      title={text.editTitle}
      sizeKey="token"
      initialSize={{ width: 640, height: 700 }}
      isDirty={isDirty}
      onClose={onClose}
      note={<span role="status">{saved.length > 0 && !isDirty && !editing?.elsewhere ? text.saved : ''}</span>}
      actions={
        isDeciding ? (
          <>
            <CommandButton
              calls="tokens.edit"
              appearance="primary"
              disabled={!conflicts.every((name) => choice.has(name))}
              onClick={() => void resolve(choice).then(forget)}
            >
              {text.apply}
            </CommandButton>
            <Button onClick={postpone}>{conflictText.back}</Button>
          </>
        ) : (
          <>
            <CommandButton
              calls="tokens.edit"
              ref={saveButton}
              appearance="primary"
              type="submit"
              form={formId}
              disabledFocusable={!maySave}
            >
              {state.phase === 'saving' ? text.applying : text.apply}
            </CommandButton>
            <DialogCloseButton>{text.close}</DialogCloseButton>
          </>
        )
      }
    >
      {state.phase === 'failed' && (
        <ErrorNotice
          error={state.error}
          context={isAppError(state.error, 'not-found') ? text.gone : text.readFailed}
          actions={<Button onClick={() => void load()}>{text.tryAgain}</Button>}
        />
      )}
      {isDeciding && <TokenConflicts state={editing} choice={choice} onChoose={choose} />}
      {editing && !isDeciding && (
        <>
          <ElsewhereNotice
            conflicts={conflicts.map((name) => tokenFieldNames[name])}
            taken={taken.map((name) => tokenFieldNames[name])}
            onCompare={onDecide}
          />
          <TokenBody store={store} formId={formId} onSubmit={() => maySave && void save()}>
            <bdi>{holder ? text.belongsTo(holder.username) : text.isFree}</bdi>
          </TokenBody>
        </>
      )}
    </AppDialog>
  );
}
