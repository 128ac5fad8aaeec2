import { AppError } from '../../../shared/contract/errors.ts';
import type { TextProblem } from '../../../shared/users/enteredText.ts';
import type { UserField } from '../../../shared/users/userFields.ts';

/** What an administrator calls the fields; the dialog has the same words. */
const names: Readonly<Partial<Record<UserField, string>>> = {
  username: 'Username',
  firstName: 'First name',
  lastName: 'Last name',
  email: 'Email address',
  userGroup: 'User group',
  description: 'Description',
  phone: 'Phone',
  extension: 'Extension',
  backupPhone: 'Backup phone',
  backupExtension: 'Backup extension',
  languageCall: 'Phone call language',
  languageText: 'Text message language',
  languageApp: 'Mobile app language',
  languageOath: 'OATH token language',
};

/** AppError `invalid-input` about one field; `problem` is for programs, the sentence for people. */
export function fieldRefused(field: UserField, problem: string, sentence: string, more: { limit?: number } = {}): AppError {
  return new AppError('invalid-input', `${names[field] ?? field}: ${sentence}`, { details: { field, problem, ...more } });
}

/** The same for what `problemOfText` found. */
export function textRefused(field: UserField, found: TextProblem): AppError {
  switch (found.problem) {
    case 'required':
      return fieldRefused(field, found.problem, 'Enter something.');
    case 'too-long':
      return fieldRefused(field, found.problem, `At most ${found.limit} characters are kept.`, { limit: found.limit });
    case 'control-characters':
      return fieldRefused(field, found.problem, 'The text contains characters that cannot be shown, such as line breaks.');
    case 'not-an-address':
      return fieldRefused(field, found.problem, 'This is no email address. One looks like anna@corp.example.');
    case 'not-an-extension':
      return fieldRefused(field, found.problem, 'An extension consists of digits, * and #, and a comma for each second of pause.');
  }
}

/** AppError `phone-not-valid`. Where the country numbers by ten digits (US, Canada), the sentence says how many there are. */
export function phoneRefused(field: 'phone' | 'backupPhone', text: string, country: string): AppError {
  const digits = text.replaceAll(/\D/g, '').length;
  const isTenDigits = (country === 'US' || country === 'CA') && !text.startsWith('+');
  const why =
    isTenDigits && digits !== 10
      ? `A number in the United States and Canada has 10 digits; this one has ${digits}.`
      : `This is no phone number${text.startsWith('+') ? '' : ` in the country ${country}`}.`;
  return new AppError('phone-not-valid', `${names[field]}: ${why}`, { details: { field, country } });
}
