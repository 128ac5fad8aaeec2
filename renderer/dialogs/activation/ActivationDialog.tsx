import { Button, makeStyles } from '@fluentui/react-components';
import { useEffect, useId, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { useClient } from '../../app/client.tsx';
import { activationText as text } from '../../i18n/en/activation.ts';
import { AppDialog, DialogCloseButton } from '../../ui/AppDialog.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { focusFirstAttribute } from '../../ui/useFocusReturn.ts';
import { createActivationStore } from './activation.store.ts';
import { CredentialsStep, isReadyToActivate } from './CredentialsStep.tsx';
import { GroupStep, isReadyToJoin } from './GroupStep.tsx';
import { JoinedView } from './JoinedView.tsx';

/** Activates this server: credentials, then a group; afterwards it shows the activation and ends it. */
export function ActivationDialog({ onClose }: { onClose(): void }) {
  const styles = useStyles();
  const formId = useId();
  const client = useClient();
  const [store] = useState(() => createActivationStore(client));
  const all = useStore(store);
  const { state, loadError, isAgain, work, load } = all;
  useEffect(() => void load(), [load]);

  const phase = state?.phase;
  const step = phase === undefined ? null : phase === 'not-activated' || isAgain ? 'credentials' : phase;
  const body = useRef<HTMLDivElement>(null);
  // What had the focus is gone with the step before; without a focus inside Esc would not close the dialog.
  useEffect(() => {
    if (step !== null) (body.current?.querySelector<HTMLElement>(`[${focusFirstAttribute}]`) ?? body.current)?.focus();
  }, [step]);

  return (
    <AppDialog
      title={text.title}
      sizeKey="activation"
      initialSize={{ width: 640, height: 560 }}
      isDirty={step === 'credentials' && all.form.password !== ''}
      onClose={onClose}
      actions={
        <>
          {step === 'credentials' && all.form.way !== 'file' && (
            <Button appearance="primary" type="submit" form={formId} disabledFocusable={!isReadyToActivate(all)}>
              {work === 'activating' ? text.activating : text.activate}
            </Button>
          )}
          {step === 'activated' && (
            <Button appearance="primary" type="submit" form={formId} disabledFocusable={!isReadyToJoin(all)}>
              {work === 'joining' ? text.joining : text.join}
            </Button>
          )}
          {isAgain && <Button onClick={() => all.setAgain(false)}>{text.cancel}</Button>}
          <DialogCloseButton>{text.close}</DialogCloseButton>
        </>
      }
    >
      {loadError && (
        <ErrorNotice error={loadError} context={text.loadFailed} actions={<Button onClick={() => void load()}>{text.tryAgain}</Button>} />
      )}
      <div ref={body} tabIndex={-1} className={styles.body}>
        {step === null && !loadError && <p role="status">{text.loading}</p>}
        {step === 'credentials' && <CredentialsStep store={all} formId={formId} />}
        {step === 'activated' && <GroupStep store={all} formId={formId} />}
        {step === 'joined' && <JoinedView store={all} />}
      </div>
    </AppDialog>
  );
}

// It has the focus only so that the keyboard stays in the dialog.
const useStyles = makeStyles({ body: { outlineStyle: 'none' } });
