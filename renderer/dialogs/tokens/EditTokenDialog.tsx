import { Button } from '@fluentui/react-components';
import { useEffect, useId, useState } from 'react';
import { useStore } from 'zustand';
import { useClient } from '../../app/client.tsx';
import { editTokenText as text } from '../../i18n/en/tokenDialogs.ts';
import { CommandButton } from '../../ui/CommandButton.tsx';
import { AppDialog, DialogCloseButton } from '../../ui/AppDialog.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { TokenBody } from './TokenBody.tsx';
import { createTokenEditorStore, shownProblems } from './tokenEditor.store.ts';
import { toChanges } from './tokenForm.ts';

/** Edit OATH Token: all but who has it, for which there are commands of their own. */
export function EditTokenDialog({ id, onClose }: { readonly id: number; onClose(): void }) {
  const client = useClient();
  const formId = useId();
  const [store] = useState(() => createTokenEditorStore(client, id));
  const { state, left, saveError, saved } = useStore(store);
  const { load, save } = store.getState();
  useEffect(() => void load(), [load]);

  const editing = 'form' in state ? state : null;
  const isRead = editing !== null;
  // The fields come after the dialog.
  useEffect(() => {
    if (isRead) document.getElementById(formId)?.querySelector('input')?.focus();
  }, [formId, isRead]);
  const holder = editing?.token?.user;
  const isDirty = editing !== null && Object.keys(toChanges(editing.form, editing.before)).length > 0;
  const maySave = isDirty && state.phase === 'editing' && shownProblems(editing.form, false, { left, saveError }).size === 0;

  return (
    <AppDialog
      title={text.editTitle}
      sizeKey="token"
      initialSize={{ width: 640, height: 700 }}
      isDirty={isDirty}
      onClose={onClose}
      note={<span role="status">{saved.length > 0 && !isDirty ? text.saved : ''}</span>}
      actions={
        <>
          <CommandButton calls="tokens.edit" appearance="primary" type="submit" form={formId} disabledFocusable={!maySave}>
            {state.phase === 'saving' ? text.applying : text.apply}
          </CommandButton>
          <DialogCloseButton>{text.close}</DialogCloseButton>
        </>
      }
    >
      {state.phase === 'failed' && (
        <ErrorNotice error={state.error} context={text.readFailed} actions={<Button onClick={() => void load()}>{text.tryAgain}</Button>} />
      )}
      <TokenBody store={store} formId={formId} onSubmit={() => maySave && void save()}>
        <bdi>{holder ? text.belongsTo(holder.username) : text.isFree}</bdi>
      </TokenBody>
    </AppDialog>
  );
}
