import { Button, makeStyles, Textarea, tokens } from '@fluentui/react-components';
import { useRef } from 'react';
import { checksText as text } from '../i18n/en/checks.ts';
import { FormField } from './FormField.tsx';

interface CaFieldProps {
  readonly field: string;
  /** PEM. */
  readonly value: string;
  onChange(value: string): void;
}

/** Certificate authorities to trust beside those of this computer: typed, or read from a file. */
export function CaField({ field, value, onChange }: CaFieldProps) {
  const styles = useStyles();
  const file = useRef<HTMLInputElement>(null);
  return (
    <>
      <FormField label={text.caPem} field={field} hint={text.caHint}>
        <Textarea
          value={value}
          rows={3}
          spellCheck={false}
          placeholder="-----BEGIN CERTIFICATE-----"
          textarea={{ className: styles.mono }}
          onChange={(_event, data) => onChange(data.value)}
        />
      </FormField>
      <div className={styles.indented}>
        <Button size="small" onClick={() => file.current?.click()}>
          {text.chooseFile}
        </Button>
        {value !== '' && (
          <Button size="small" appearance="subtle" onClick={() => onChange('')}>
            {text.clear}
          </Button>
        )}
        <input
          ref={file}
          type="file"
          hidden
          accept=".pem,.crt,.cer"
          onChange={(event) => {
            const input = event.currentTarget;
            void input.files?.[0]?.text().then(onChange);
            // Otherwise the same file could not be chosen a second time.
            input.value = '';
          }}
        />
      </div>
    </>
  );
}

const useStyles = makeStyles({
  indented: { marginLeft: '176px', display: 'flex', columnGap: tokens.spacingHorizontalS },
  mono: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200 },
});
