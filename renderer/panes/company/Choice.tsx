import { Checkbox, Select } from '@fluentui/react-components';
import type { Leaf } from '../../../shared/company/settingPaths.ts';
import { editUserText } from '../../i18n/en/editUser.ts';
import { settingName, settingValue } from '../../i18n/en/company.ts';
import { FormField } from '../../ui/FormField.tsx';
import { useCompanyForm } from './companyForm.ts';

interface ChoiceProps<T extends Leaf> {
  /** The path within the settings. */
  readonly path: string;
  readonly value: T;
  readonly options: readonly T[];
}

/** One setting out of a few values. */
export function Choice<T extends Leaf>({ path, value, options }: ChoiceProps<T>) {
  const { change } = useCompanyForm();
  return (
    <FormField field={path} label={editUserText.label(settingName(path))} size="small">
      <Select
        size="small"
        value={String(value)}
        onChange={(_event, data) => change(path, options.find((option) => String(option) === data.value) ?? value)}
      >
        {options.map((option) => (
          <option key={String(option)} value={String(option)}>
            {settingValue(path, option)}
          </option>
        ))}
      </Select>
    </FormField>
  );
}

interface CheckProps {
  readonly path: string;
  readonly isChecked: boolean;
  readonly label?: string;
}

/** One setting that is on or off. */
export function Check({ path, isChecked, label = settingName(path) }: CheckProps) {
  const { change } = useCompanyForm();
  return <Checkbox label={label} checked={isChecked} onChange={(_event, data) => change(path, data.checked === true)} />;
}
