import { Button, Field, Input, makeStyles, tokens } from '@fluentui/react-components';
import { useId, useState } from 'react';
import { shellText } from '../../i18n/en/shell.ts';
import { AppDialog } from '../../ui/AppDialog.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { SubmitForm } from '../../ui/SubmitForm.tsx';
import { useClient } from '../client.tsx';
import { useShell } from '../useShell.ts';

const shortest = 12;

/** Opens a sealed vault, or creates one where no keychain answers. */
export function VaultDialog({ onClose }: { onClose(): void }) {
  const styles = useStyles();
  const formId = useId();
  const client = useClient();
  const isNew = useShell((s) => s.server?.vault.state !== 'locked');
  const setVault = useShell((s) => s.setVault);
  const [passphrase, setPassphrase] = useState('');
  const [repeated, setRepeated] = useState('');
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);

  const isTooShort = isNew && passphrase.length > 0 && passphrase.length < shortest;
  const isDifferent = isNew && repeated.length > 0 && repeated !== passphrase;
  const isReady = passphrase.length > 0 && !isTooShort && (!isNew || repeated === passphrase) && !isBusy;

  async function unlock() {
    setBusy(true);
    setError(null);
    try {
      setVault(await client.app.unlockVault({ passphrase }));
      onClose();
    } catch (thrown) {
      setError(thrown);
    } finally {
      setBusy(false);
    }
  }

  return (
    <AppDialog
      title={isNew ? shellText.vaultTitle : shellText.unlockTitle}
      sizeKey="vault"
      initialSize={{ width: 480, height: 360 }}
      isDirty={passphrase.length > 0}
      onClose={onClose}
      actions={
        <>
          <Button appearance="primary" type="submit" form={formId} disabled={!isReady}>
            {isNew ? shellText.setIt : shellText.unlockIt}
          </Button>
          <Button onClick={onClose}>{shellText.cancel}</Button>
        </>
      }
    >
      <SubmitForm
        id={formId}
        className={styles.form}
        onSubmit={() => {
          if (isReady) void unlock();
        }}
      >
        <span>{isNew ? shellText.vaultIntro : shellText.unlockIntro}</span>
        {error !== null && <ErrorNotice error={error} />}
        <Field label={shellText.passphrase} validationMessage={isTooShort ? shellText.passphraseTooShort : undefined}>
          <Input
            type="password"
            autoComplete={isNew ? 'new-password' : 'current-password'}
            value={passphrase}
            onChange={(_event, data) => setPassphrase(data.value)}
          />
        </Field>
        {isNew && (
          <Field label={shellText.repeatPassphrase} validationMessage={isDifferent ? shellText.passphrasesDiffer : undefined}>
            <Input type="password" autoComplete="new-password" value={repeated} onChange={(_event, data) => setRepeated(data.value)} />
          </Field>
        )}
      </SubmitForm>
    </AppDialog>
  );
}

const useStyles = makeStyles({ form: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalM } });
