import { Field, Input, MessageBar, MessageBarBody, makeStyles, tokens } from '@fluentui/react-components';
import { useEffect, useId, useState } from 'react';
import { useStore } from 'zustand';
import { bypassReasonLimit, bypassSeconds } from '../../../shared/contract/bypasses.contract.ts';
import { useClient } from '../../app/client.tsx';
import { bypassText as text } from '../../i18n/en/bypass.ts';
import { CommandButton } from '../../ui/CommandButton.tsx';
import { AppDialog, DialogCloseButton } from '../../ui/AppDialog.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { problemProps } from '../../ui/FormField.tsx';
import { SubmitForm } from '../../ui/SubmitForm.tsx';
import { useOutcomeFocus } from '../../ui/useOutcomeFocus.ts';
import { createBypassStore } from './bypass.store.ts';

/** Lets one user skip the second factor once. */
export function BypassDialog({ id, onClose }: { readonly id: number; onClose(): void }) {
  const styles = useStyles();
  const formId = useId();
  const client = useClient();
  const [store] = useState(() => createBypassStore(client, id));
  const { state, seconds, reason } = useStore(store);
  const { load, type, start } = store.getState();
  const [wasLeft, setLeft] = useState(false);

  useEffect(() => void load(), [load]);

  const secondsNumber = Number(seconds);
  const secondsWrong = !/^\d+$/.test(seconds) || secondsNumber < 1 || secondsNumber > bypassSeconds.most;
  const reasonWrong =
    reason.trim() === ''
      ? text.reasonMissing
      : reason.trim().length > bypassReasonLimit
        ? text.reasonTooLong(bypassReasonLimit)
        : undefined;
  const isReady = state.phase === 'ready' && !secondsWrong && reasonWrong === undefined;
  const isStarted = state.phase === 'started';
  const outcome = useOutcomeFocus(isStarted);
  const username = 'username' in state ? state.username : null;

  return (
    <AppDialog
      title={username === null ? text.titleLoading : text.title(username)}
      sizeKey="bypass"
      initialSize={{ width: 520, height: 420 }}
      isDirty={reason !== '' && !isStarted}
      onClose={onClose}
      actions={
        <>
          {!isStarted && (
            <CommandButton calls="bypasses.start" appearance="primary" type="submit" form={formId} disabled={!isReady}>
              {text.start}
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
          if (isReady) void start(secondsNumber);
        }}
      >
        <span>{text.intro}</span>
        <div ref={outcome} role="status" tabIndex={-1}>
          {isStarted && <Note intent="success">{text.started(state.expiresAt)}</Note>}
        </div>
        {state.phase === 'unreadable' && <ErrorNotice error={state.error} context={text.loadFailed} />}
        {state.phase === 'ready' && state.error !== null && <ErrorNotice error={state.error} context={text.startFailed} />}
        {state.phase === 'ready' && state.openUntil !== null && <Note intent="info">{text.openAlready(state.openUntil)}</Note>}
        {!isStarted && (
          <>
            <Field
              label={text.seconds}
              orientation="horizontal"
              className={styles.field}
              hint={text.secondsHint(bypassSeconds.most)}
              validationState={secondsWrong ? 'error' : 'none'}
            >
              <Input inputMode="numeric" autoComplete="off" value={seconds} onChange={(_event, data) => type({ seconds: data.value })} />
            </Field>
            <Field
              label={text.reason}
              orientation="horizontal"
              required
              className={styles.field}
              hint={text.reasonHint}
              onBlur={() => setLeft(true)}
              {...problemProps(wasLeft ? reasonWrong : undefined)}
            >
              <Input value={reason} onChange={(_event, data) => type({ reason: data.value })} />
            </Field>
          </>
        )}
      </SubmitForm>
    </AppDialog>
  );
}

function Note({ intent, children }: { readonly intent: 'info' | 'success'; readonly children: string }) {
  return (
    <MessageBar intent={intent} layout="multiline">
      <MessageBarBody>{children}</MessageBarBody>
    </MessageBar>
  );
}

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalM },
  field: { gridTemplateColumns: '144px minmax(0, 1fr)' },
});
