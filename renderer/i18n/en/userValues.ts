import type { Mode } from '../../../shared/contract/users.contract.ts';
import { methodOf, type UserValue, type UserValues } from '../../dialogs/editUser/userValues.ts';
import { expirationText, editUserText, historyText, lengthText, whenDisabledText, yesNoText } from './editUser.ts';
import { languageText, modeText } from './importDialog.ts';

const asTheCompany = 'Company default';

/** The value of a setting as people read it. */
export function valueText(name: UserValue, values: UserValues): string {
  const value = values[name];
  if (value === null) return asTheCompany;
  switch (name) {
    case 'method': {
      const { method, mode } = methodOf(values.method);
      return mode === 'token' ? editUserText.methods[method] : `${editUserText.methods[method]} (${modeText[mode satisfies Mode]})`;
    }
    case 'whenDisabled':
      return whenDisabledText(value as 'succeed' | 'fail');
    case 'languageCall':
    case 'languageText':
    case 'languageApp':
    case 'languageOath':
      return value === '' ? asTheCompany : languageText(String(value));
    case 'pinMinLength':
      return lengthText(Number(value));
    case 'pinExpirationDays':
      return expirationText(Number(value));
    case 'pinHistory':
      return historyText(Number(value));
    default:
      if (typeof value === 'boolean') return yesNoText(value);
      return value === '' ? editUserText.emptyValue : String(value);
  }
}
