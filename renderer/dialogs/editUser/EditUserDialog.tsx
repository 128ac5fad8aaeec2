import { Button, MessageBar, MessageBarBody, MessageBarTitle, makeStyles } from '@fluentui/react-components';
import { useCallback, useEffect, useEffectEvent, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { isAppError } from '../../../shared/contract/errors.ts';
import { useClient } from '../../app/client.tsx';
import type { KnownUser, UserPlace } from '../../app/dialogs.store.ts';
import { conflictText } from '../../i18n/en/conflicts.ts';
import { editUserText as text, fieldNames } from '../../i18n/en/editUser.ts';
import { sendEmailText as mailText } from '../../i18n/en/sendEmail.ts';
import { CommandButton } from '../../ui/CommandButton.tsx';
import { useRefusals } from '../../ui/readOnly.ts';
import { useConflictChoice } from '../../ui/useConflictChoice.ts';
import { AppDialog, DialogCloseButton } from '../../ui/AppDialog.tsx';
import { ElsewhereNotice } from '../../ui/ConflictView.tsx';
import { DiscardQuestion } from '../../ui/DiscardQuestion.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { OneMail } from '../sendEmail/OneMail.tsx';
import { UserConflicts } from './UserConflicts.tsx';
import { createEditUserStore, type EditingState } from './editUser.store.ts';
import type { ConflictName } from './userValues.ts';
import { EditorProvider } from './editor.ts';
import { changesToSave, isChangedForm, shownProblems } from './formState.ts';
import { useFirstField } from './useFirstField.ts';
import { UserBody } from './UserBody.tsx';
import { problemsOf } from './userForm.ts';
import { createWalkStore } from './walk.store.ts';

export interface EditUserDialogProps {
  readonly id: number;
  readonly place: UserPlace;
  /** Read ahead: shown at once. */
  readonly known?: KnownUser | undefined;
  onClose(): void;
}

/** Edit User: an editor that stays open and walks along the list. */
export function EditUserDialog({ id, place, known, onClose }: EditUserDialogProps) {
  const styles = useStyles();
  const client = useClient();
  const [{ store, walk }] = useState(() => ({ store: createEditUserStore(client, known), walk: createWalkStore(client, place) }));
  const { state, company, left, saveError, saves, sendEmail, mail } = useStore(store);
  const index = useStore(walk, (s) => s.index);
  const count = useStore(walk, (s) => s.count);
  const { open, follow, change, leave, setSendEmail, apply, decide, postpone, resolve } = store.getState();
  const [leaving, setLeaving] = useState<-1 | 1 | null>(null);

  const start = useEffectEvent(() => {
    void open(id);
    void walk.getState().look();
    return follow();
  });
  useEffect(() => start(), []);

  const editing: EditingState | null = 'form' in state ? state : null;
  const isDirty = editing !== null && company !== null && isChangedForm(editing.form, editing.before, company);
  const isDeciding = editing?.phase === 'deciding';
  const { choice, choose, forget, saveButton } = useConflictChoice<ConflictName>(isDeciding);
  const problems = useMemo(
    () =>
      editing && company ? shownProblems(problemsOf(editing.form, editing.before, company), left, saveError) : new Map<never, never>(),
    [editing, company, left, saveError],
  );
  const conflicts = editing?.elsewhere?.conflicts ?? [];
  const isRefused = useRefusals()('users.edit') !== null;
  const mayApply = !isRefused && isDirty && problems.size === 0 && editing?.phase === 'editing';
  const isDecided = conflicts.every((name) => choice.has(name));

  const go = useCallback(
    async (by: -1 | 1) => {
      const next = await walk.getState().move(by);
      if (next !== null) await open(next);
    },
    [walk, open],
  );
  const mayGo = { [-1]: index > 0, 1: index < count - 1 };
  const askToGo = (by: -1 | 1) => (isDirty ? setLeaving(by) : void go(by));

  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const key = event.key.toLowerCase();
    const isSave = (event.ctrlKey && key === 's') || (event.altKey && key === 'a');
    const by = event.altKey && key === 'n' ? 1 : event.altKey && key === 'p' ? -1 : null;
    if (!isSave && by === null) return;
    event.preventDefault();
    if (leaving !== null || isDeciding) return;
    if (isSave && mayApply) void apply();
    if (by !== null && mayGo[by]) askToGo(by);
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event);
    addEventListener('keydown', listener);
    return () => removeEventListener('keydown', listener);
  }, []);

  const body = useFirstField(editing && company ? 0 : null);
  function onDecide() {
    forget();
    decide();
  }

  // Focusable also at the ends: a button that has the focus must not lose it to nobody.
  const walkButtons = (
    <>
      <Button disabledFocusable={!mayGo[-1]} aria-keyshortcuts="Alt+P" title={text.previousKeys} onClick={() => askToGo(-1)}>
        {text.previous}
      </Button>
      <Button disabledFocusable={!mayGo[1]} aria-keyshortcuts="Alt+N" title={text.nextKeys} onClick={() => askToGo(1)}>
        {text.next}
      </Button>
    </>
  );
  return (
    <AppDialog
      title={text.editTitle}
      sizeKey="editUser"
      initialSize={{ width: 940, height: 720 }}
      isDirty={isDirty}
      onClose={onClose}
      note={
        <span role="status" className={styles.note}>
          {saves > 0 && !isDirty && !editing?.elsewhere
            ? [text.saved, mail && mailText.outcome(mail)].filter(Boolean).join(' ')
            : text.place(index, count)}
        </span>
      }
      actions={
        isDeciding ? (
          <>
            <CommandButton calls="users.edit" appearance="primary" disabled={!isDecided} onClick={() => void resolve(choice).then(forget)}>
              {text.apply}
            </CommandButton>
            <Button onClick={postpone}>{conflictText.back}</Button>
          </>
        ) : (
          <>
            {walkButtons}
            <CommandButton
              calls="users.edit"
              ref={saveButton}
              appearance="primary"
              disabledFocusable={!mayApply}
              aria-keyshortcuts="Alt+A Control+S"
              title={text.applyKeys}
              onClick={() => void apply()}
            >
              {editing?.phase === 'saving' ? text.applying : text.apply}
            </CommandButton>
            <DialogCloseButton>{text.close}</DialogCloseButton>
          </>
        )
      }
    >
      {state.phase === 'failed' &&
        (isAppError(state.error, 'not-found') ? (
          <MessageBar intent="warning" layout="multiline" role="alert">
            <MessageBarBody>
              <MessageBarTitle>{text.gone}</MessageBarTitle> {text.goneHint}
            </MessageBarBody>
          </MessageBar>
        ) : (
          <ErrorNotice
            error={state.error}
            context={text.readFailed}
            actions={<Button onClick={() => void open(id)}>{text.tryAgain}</Button>}
          />
        ))}
      {editing && company && isDeciding && <UserConflicts state={editing} company={company} choice={choice} onChoose={choose} />}
      {editing && company && !isDeciding && (
        <EditorProvider value={{ form: editing.form, before: editing.before, company, user: editing.user, change }}>
          <ElsewhereNotice
            conflicts={conflicts.map((name) => fieldNames[name])}
            taken={(editing.elsewhere?.taken ?? []).map((name) => fieldNames[name])}
            onCompare={onDecide}
          />
          <div ref={body} className={styles.body}>
            <UserBody
              heading={editing.user.username}
              problems={problems}
              hasSummary={left === 'all'}
              leave={leave}
              onSubmit={() => mayApply && void apply()}
            />
          </div>
          <OneMail
            id={editing.user.id}
            changes={isDirty ? changesToSave(editing.form, editing.before, company) : null}
            isOn={sendEmail}
            onChange={setSendEmail}
          />
          {saveError && <ErrorNotice error={saveError} context={text.saveFailed} />}
        </EditorProvider>
      )}
      {leaving !== null && (
        <DiscardQuestion
          onKeep={() => setLeaving(null)}
          onDiscard={() => {
            setLeaving(null);
            void go(leaving);
          }}
        />
      )}
    </AppDialog>
  );
}

const useStyles = makeStyles({
  note: { fontVariantNumeric: 'tabular-nums' },
  body: { display: 'flex', flexDirection: 'column', flex: '1 0 auto' },
});
