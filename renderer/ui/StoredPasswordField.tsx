import { Button, Field, Input, makeStyles } from '@fluentui/react-components';
import { EyeOffRegular, EyeRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import { checksText as text } from '../i18n/en/checks.ts';

/** `forgotten`: the stored one belongs to another server or user than what is typed now. */
export type PasswordState = 'typed' | 'stored' | 'forgotten' | 'none';

interface StoredPasswordFieldProps {
  readonly label: string;
  readonly state: PasswordState;
  /** What the state means, as a sentence. */
  readonly hint: string;
  readonly value: string;
  onChange(value: string): void;
}

/** A password that is kept by the server and never comes back: one that is typed takes its place. */
export function StoredPasswordField({ label, state, hint, value, onChange }: StoredPasswordFieldProps) {
  const styles = useStyles();
  const [isShown, setShown] = useState(false);
  return (
    <Field
      label={label}
      orientation="horizontal"
      className={styles.field}
      {...(state === 'forgotten' ? { validationState: 'warning' as const, validationMessage: hint } : { hint })}
    >
      <Input
        type={isShown ? 'text' : 'password'}
        autoComplete="new-password"
        spellCheck={false}
        value={value}
        placeholder={state === 'stored' ? '••••••••' : undefined}
        onChange={(_event, data) => onChange(data.value)}
        contentAfter={
          <Button
            appearance="transparent"
            size="small"
            icon={isShown ? <EyeOffRegular /> : <EyeRegular />}
            aria-label={isShown ? text.hidePassword : text.showPassword}
            disabled={value === ''}
            onClick={() => setShown(!isShown)}
          />
        }
      />
    </Field>
  );
}

const useStyles = makeStyles({ field: { gridTemplateColumns: '176px minmax(0, 1fr)' } });
