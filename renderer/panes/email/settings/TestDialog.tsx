import { Button, makeStyles, MessageBar, MessageBarActions, MessageBarBody, Text, tokens } from '@fluentui/react-components';
import { useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { RelayWay } from '../../../../shared/contract/email.contract.ts';
import { isDeliverable } from '../../../../shared/email/mailbox.ts';
import { useClient } from '../../../app/client.tsx';
import { checksText } from '../../../i18n/en/checks.ts';
import { emailSettingsText as text, relayStepText, relayTestText } from '../../../i18n/en/email.ts';
import { AppDialog, DialogCloseButton } from '../../../ui/AppDialog.tsx';
import { ErrorNotice } from '../../../ui/ErrorNotice.tsx';
import { TextField, ValidationProvider } from '../../../ui/FormField.tsx';
import { StepList } from '../../../ui/StepList.tsx';
import { SubmitForm } from '../../../ui/SubmitForm.tsx';
import { useEmailSettings } from '../emailSettingsContext.ts';
import { createRelayTestStore } from './relayTest.store.ts';

/** Goes to the relay with the settings as they are typed, and shows each step as it happens. */
export function TestDialog({ onClose }: { onClose(): void }) {
  const styles = useStyles();
  const client = useClient();
  const settings = useEmailSettings();
  const relay = useStore(settings, (s) => s.form!.relay);
  const [test] = useState(() => createRelayTestStore(client));
  const { state, ways } = useStore(test);
  const [to, setTo] = useState('');
  const [isLeft, setLeft] = useState(false);
  const [hasTrusted, setTrusted] = useState(false);
  useEffect(() => () => test.getState().stop(), [test]);
  const status = useRef<HTMLParagraphElement>(null);
  const isRunning = state.phase === 'running';
  const isWrong = to.trim() !== '' && !isDeliverable(to.trim());

  function start() {
    setLeft(true);
    if (isWrong || isRunning) return;
    const draft = settings.getState().requestDraft();
    // The pane shows what is missing.
    if (!draft) return onClose();
    void test.getState().run(draft, to.trim());
  }

  function use({ port, security }: RelayWay) {
    settings.getState().changeRelay({ port: String(port), security });
    // The button that was pressed goes with the next test.
    status.current?.focus();
    start();
  }

  const steps = 'steps' in state ? state.steps : [];
  return (
    <AppDialog
      title={text.testTitle}
      sizeKey="relayTest"
      initialSize={{ width: 720, height: 560 }}
      onClose={onClose}
      actions={
        <>
          {isRunning && <Button onClick={() => test.getState().stop()}>{checksText.stop}</Button>}
          <Button appearance="primary" disabledFocusable={isRunning} onClick={start}>
            {text.startTest}
          </Button>
          <DialogCloseButton>{text.close}</DialogCloseButton>
        </>
      }
    >
      <SubmitForm className={styles.root} onSubmit={start}>
        <Text className={styles.hint}>{text.testIntro}</Text>
        <ValidationProvider
          value={{ problems: isLeft && isWrong ? new Map([['to', text.testToProblem]]) : new Map(), leave: () => setLeft(true) }}
        >
          <TextField field="to" label={text.testTo} hint={text.testToHint} value={to} onChange={setTo} />
        </ValidationProvider>
        <p ref={status} role="status" tabIndex={-1} className={styles.status}>
          {relayTestText(state)}
        </p>
        {hasTrusted && (
          <MessageBar intent="info">
            <MessageBarBody>{text.trusted}</MessageBarBody>
          </MessageBar>
        )}
        {state.phase === 'failed' && <ErrorNotice error={state.error} />}
        <StepList
          steps={steps.map((step) => ({
            ...step,
            ...{ key: step.step, name: relayStepText[step.step], host: relay.host.trim(), port: Number(relay.port) },
          }))}
          onTrust={(_server, certificate) => {
            settings.getState().trust(certificate);
            setTrusted(true);
            // The button that was pressed goes with the steps; without a focus inside, Esc would not close the dialog.
            status.current?.focus();
            start();
          }}
        />
        {ways.length > 0 && (
          <MessageBar intent="info" layout="multiline">
            <MessageBarBody>{text.answersAt(relay.host.trim())}</MessageBarBody>
            <MessageBarActions>
              {ways.map((way) => (
                <Button key={`${way.port} ${way.security}`} size="small" onClick={() => use(way)}>
                  {text.useWay(way)}
                </Button>
              ))}
            </MessageBarActions>
          </MessageBar>
        )}
      </SubmitForm>
    </AppDialog>
  );
}

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalS },
  hint: { color: tokens.colorNeutralForeground2 },
  status: { margin: '0', minHeight: tokens.lineHeightBase300, fontWeight: tokens.fontWeightSemibold },
});
