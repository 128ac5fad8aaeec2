import { Field, Input, MessageBar, MessageBarActions, MessageBarBody, makeStyles, tokens } from '@fluentui/react-components';
import { useEffect, useId, useRef, useState, type RefObject } from 'react';
import { useStore, type StoreApi } from 'zustand';
import { needsPin } from '../../../shared/users/completeness.ts';
import { useClient } from '../../app/client.tsx';
import { methodText } from '../../i18n/en/users.ts';
import { testUserText as text } from '../../i18n/en/verify.ts';
import { CommandButton } from '../../ui/CommandButton.tsx';
import { AppDialog, DialogCloseButton } from '../../ui/AppDialog.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { SubmitForm } from '../../ui/SubmitForm.tsx';
import { TestResult } from './TestResult.tsx';
import { createTestUserStore, type TestUserState, type TestUserStore } from './testUser.store.ts';

/** Verifies the second factor of a user as a sign-in does. */
export function TestUserDialog({ id, onClose }: { readonly id: number; onClose(): void }) {
  const formId = useId();
  const client = useClient();
  const [store] = useState(() => createTestUserStore(client, id));
  const state = useStore(store, (s) => s.state);
  const testButton = useRef<HTMLButtonElement>(null);
  const isTesting = state.phase === 'ready' && state.test.is === 'testing';

  useEffect(() => void store.getState().load(), [store]);

  return (
    <AppDialog
      title={state.phase === 'ready' ? text.title(state.user.username) : text.titleLoading}
      sizeKey="testUser"
      initialSize={{ width: 520, height: 460 }}
      onClose={onClose}
      actions={
        <>
          <CommandButton
            calls="verify.check"
            ref={testButton}
            appearance="primary"
            type="submit"
            form={formId}
            disabledFocusable={state.phase !== 'ready' || isTesting}
          >
            {isTesting ? text.testing : text.test}
          </CommandButton>
          <DialogCloseButton>{text.close}</DialogCloseButton>
        </>
      }
    >
      {state.phase === 'unreadable' && <ErrorNotice error={state.error} context={text.loadFailed} />}
      {state.phase === 'ready' && <TestForm store={store} state={state} formId={formId} testButton={testButton} />}
    </AppDialog>
  );
}

interface TestFormProps {
  readonly store: StoreApi<TestUserStore>;
  readonly state: Extract<TestUserState, { phase: 'ready' }>;
  readonly formId: string;
  /** Has the focus where another button goes. */
  readonly testButton: RefObject<HTMLButtonElement | null>;
}

function TestForm({ store, state: { user, standing, test }, formId, testButton }: TestFormProps) {
  const styles = useStyles();
  const [pin, setPin] = useState('');
  const [code, setCode] = useState('');
  const asksPin = needsPin(user.mode);
  const asksCode = user.method === 'oath';
  const { test: start, unlock } = store.getState();

  async function run() {
    await start({ code: asksCode ? code : '', pin: asksPin ? pin : '' });
    // A code is good once, and a PIN should not stay on the screen.
    setCode('');
    setPin('');
  }

  async function unlockAndReturn() {
    await unlock();
    testButton.current?.focus();
  }

  return (
    <SubmitForm id={formId} className={styles.form} onSubmit={() => void run()}>
      <Field label={text.method} orientation="horizontal" className={styles.field}>
        <Input readOnly appearance="filled-darker" value={methodText(user.method, user.mode)} />
      </Field>
      {standing.lockedUntil !== null && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>{text.locked(standing.lockedUntil)}</MessageBarBody>
          <MessageBarActions>
            <CommandButton calls="verify.unlock" size="small" onClick={() => void unlockAndReturn()}>
              {text.unlock}
            </CommandButton>
          </MessageBarActions>
        </MessageBar>
      )}
      {standing.bypass !== null && (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>{text.bypassOpen}</MessageBarBody>
        </MessageBar>
      )}
      {asksPin && (
        <Field label={text.pin} orientation="horizontal" className={styles.field}>
          <Input type="password" inputMode="numeric" autoComplete="off" value={pin} onChange={(_event, data) => setPin(data.value)} />
        </Field>
      )}
      {asksCode && (
        <Field label={text.code} orientation="horizontal" className={styles.field} hint={text.codeHint}>
          <Input
            inputMode="numeric"
            autoComplete="one-time-code"
            spellCheck={false}
            value={code}
            onChange={(_event, data) => setCode(data.value)}
          />
        </Field>
      )}
      {!asksPin && !asksCode && <span>{text.nothingToEnter}</span>}
      <div role="status" className={styles.result}>
        {test.is === 'done' && <TestResult result={test.result} />}
      </div>
      {test.is === 'failed' && <ErrorNotice error={test.error} context={text.testFailed} />}
    </SubmitForm>
  );
}

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalM },
  field: { gridTemplateColumns: '144px minmax(0, 1fr)' },
  result: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalM },
});
