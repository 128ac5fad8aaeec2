import type { AppError } from '../../../shared/contract/errors.ts';
import { fieldNames, problemText } from '../../i18n/en/editUser.ts';
import type { CompanySettings } from '../../../shared/contract/companySettings.ts';
import type { UserChanges } from '../../../shared/contract/userCommands.ts';
import { toValues, usesPin, type FormField, type Problem, type UserForm } from './userForm.ts';
import { differing, settingsOf, type UserValues } from './userValues.ts';

/** Whether something would be lost by closing. */
export function isChangedForm(form: UserForm, before: UserValues, company: CompanySettings): boolean {
  return differing(toValues(form, before, company), before).length > 0 || (usesPin(form) && (form.pin !== '' || form.confirmPin !== ''));
}

/** What was changed, as the service wants it: without what is as before. */
export function changesToSave(form: UserForm, before: UserValues, company: CompanySettings): UserChanges {
  const values = toValues(form, before, company);
  const names = differing(values, before);
  return {
    ...settingsOf(values, names),
    ...(names.includes('phone') && { phoneCountry: form.phone.country }),
    ...(names.includes('backupPhone') && { backupPhoneCountry: form.backupPhone.country }),
    ...(usesPin(form) && form.pin !== '' && { pin: form.pin }),
  };
}

/** Sentences beside fields. */
export type ShownProblems = ReadonlyMap<FormField, string>;

/** The problems to show now: those of fields that were left, or all after Apply, and what the server said about a field. */
export function shownProblems(
  problems: ReadonlyMap<FormField, Problem>,
  left: ReadonlySet<FormField> | 'all',
  saveError: AppError | null,
): ShownProblems {
  const shown = new Map<FormField, string>();
  for (const [field, problem] of problems) if (left === 'all' || left.has(field)) shown.set(field, problemText(problem));
  const refused = saveError && refusedField(saveError);
  if (refused && !shown.has(refused)) shown.set(refused, saveError.message);
  return shown;
}

/** The field that the server refused, where it named one. */
function refusedField({ code, details }: AppError): FormField | null {
  if (code === 'username-taken') return 'username';
  if (code === 'pin-refused') return 'pin';
  const field = String(details?.['field'] ?? '');
  if (field === 'mode') return 'method';
  return Object.hasOwn(fieldNames, field) ? (field as FormField) : null;
}
