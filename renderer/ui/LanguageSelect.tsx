import { Select, type SelectProps } from '@fluentui/react-components';
import { languageCodes, languageText } from '../i18n/en/importDialog.ts';

interface LanguageSelectProps extends Omit<SelectProps, 'children' | 'onChange' | 'size' | 'value'> {
  readonly value: string;
  /** Languages that there is a text in; they stand first. */
  readonly known: readonly string[];
  readonly knownLabel: string;
  readonly othersLabel: string;
  onChange(language: string): void;
}

/** Chooses the language of a text: those that there is one in, then all others. A Field around it labels it. */
export function LanguageSelect({ value, known, knownLabel, othersLabel, onChange, ...field }: LanguageSelectProps) {
  const others = languageCodes.filter((code) => !known.includes(code));
  return (
    <Select {...field} size="small" value={value} onChange={(_event, data) => onChange(data.value)}>
      {[
        { label: knownLabel, codes: known },
        { label: othersLabel, codes: others },
      ].map(({ label, codes }) => (
        <optgroup key={label} label={label}>
          {codes.map((code) => (
            <option key={code} value={code}>
              {languageText(code)}
            </option>
          ))}
        </optgroup>
      ))}
    </Select>
  );
}
