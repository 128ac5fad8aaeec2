import { Select } from '@fluentui/react-components';
import { companyDefault, editUserText as text, fieldNames } from '../../i18n/en/editUser.ts';
import { FormField } from '../../ui/FormField.tsx';
import type { FormField as FieldName } from './userForm.ts';

interface OwnChoiceProps<T extends string | number | boolean> {
  readonly field: FieldName;
  /** Null: as the company says. */
  readonly value: T | null;
  /** What the company says now. */
  readonly company: T;
  readonly options: readonly T[];
  words(value: T): string;
  onChange(value: T | null): void;
}

/** A setting that a user may have for himself; the first choice says what the company's is. */
export function OwnChoice<T extends string | number | boolean>({ field, value, company, options, words, onChange }: OwnChoiceProps<T>) {
  return (
    <FormField field={field} label={text.label(fieldNames[field])} size="small">
      <Select
        size="small"
        value={value === null ? '' : String(value)}
        onChange={(_event, data) => onChange(options.find((option) => String(option) === data.value) ?? null)}
      >
        <option value="">{companyDefault(words(company))}</option>
        {options.map((option) => (
          <option key={String(option)} value={String(option)}>
            {words(option)}
          </option>
        ))}
      </Select>
    </FormField>
  );
}
