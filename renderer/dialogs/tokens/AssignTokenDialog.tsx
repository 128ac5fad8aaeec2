import { Field, MessageBar, MessageBarActions, MessageBarBody, makeStyles, tokens } from '@fluentui/react-components';
import { useCallback, useEffect, useId, useRef, useState } from 'react';
import { useStore, type StoreApi } from 'zustand';
import type { TokenRow } from '../../../shared/contract/tokens.contract.ts';
import { useClient } from '../../app/client.tsx';
import { useDialogs } from '../../app/dialogs.store.ts';
import { assignTokenText as text } from '../../i18n/en/tokenDialogs.ts';
import { CommandButton } from '../../ui/CommandButton.tsx';
import { AppDialog, DialogCloseButton } from '../../ui/AppDialog.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { FindCombobox } from '../../ui/FindCombobox.tsx';
import { useOutcomeFocus } from '../../ui/useOutcomeFocus.ts';
import { createAssignTokenStore, type AssignTokenStore } from './assignToken.store.ts';
import { CodeInput } from './CodeInput.tsx';
import { SubmitForm } from '../../ui/SubmitForm.tsx';
import { findUsers } from '../../ui/findUsers.ts';

/** Gives a token to a user who is found by typing. */
export function AssignTokenDialog({ id, onClose }: { readonly id: number; onClose(): void }) {
  const styles = useStyles();
  const formId = useId();
  const client = useClient();
  const openDialog = useDialogs((s) => s.open);
  const [store] = useState(() => createAssignTokenStore(client, id));
  const state = useStore(store, (s) => s.state);
  const user = useStore(store, (s) => s.user);
  const { load, assign } = store.getState();
  useEffect(() => void load(), [load]);

  const token = 'token' in state ? state.token : null;
  const isDone = state.phase === 'assigned';
  const holder = isDone ? null : (token?.user ?? null);
  const mayAssign = state.phase === 'ready' && user !== null && holder === null;
  const outcome = useOutcomeFocus(isDone);

  const fields = useRef<HTMLDivElement>(null);
  const isRead = token !== null;
  // They come after the dialog.
  useEffect(() => fields.current?.querySelector('input')?.focus(), [isRead]);

  return (
    <AppDialog
      title={token ? text.title(token.serial) : text.titleLoading}
      sizeKey="assignToken"
      initialSize={{ width: 560, height: 440 }}
      isDirty={user !== null && !isDone}
      onClose={onClose}
      actions={
        <>
          {!isDone && holder === null && (
            <CommandButton calls="tokens.assign" appearance="primary" type="submit" form={formId} disabledFocusable={!mayAssign}>
              {state.phase === 'assigning' ? text.assigning : text.assign}
            </CommandButton>
          )}
          <DialogCloseButton>{text.close}</DialogCloseButton>
        </>
      }
    >
      <SubmitForm
        id={formId}
        className={styles.form}
        onSubmit={() => {
          if (mayAssign) void assign();
        }}
      >
        <div ref={outcome} role="status" tabIndex={-1}>
          {isDone && (
            <MessageBar intent="success" layout="multiline">
              <MessageBarBody>{text.assigned(state.token.serial, state.token.user?.username ?? '')}</MessageBarBody>
            </MessageBar>
          )}
        </div>
        {state.phase === 'unreadable' && <ErrorNotice error={state.error} context={text.readFailed} />}
        {holder && (
          <MessageBar intent="warning" layout="multiline">
            <MessageBarBody>{text.belongsTo(holder.username)}</MessageBarBody>
            <MessageBarActions>
              <CommandButton calls="tokens.unassign" size="small" onClick={() => openDialog({ kind: 'unassign-token', id })}>
                {text.unassign}
              </CommandButton>
            </MessageBarActions>
          </MessageBar>
        )}
        {token && !holder && !isDone && (
          <div ref={fields} className={styles.form}>
            <AssignFields store={store} token={token} />
          </div>
        )}
        {state.phase === 'ready' && state.error !== null && <ErrorNotice error={state.error} context={text.failed} />}
      </SubmitForm>
    </AppDialog>
  );
}

function AssignFields({ store, token }: { readonly store: StoreApi<AssignTokenStore>; readonly token: TokenRow }) {
  const styles = useStyles();
  const client = useClient();
  const { user, code, nextCode } = useStore(store);
  const { choose, type } = store.getState();
  const find = useCallback((typed: string, signal: AbortSignal) => findUsers(client, typed, signal), [client]);
  const asksBoth = token.kind === 'hotp';

  return (
    <>
      <span>{text.intro}</span>
      <Field label={text.user} hint={text.userHint} orientation="horizontal" required className={styles.field}>
        <FindCombobox value={user} onChange={choose} find={find} />
      </Field>
      <Field label={text.code} hint={asksBoth ? text.codesHint : text.codeHint} orientation="horizontal" className={styles.field}>
        <CodeInput value={code} onChange={(value) => type({ code: value })} />
      </Field>
      {asksBoth && (
        <Field label={text.nextCode} orientation="horizontal" className={styles.field}>
          <CodeInput value={nextCode} onChange={(value) => type({ nextCode: value })} />
        </Field>
      )}
    </>
  );
}

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalM },
  field: { gridTemplateColumns: '120px minmax(0, 1fr)' },
});
