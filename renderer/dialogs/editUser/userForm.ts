import metadata from 'libphonenumber-js/min/metadata';
import type { CompanySettings, PinRules } from '../../../shared/contract/companySettings.ts';
import { modesOf, type Method, type Mode } from '../../../shared/contract/users.contract.ts';
import { dialledDigits } from '../../../shared/phones/dialledDigits.ts';
import { findPinProblems } from '../../../shared/pins/pinProblems.ts';
import { effectivePinRules, type PinProblem } from '../../../shared/pins/pinRules.ts';
import { needsPin } from '../../../shared/users/completeness.ts';
import { defaultMode } from '../../../shared/users/userDefaults.ts';
import { newUserFields } from '../../../shared/users/userFields.ts';
import { enteredFields, problemOfText, type TextProblem } from '../../../shared/users/enteredText.ts';
import { phoneValue, readPhone, toPhoneForm, type PhoneForm } from './phoneInput.ts';
import { methodOf, methodValue, toUserValues, type UserValue, type UserValues } from './userValues.ts';

/** What was typed and chosen. A method that is not chosen keeps its mode, as it does on screen. */
export interface UserForm extends Omit<UserValues, 'phone' | 'backupPhone' | 'method' | 'pinExpirationDays'> {
  readonly phone: PhoneForm;
  readonly backupPhone: PhoneForm;
  readonly method: Method;
  readonly modes: Readonly<Record<Method, Mode>>;
  /** Null: as the company says; else days as typed, `0` for never. */
  readonly pinExpirationDays: string | null;
  readonly pin: string;
  readonly confirmPin: string;
}

/** What of Company Settings a form is made with. */
export type FormDefaults = Pick<CompanySettings, 'defaultCountry' | 'userDefaults'>;

/** Values that can be wrong in the dialog. `confirmPin` belongs to no setting. */
export type FormField = UserValue | 'pin' | 'confirmPin';

export function toForm(values: UserValues, { defaultCountry, userDefaults }: FormDefaults): UserForm {
  const { method, mode } = methodOf(values.method);
  const own = (of: Method) => (of === method ? mode : defaultMode(userDefaults, of));
  return {
    ...values,
    phone: toPhoneForm(values.phone, defaultCountry),
    backupPhone: toPhoneForm(values.backupPhone, defaultCountry),
    method,
    modes: { call: own('call'), text: own('text'), app: own('app'), oath: 'token' },
    pinExpirationDays: values.pinExpirationDays === null ? null : String(values.pinExpirationDays),
    pin: '',
    confirmPin: '',
  };
}

/** The settings that a form stands for. `before` are those that it was made from: what was not touched stays as it is stored. */
export function toValues(form: UserForm, before: UserValues, defaults: FormDefaults): UserValues {
  const { pin: _pin, confirmPin: _confirmPin, modes, method, ...plain } = form;
  const phone = (typed: PhoneForm, stored: string) =>
    isPhone(typed, toPhoneForm(stored, defaults.defaultCountry)) ? stored : phoneValue(typed);
  return {
    ...plain,
    username: form.username.trim(),
    firstName: form.firstName.trim(),
    lastName: form.lastName.trim(),
    email: form.email.trim(),
    userGroup: form.userGroup.trim(),
    description: form.description.trim(),
    phone: phone(form.phone, before.phone),
    extension: form.extension.trim(),
    backupPhone: phone(form.backupPhone, before.backupPhone),
    backupExtension: form.backupExtension.trim(),
    method: methodValue(method, modes[method]),
    pinExpirationDays: form.pinExpirationDays === null ? null : Number(form.pinExpirationDays),
  };
}

/** A new user as Company Settings want him. */
export function newValues(defaults: FormDefaults): UserValues {
  return toUserValues(newUserFields(defaults), []);
}

/** Whether the chosen mode asks for a PIN: only then can one be set. */
export function usesPin(form: Pick<UserForm, 'method' | 'modes'>): boolean {
  return needsPin(form.modes[form.method]);
}

/** The way a text message goes, and whether it takes a PIN: the two combos of the dialog. */
export function textModeOf(mode: Mode): { readonly way: 'one-way' | 'two-way'; readonly pin: boolean } {
  return { way: mode.startsWith('two-way') ? 'two-way' : 'one-way', pin: mode.endsWith('-pin') };
}

export function textMode(way: 'one-way' | 'two-way', pin: boolean): Mode {
  return modesOf.text.find((mode) => mode === `${way}-otp${pin ? '-pin' : ''}`)!;
}

export type Problem =
  | TextProblem
  | { readonly problem: 'phone' | 'days' | 'pin-mismatch' }
  | { readonly problem: 'pin'; readonly reasons: readonly PinProblem[] };

/** Everything that keeps these settings from being saved, by field. What is stored already and was not touched is never a problem. */
export function problemsOf(form: UserForm, before: UserValues, company: CompanySettings): ReadonlyMap<FormField, Problem> {
  const problems = new Map<FormField, Problem>();
  const values = toValues(form, before, company);

  for (const name of enteredFields) {
    const found = values[name] === before[name] && name !== 'username' ? null : problemOfText(name, values[name]);
    if (found) problems.set(name, found);
  }
  for (const name of ['phone', 'backupPhone'] as const) {
    if (values[name] !== before[name] && values[name] !== '' && readPhone(form[name]) === null) problems.set(name, { problem: 'phone' });
  }
  const days = form.pinExpirationDays;
  if (days !== null && !/^\s*\d{1,3}\s*$/.test(days)) problems.set('pinExpirationDays', { problem: 'days' });
  if (!usesPin(form)) return problems;
  const reasons = form.pin === '' ? [] : pinProblemsOf(form, company);
  if (reasons.length > 0) problems.set('pin', { problem: 'pin', reasons });
  if (form.pin !== form.confirmPin) problems.set('confirmPin', { problem: 'pin-mismatch' });
  return problems;
}

/** The rules that hold for the PIN of this user once the form is saved. */
export function pinRulesOf(form: UserForm, company: CompanySettings): PinRules {
  const { pinCanChange, pinMinLength, pinPreventWeak, pinExpirationDays, pinHistory } = form;
  return effectivePinRules(
    {
      canChange: pinCanChange,
      minLength: pinMinLength,
      preventWeak: pinPreventWeak,
      expirationDays: pinExpirationDays === null ? null : Number(pinExpirationDays),
      history: pinHistory,
    },
    company.pinRules,
  );
}

/** What is wrong with the PIN as far as the page can know; whether it was used before only the server knows. */
export function pinProblemsOf(form: UserForm, company: CompanySettings): readonly PinProblem[] {
  const phones = [phoneValue(form.phone), phoneValue(form.backupPhone)].flatMap((phone) => dialledDigits(metadata, phone));
  return findPinProblems(form.pin, pinRulesOf(form, company), phones);
}

function isPhone(a: PhoneForm, b: PhoneForm): boolean {
  return a.country === b.country && a.number === b.number;
}

/** A number that was typed with its country code or an extension, taken apart: the way the fields of the dialog hold it. */
export function splitPhone(form: PhoneForm, typedExtension: string): { readonly phone: PhoneForm; readonly extension: string } | null {
  const text = form.number.trim();
  const read = readPhone(form);
  if (!read) return null;
  const isWhole = !/^(?:\+|00)/.test(text) && read.extension === '';
  if (isWhole) return null;
  return { phone: { ...toPhoneForm(read.e164, read.country) }, extension: read.extension || typedExtension };
}

/** A form with some of its fields as they are in `values`; the others keep what is being typed in them. */
export function adopt(form: UserForm, values: UserValues, names: readonly UserValue[], defaults: FormDefaults): UserForm {
  const fresh = toForm(values, defaults);
  const taken = Object.fromEntries(names.map((name) => [name, fresh[name]]));
  const { method } = fresh;
  return {
    ...form,
    ...taken,
    ...(names.includes('method') && { modes: { ...form.modes, [method]: fresh.modes[method] } }),
  };
}
