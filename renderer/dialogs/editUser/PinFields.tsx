import { Button, Input, makeStyles, tokens } from '@fluentui/react-components';
import { EyeOffRegular, EyeRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import { useClient } from '../../app/client.tsx';
import { editUserText as text, fieldNames } from '../../i18n/en/editUser.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { FormField } from '../../ui/FormField.tsx';
import { useEditor } from './editor.ts';
import { phoneValue } from './phoneInput.ts';
import { PinRuleList } from './PinRuleList.tsx';
import { usesPin } from './userForm.ts';

/** A new PIN, typed twice or generated. Greyed where the chosen mode asks for none; what is stored is never shown. */
export function PinFields() {
  const styles = useStyles();
  const client = useClient();
  const { form, user, change } = useEditor();
  const [isShown, setShown] = useState(false);
  const [isGenerating, setGenerating] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const isUsed = usesPin(form);
  const type = isShown ? 'text' : 'password';

  async function generate() {
    setGenerating(true);
    setError(null);
    try {
      const phones = [phoneValue(form.phone), phoneValue(form.backupPhone)].filter((phone) => phone !== '');
      const made = await client.pins.generate({ ...(user && { user: { id: user.id } }), phones });
      change({ pin: made.pin, confirmPin: made.pin });
      // Whoever has to tell it to the user must be able to read it.
      setShown(true);
    } catch (thrown) {
      setError(thrown);
    } finally {
      setGenerating(false);
    }
  }

  return (
    <>
      <FormField
        field="pin"
        label={text.label(fieldNames.pin)}
        size="small"
        className={isUsed ? undefined : styles.greyed}
        hint={isUsed && form.pin === '' ? storedText(user) : undefined}
      >
        {(control) => (
          <div className={styles.row}>
            <Input
              {...control}
              size="small"
              className={styles.pin}
              type={type}
              inputMode="numeric"
              autoComplete="new-password"
              disabled={!isUsed}
              value={form.pin}
              onChange={(_event, { value }) => change({ pin: value })}
              contentAfter={
                <Button
                  size="small"
                  appearance="transparent"
                  disabled={!isUsed}
                  icon={isShown ? <EyeOffRegular /> : <EyeRegular />}
                  aria-label={isShown ? text.hidePin : text.showPin}
                  title={isShown ? text.hidePin : text.showPin}
                  onClick={() => setShown(!isShown)}
                />
              }
            />
            <Button size="small" disabled={!isUsed || isGenerating} onClick={() => void generate()}>
              {isGenerating ? text.generating : text.generate}
            </Button>
          </div>
        )}
      </FormField>
      <FormField field="confirmPin" label={text.label(fieldNames.confirmPin)} size="small" className={isUsed ? undefined : styles.greyed}>
        <Input
          size="small"
          className={styles.pin}
          type={type}
          inputMode="numeric"
          autoComplete="new-password"
          disabled={!isUsed}
          value={form.confirmPin}
          onChange={(_event, { value }) => change({ confirmPin: value })}
        />
      </FormField>
      {isUsed && form.pin !== '' && (
        <div className={styles.rules}>
          <PinRuleList />
        </div>
      )}
      {error !== null && <ErrorNotice error={error} context={text.generateFailed} />}
    </>
  );
}

function storedText(user: ReturnType<typeof useEditor>['user']): string | undefined {
  if (!user) return undefined;
  if (!user.hasPin) return text.pinNone;
  return user.pin.isInitial ? text.pinInitial : text.pinKept;
}

const useStyles = makeStyles({
  greyed: { '& label': { color: tokens.colorNeutralForegroundDisabled } },
  row: { display: 'flex', columnGap: tokens.spacingHorizontalS },
  pin: { width: '168px' },
  rules: { marginLeft: '176px' },
});
