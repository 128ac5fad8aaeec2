import { Button, Checkbox, Spinner } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useClient } from '../../app/client.tsx';
import { useDialogs, type SelectedUsers, type UserChange } from '../../app/dialogs.store.ts';
import { changeText, changeUsersText as text } from '../../i18n/en/changeUsers.ts';
import { sendEmailText as mailText } from '../../i18n/en/sendEmail.ts';
import { methodText } from '../../i18n/en/users.ts';
import { CommandButton } from '../../ui/CommandButton.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { NameList } from '../../ui/NameList.tsx';
import { QuestionDialog } from '../../ui/QuestionDialog.tsx';
import { UserJobOutcome } from '../jobReport/UserJobOutcome.tsx';
import { UserJobStrip } from '../jobReport/UserJobStrip.tsx';
import { JobMails } from '../sendEmail/JobMails.tsx';
import { MailPlan } from '../sendEmail/MailPlan.tsx';
import { useMailsReady } from '../sendEmail/useMailsReady.ts';
import { createChangeUsersStore, type ChangeQuestion, type ChangeUsersState } from './changeUsers.store.ts';

interface ChangeUsersDialogProps {
  readonly change: UserChange;
  readonly selected: SelectedUsers;
  onClose(): void;
}

/** Enable, Disable, Reset PIN and Reset method for selected users: asks, shows how it goes and what became of it. */
export function ChangeUsersDialog({ change, selected, onClose }: ChangeUsersDialogProps) {
  const client = useClient();
  const openDialog = useDialogs((s) => s.open);
  const [store] = useState(() => createChangeUsersStore(client, change, selected));
  const state = useStore(store, (s) => s.state);
  const { read, mail, change: confirm, wasMailed, cancel, stop } = store.getState();
  const words = changeText[change];
  const isAnswered = state.phase !== 'reading' && state.phase !== 'asking';

  useEffect(() => {
    void read();
    return stop;
  }, [read, stop]);

  return (
    <QuestionDialog
      title={words.title}
      sizeKey="change-users"
      initialSize={{ width: 560, height: 440 }}
      onClose={onClose}
      note={state.phase === 'running' && text.goesOn}
      leave={state.phase === 'asking' ? text.cancel : text.close}
      isTold={isAnswered}
      phase={state.phase}
      actions={
        <>
          {state.phase === 'asking' && state.ids.length > 0 && (
            <CommandButton calls="users.editMany" onClick={confirm}>
              {words.confirm}
            </CommandButton>
          )}
          {state.phase === 'done' && (state.stayed > 0 || wasMailed()) && (
            <Button onClick={() => openDialog({ kind: 'job-report', jobId: state.jobId })}>{text.report}</Button>
          )}
        </>
      }
      progress={
        state.phase === 'running' && (
          <UserJobStrip kind="users-edit" phase={change === 'reset-pin' ? 'users-pins' : 'users-edit'} job={state.job} onCancel={cancel} />
        )
      }
      outcome={<Outcome change={change} state={state} />}
    >
      {state.phase === 'done' && wasMailed() && <JobMails jobId={state.jobId} refused={state.stayed} />}
      {state.phase === 'asking' && state.ids.length > 0 && <Question change={change} onMail={(on) => void mail(on)} {...state} />}
    </QuestionDialog>
  );
}

function Outcome({ change, state }: { readonly change: UserChange; readonly state: ChangeUsersState }) {
  switch (state.phase) {
    case 'reading':
      return <Spinner size="tiny" labelPosition="after" label={text.reading} />;
    case 'asking':
      return state.ids.length === 0 ? text.gone : null;
    case 'unreadable':
      return <ErrorNotice error={state.error} context={text.readFailed} />;
    case 'failed':
      return <ErrorNotice error={state.error} context={text.failed} />;
    case 'done':
      return <UserJobOutcome result={state} done={changeText[change].done(state.done)} words={text} />;
    case 'running':
      return null;
  }
}

type QuestionProps = ChangeQuestion & { readonly change: UserChange; onMail(sendEmail: boolean): void };

function Question({ change, ids, names, changing, method, sendEmail, mails, onMail }: QuestionProps) {
  const words = changeText[change];
  const unready = useMailsReady();
  return (
    <>
      <strong>{words.question(ids.length)}</strong>
      <NameList label={text.names} names={names} count={ids.length} more={text.more} />
      {method && <span>{text.method(methodText(method.method, method.mode))}</span>}
      {changing < ids.length && <span>{words.unchanged(ids.length - changing)}</span>}
      <span>{words.consequence}</span>
      {/* Who is disabled is never mailed. */}
      {change !== 'disable' && (
        <Checkbox
          label={unready ? `${mailText.sendEmail} (${mailText.notReady[unready]})` : mailText.sendEmail}
          disabled={unready !== null && !sendEmail}
          checked={sendEmail}
          onChange={(_event, { checked }) => onMail(checked === true)}
        />
      )}
      {sendEmail && <div role="status">{mails ? <MailPlan counts={mails} /> : mailText.planning}</div>}
    </>
  );
}
