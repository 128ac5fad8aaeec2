import { MessageBar, MessageBarBody, Radio, RadioGroup, Spinner } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { MailAction } from '../../../../shared/contract/outbox.contract.ts';
import { isConfirmed } from '../../../../shared/email/manyMails.ts';
import { useClient } from '../../../app/client.tsx';
import { mailActionText, outboxText as text } from '../../../i18n/en/email.ts';
import { CommandButton } from '../../../ui/CommandButton.tsx';
import { ConfirmCount } from '../../../ui/ConfirmCount.tsx';
import { ErrorNotice } from '../../../ui/ErrorNotice.tsx';
import { QuestionDialog } from '../../../ui/QuestionDialog.tsx';
import { affectedBy, createMailActionStore, type MailActionState, type SelectedMails } from './mailAction.store.ts';

interface MailActionDialogProps {
  readonly action: MailAction;
  readonly selected: SelectedMails;
  onClose(): void;
}

/** Asks before mails are tried again, cancelled or released, and says how many and which of them may arrive twice. */
export function MailActionDialog({ action, selected, onClose }: MailActionDialogProps) {
  const client = useClient();
  const [store] = useState(() => createMailActionStore(client, action, selected));
  const state = useStore(store, (s) => s.state);
  const { read, run, choose } = store.getState();
  const words = mailActionText[action];
  useEffect(() => void read(), [read]);
  const isAsking = state.phase === 'asking';
  const [typed, setTyped] = useState('');
  const count = isAsking ? affectedBy(state).count : 0;
  // The other two send nothing to somebody who was not mailed by a decision before.
  const mayRun = action !== 'release' || isConfirmed(count, typed);

  return (
    <QuestionDialog
      title={words.title}
      sizeKey="mailAction"
      initialSize={{ width: 520, height: 340 }}
      onClose={onClose}
      leave={isAsking ? text.goBack : text.close}
      isTold={state.phase !== 'reading' && !isAsking}
      phase={state.phase}
      actions={
        isAsking &&
        count > 0 && (
          <CommandButton calls={`outbox.${action}`} disabledFocusable={!mayRun} onClick={() => void (mayRun && run())}>
            {words.run}
          </CommandButton>
        )
      }
      outcome={<Outcome action={action} state={state} />}
    >
      {isAsking && <Question action={action} state={state} onChoose={choose} />}
      {action === 'release' && <ConfirmCount count={count} value={typed} onChange={setTyped} />}
    </QuestionDialog>
  );
}

function Outcome({ action, state }: { readonly action: MailAction; readonly state: MailActionState }) {
  switch (state.phase) {
    case 'reading':
      return <Spinner size="tiny" labelPosition="after" label={text.counting} />;
    case 'changing':
      return <Spinner size="tiny" labelPosition="after" label={text.changing} />;
    case 'unreadable':
      return <ErrorNotice error={state.error} context={text.listFailed} />;
    case 'failed':
      return <ErrorNotice error={state.error} context={text.changeFailed} />;
    case 'done':
      return (
        <MessageBar intent="success" layout="multiline">
          <MessageBarBody>{mailActionText[action].done(state.count)}</MessageBarBody>
        </MessageBar>
      );
    case 'asking':
      return null;
  }
}

interface QuestionProps {
  readonly action: MailAction;
  readonly state: Extract<MailActionState, { phase: 'asking' | 'changing' }>;
  onChoose(choice: 'selected' | 'all'): void;
}

function Question({ action, state, onChoose }: QuestionProps) {
  const words = mailActionText[action];
  const { count, unknown } = affectedBy(state);
  return (
    <>
      <strong>{count === 0 ? words.none : words.question(count)}</strong>
      {state.selected && (
        <RadioGroup aria-label={text.which} value={state.choice} onChange={(_event, data) => onChoose(data.value as 'selected' | 'all')}>
          <Radio value="selected" label={text.ofSelected(state.selected.count, state.ids.length)} />
          <Radio value="all" label={words.all(state.all.count)} />
        </RadioGroup>
      )}
      {count > 0 && <span>{words.meaning}</span>}
      {action === 'retry' && unknown > 0 && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>{text.mayArriveTwice(unknown)}</MessageBarBody>
        </MessageBar>
      )}
    </>
  );
}
