import { Field, Select, makeStyles, tokens } from '@fluentui/react-components';
import { useCallback } from 'react';
import { useClient } from '../../app/client.tsx';
import { mailViewText as text } from '../../i18n/en/emailContent.ts';
import { languageText } from '../../i18n/en/importDialog.ts';
import { FindCombobox, type Found } from '../FindCombobox.tsx';
import { findUsers } from '../findUsers.ts';

interface ReaderFieldProps {
  /** Null: an invented one. */
  readonly reader: Found | null;
  readonly className?: string;
  onReader(reader: Found | null): void;
}

/** For whom a mail is shown. */
export function ReaderField({ reader, className, onReader }: ReaderFieldProps) {
  const styles = useStyles();
  const client = useClient();
  const find = useCallback((typed: string, signal: AbortSignal) => findUsers(client, typed, signal), [client]);
  return (
    <Field label={text.reader} size="small" orientation="horizontal" className={className ?? styles.reader}>
      <FindCombobox
        size="small"
        freeform
        clearable
        placeholder={text.readerPlaceholder}
        className={styles.box}
        value={reader}
        onChange={onReader}
        find={find}
      />
    </Field>
  );
}

interface LanguageFieldProps {
  readonly languages: readonly string[];
  /** Null: the one of the reader. */
  readonly language: string | null;
  onLanguage(language: string | null): void;
}

/** In which language a mail is shown. */
export function LanguageField({ languages, language, onLanguage }: LanguageFieldProps) {
  const styles = useStyles();
  return (
    <Field label={text.language} size="small" orientation="horizontal" className={styles.language}>
      <Select size="small" value={language ?? ''} onChange={(_event, data) => onLanguage(data.value === '' ? null : data.value)}>
        <option value="">{text.readersLanguage}</option>
        {languages.map((code) => (
          <option key={code} value={code}>
            {languageText(code)}
          </option>
        ))}
      </Select>
    </Field>
  );
}

const useStyles = makeStyles({
  reader: { gridTemplateColumns: 'auto minmax(0, 1fr)', columnGap: tokens.spacingHorizontalS, flex: '2 1 320px' },
  language: { gridTemplateColumns: 'auto minmax(0, 1fr)', columnGap: tokens.spacingHorizontalS, flex: '1 1 208px' },
  box: { minWidth: '0' },
});
