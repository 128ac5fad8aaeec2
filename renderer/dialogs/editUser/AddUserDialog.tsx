import { Button, makeStyles } from '@fluentui/react-components';
import { useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { useClient } from '../../app/client.tsx';
import { editUserText as text } from '../../i18n/en/editUser.ts';
import { sendEmailText as mailText } from '../../i18n/en/sendEmail.ts';
import { CommandButton } from '../../ui/CommandButton.tsx';
import { AppDialog, DialogCloseButton } from '../../ui/AppDialog.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { OneMail } from '../sendEmail/OneMail.tsx';
import { createAddUserStore } from './addUser.store.ts';
import { EditorProvider } from './editor.ts';
import { changesToSave, isChangedForm, shownProblems } from './formState.ts';
import { useFirstField } from './useFirstField.ts';
import { UserBody } from './UserBody.tsx';
import { problemsOf } from './userForm.ts';

/** Add User: an editor that stays open, ready for the next one. */
export function AddUserDialog({ onClose }: { onClose(): void }) {
  const styles = useStyles();
  const client = useClient();
  const [store] = useState(() => createAddUserStore(client));
  const { state, left, addError, added, sendEmail, mail } = useStore(store);
  const { load, change, leave, setSendEmail, add } = store.getState();
  useEffect(() => void load(), [load]);

  const editing = 'form' in state ? state : null;
  const isDirty = editing !== null && isChangedForm(editing.form, editing.before, editing.company);
  const problems = useMemo(
    () => (editing ? shownProblems(problemsOf(editing.form, editing.before, editing.company), left, addError) : new Map<never, never>()),
    [editing, left, addError],
  );
  const mayAdd = isDirty && problems.size === 0 && state.phase === 'editing';
  const last = added.at(-1);

  const body = useFirstField(editing ? added.length : null);

  return (
    <AppDialog
      title={text.addTitle}
      sizeKey="editUser"
      initialSize={{ width: 940, height: 720 }}
      isDirty={isDirty}
      onClose={onClose}
      note={
        <span role="status" dir="auto" className={styles.note}>
          {last === undefined ? '' : [text.added(last), mail && mailText.outcome(mail)].filter(Boolean).join(' ')}
        </span>
      }
      actions={
        <>
          <CommandButton calls="users.add" appearance="primary" disabledFocusable={!mayAdd} onClick={() => void add()}>
            {state.phase === 'adding' ? text.adding : text.add}
          </CommandButton>
          <DialogCloseButton>{text.close}</DialogCloseButton>
        </>
      }
    >
      {state.phase === 'failed' && (
        <ErrorNotice
          error={state.error}
          context={text.companyFailed}
          actions={<Button onClick={() => void load()}>{text.tryAgain}</Button>}
        />
      )}
      {editing && (
        <EditorProvider value={{ form: editing.form, before: editing.before, company: editing.company, user: null, change }}>
          <div ref={body} className={styles.body}>
            {/* Made anew for each user: it begins with the first tab. */}
            <UserBody
              key={added.length}
              heading={editing.form.username.trim() || text.newUser}
              problems={problems}
              hasSummary={left === 'all'}
              leave={leave}
              onSubmit={() => mayAdd && void add()}
            />
          </div>
          <OneMail
            id={null}
            changes={
              isDirty ? { ...changesToSave(editing.form, editing.before, editing.company), username: editing.form.username.trim() } : null
            }
            isOn={sendEmail}
            onChange={setSendEmail}
          />
          {addError && <ErrorNotice error={addError} context={text.addFailed} />}
        </EditorProvider>
      )}
    </AppDialog>
  );
}

const useStyles = makeStyles({ note: { overflowWrap: 'anywhere' }, body: { display: 'flex', flexDirection: 'column', flex: '1 0 auto' } });
