import { useEffect, useId, useState } from 'react';
import { useStore } from 'zustand';
import { useClient } from '../../app/client.tsx';
import { editTokenText as text } from '../../i18n/en/tokenDialogs.ts';
import { CommandButton } from '../../ui/CommandButton.tsx';
import { AppDialog, DialogCloseButton } from '../../ui/AppDialog.tsx';
import type { Found } from '../../ui/FindCombobox.tsx';
import { TokenBody } from './TokenBody.tsx';
import { createTokenEditorStore, shownProblems } from './tokenEditor.store.ts';

interface AddTokenDialogProps {
  /** Every token that is added is for this user; the dialog closes after the first. */
  readonly user?: Found;
  onClose(): void;
}

/** Add OATH Token: stays open for the next one, which is often of the same kind. */
export function AddTokenDialog({ user, onClose }: AddTokenDialogProps) {
  const client = useClient();
  const formId = useId();
  const [store] = useState(() => createTokenEditorStore(client, null, user ?? null));
  const { state, left, saveError, saved } = useStore(store);
  const { save } = store.getState();
  const editing = 'form' in state ? state : null;
  const isDirty = editing !== null && (editing.form.serial !== '' || editing.form.secret !== '');
  const mayAdd = isDirty && state.phase === 'editing' && shownProblems(editing.form, true, { left, saveError }).size === 0;
  const last = saved.at(-1);

  useEffect(() => {
    if (saved.length > 0) document.getElementById(formId)?.querySelector('input')?.focus();
  }, [formId, saved.length]);

  async function add() {
    if (mayAdd && (await save()) && user) onClose();
  }

  return (
    <AppDialog
      title={text.addTitle}
      sizeKey="token"
      initialSize={{ width: 640, height: 700 }}
      isDirty={isDirty}
      onClose={onClose}
      note={
        <span role="status" dir="auto">
          {last === undefined ? '' : text.added(last)}
        </span>
      }
      actions={
        <>
          <CommandButton calls="tokens.add" appearance="primary" type="submit" form={formId} disabledFocusable={!mayAdd}>
            {state.phase === 'saving' ? text.adding : text.add}
          </CommandButton>
          <DialogCloseButton>{text.close}</DialogCloseButton>
        </>
      }
    >
      {/* Made anew for each token, so that what was typed of a secret key is hidden again. */}
      <TokenBody key={saved.length} store={store} formId={formId} hasUser={user === undefined} onSubmit={() => void add()} />
    </AppDialog>
  );
}
