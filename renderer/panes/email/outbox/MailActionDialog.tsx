import { Button, MessageBar, MessageBarBody, Radio, RadioGroup, Spinner, makeStyles, tokens } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { MailAction } from '../../../../shared/contract/outbox.contract.ts';
import { useClient } from '../../../app/client.tsx';
import { mailActionText, outboxText as text } from '../../../i18n/en/email.ts';
import { CommandButton } from '../../../ui/CommandButton.tsx';
import { AppDialog } from '../../../ui/AppDialog.tsx';
import { ErrorNotice } from '../../../ui/ErrorNotice.tsx';
import { focusFirstAttribute } from '../../../ui/useFocusReturn.ts';
import { useOutcomeFocus } from '../../../ui/useOutcomeFocus.ts';
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
  const result = useOutcomeFocus(state.phase !== 'reading' && !isAsking, state.phase);

  return (
    <AppDialog
      title={words.title}
      sizeKey="mailAction"
      initialSize={{ width: 520, height: 340 }}
      onClose={onClose}
      actions={
        <>
          {isAsking && affectedBy(state).count > 0 && (
            <CommandButton calls={`outbox.${action}`} onClick={() => void run()}>
              {words.run}
            </CommandButton>
          )}
          {/* First in the order of the keyboard, so that Enter changes nothing by accident. */}
          <Button appearance="primary" onClick={onClose} {...{ [focusFirstAttribute]: '' }}>
            {isAsking ? text.goBack : text.close}
          </Button>
        </>
      }
    >
      <div ref={result} role="status" tabIndex={-1}>
        <Outcome action={action} state={state} />
      </div>
      {isAsking && <Question action={action} state={state} onChoose={choose} />}
    </AppDialog>
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
  const styles = useStyles();
  const words = mailActionText[action];
  const { count, unknown } = affectedBy(state);
  return (
    <div className={styles.root}>
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
    </div>
  );
}

const useStyles = makeStyles({ root: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalS } });
