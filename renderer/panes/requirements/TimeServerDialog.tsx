import { Button, Text, makeStyles, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { timeServer } from '../../../shared/contract/requirements.contract.ts';
import { useClient } from '../../app/client.tsx';
import { requirementsText as text } from '../../i18n/en/requirements.ts';
import { AppDialog, DialogCloseButton } from '../../ui/AppDialog.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { TextField, ValidationProvider } from '../../ui/FormField.tsx';
import { SubmitForm } from '../../ui/SubmitForm.tsx';
import { useRead } from '../../ui/useRead.ts';
import { focusFirstAttribute } from '../../ui/useFocusReturn.ts';

interface TimeServerDialogProps {
  onSaved(): void;
  onClose(): void;
}

/** With which clock ours is compared. */
export function TimeServerDialog({ onSaved, onClose }: TimeServerDialogProps) {
  const styles = useStyles();
  const client = useClient();
  const { value: settings, error: unread } = useRead((options) => client.requirements.settings(null, options));
  const [typed, setTyped] = useState<string | null>(null);
  const [isLeft, setLeft] = useState(false);
  const [unsaved, setUnsaved] = useState<unknown>(null);
  const error = unread ?? unsaved;
  const saved = settings?.timeServer ?? null;
  const value = typed ?? saved ?? '';
  const isValid = timeServer.safeParse(value).success;
  const isChanged = typed !== null && typed.trim() !== saved;

  async function apply() {
    if (!isValid) return setLeft(true);
    if (!isChanged) return onClose();
    try {
      await client.requirements.set({ timeServer: value });
      onSaved();
      onClose();
    } catch (failure) {
      setUnsaved(failure);
    }
  }

  return (
    <AppDialog
      title={text.timeServerTitle}
      sizeKey="time-server"
      initialSize={{ width: 520, height: 300 }}
      isDirty={isChanged}
      onClose={onClose}
      actions={
        <>
          <Button appearance="primary" type="submit" form="time-server" disabledFocusable={saved === null}>
            {text.apply}
          </Button>
          <DialogCloseButton>{text.cancel}</DialogCloseButton>
        </>
      }
    >
      <SubmitForm id="time-server" className={styles.root} onSubmit={() => void apply()}>
        {error !== null && <ErrorNotice error={error} context={text.timeServerFailed} />}
        <Text>{text.timeServerIntro}</Text>
        <ValidationProvider
          value={{ problems: new Map(isLeft && !isValid ? [['timeServer', text.timeServerProblem]] : []), leave: () => setLeft(true) }}
        >
          <TextField
            label={text.timeServerLabel}
            field="timeServer"
            hint={text.timeServerHint}
            value={value}
            input={{ [focusFirstAttribute]: '' } as object}
            onChange={setTyped}
          />
        </ValidationProvider>
      </SubmitForm>
    </AppDialog>
  );
}

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalM },
});
