import { makeStyles, tokens } from '@fluentui/react-components';
import { editUserText as text, fieldNames } from '../../i18n/en/editUser.ts';
import { FormField, TextField } from '../../ui/FormField.tsx';
import { CountryCombobox } from './CountryCombobox.tsx';
import { useEditor } from './editor.ts';
import { formatPhone, readPhone } from './phoneInput.ts';
import { splitPhone } from './userForm.ts';

interface PhoneFieldsProps {
  readonly phone: 'phone' | 'backupPhone';
  readonly extension: 'extension' | 'backupExtension';
  readonly countryLabel: string;
}

/** Country code, number and extension. The number is read as it is typed, and taken apart when it holds the others too. */
export function PhoneFields({ phone, extension, countryLabel }: PhoneFieldsProps) {
  const styles = useStyles();
  const { form, change, before } = useEditor();
  const typed = form[phone];
  const read = typed.number.trim() === '' ? null : readPhone(typed);
  const isKept = before[phone] !== '' && read === null && typed.number.trim() === before[phone];
  const hint = read ? text.storedAs(formatPhone(read.e164)) : isKept ? text.keptAsWritten : undefined;

  function takeApart() {
    const parts = splitPhone(typed, form[extension]);
    if (parts) change({ [phone]: parts.phone, [extension]: parts.extension });
  }

  return (
    <>
      <FormField label={countryLabel} field={`${phone}Country`} size="small">
        <CountryCombobox value={typed.country} onChange={(country) => change({ [phone]: { ...typed, country } })} />
      </FormField>
      <div className={styles.phone} onBlur={takeApart}>
        <TextField
          field={phone}
          label={text.label(fieldNames[phone])}
          size="small"
          hint={hint}
          input={{ inputMode: 'tel' }}
          value={typed.number}
          onChange={(number) => change({ [phone]: { ...typed, number } })}
        />
      </div>
      <TextField
        field={extension}
        label={text.label(fieldNames[extension])}
        size="small"
        value={form[extension]}
        onChange={(value) => change({ [extension]: value })}
      />
    </>
  );
}

const useStyles = makeStyles({
  phone: { fontVariantNumeric: 'tabular-nums', color: tokens.colorNeutralForeground1 },
});
