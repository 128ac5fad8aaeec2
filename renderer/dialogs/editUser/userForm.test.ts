import { expect, it } from 'vitest';
import { userSettings } from '../../../shared/contract/users.contract.ts';
import { userChanges } from '../../../shared/contract/userCommands.ts';
import { changesToSave, isChangedForm } from './formState.ts';
import { anna, company } from './testing.ts';
import { adopt, newValues, problemsOf, splitPhone, toForm, toValues, type UserForm } from './userForm.ts';
import { baseOf, settingsOf, userValueNames, valuesOf } from './userValues.ts';

const before = valuesOf(anna);
const form = toForm(before, company);
const withForm = (change: Partial<UserForm>): UserForm => ({ ...form, ...change });
const problem = (change: Partial<UserForm>, field: string) => problemsOf(withForm(change), before, company).get(field as never)?.problem;

it('has a name in the contract for every setting, and leaves none out', () => {
  const all = settingsOf(before, userValueNames);

  expect(userChanges.strict().parse(all)).toEqual(all);
  expect(Object.keys(baseOf(before)).toSorted()).toEqual(Object.keys(userSettings.shape).toSorted());
});

it('shows a stored number in its country, and nothing is changed by that', () => {
  expect(form.phone).toEqual({ country: 'DE', number: '30 901820' });
  expect(toValues(form, before, company)).toEqual(before);
  expect(isChangedForm(form, before, company)).toBe(false);
});

it.each([
  ['US', '(425) 555-0100', '+14255550100'],
  ['US', '425.555.0100', '+14255550100'],
  ['DE', '030 / 90 18 20', '+4930901820'],
  ['US', '+49 (0)30 901820', '+4930901820'],
  ['GB', '020 7946 0018', '+442079460018'],
  ['IT', '06 1234 5678', '+390612345678'],
])('reads a number of %s written %s', (country, number, e164) => {
  expect(toValues(withForm({ phone: { country, number } }), before, company).phone).toBe(e164);
});

it('takes a number apart that was typed with country code and extension', () => {
  expect(splitPhone({ country: 'US', number: '+49 30 901820 x12' }, '')).toEqual({
    phone: { country: 'DE', number: '30 901820' },
    extension: '12',
  });
  expect(splitPhone({ country: 'US', number: '425 555 0100' }, '7')).toBeNull();
});

it('refuses a number that does not fit its country', () => {
  expect(problem({ phone: { country: 'US', number: '555-010' } }, 'phone')).toBe('phone');
  expect(problem({ phone: { country: 'US', number: 'ask Bob' } }, 'phone')).toBe('phone');
  expect(problem({ phone: { country: 'US', number: '' } }, 'phone')).toBeUndefined();
});

it('lets a user be edited whose number a directory wrote badly', () => {
  const oddUser = { ...anna, phone: 'ask reception', phoneValid: false };
  const odd = valuesOf(oddUser);
  const edited = { ...toForm(odd, company), firstName: 'Anne' };

  expect(problemsOf(edited, odd, company).size).toBe(0);
  expect(changesToSave(edited, odd, company)).toEqual({ firstName: 'Anne' });
});

it('says of each text what is wrong with it', () => {
  expect(problem({ username: '  ' }, 'username')).toBe('required');
  expect(problem({ firstName: 'x'.repeat(300) }, 'firstName')).toBe('too-long');
  expect(problem({ email: 'anna' }, 'email')).toBe('not-an-address');
  expect(problem({ extension: '12a' }, 'extension')).toBe('not-an-extension');
  expect(problem({ firstName: '👩🏽‍💻 זהבה' }, 'firstName')).toBeUndefined();
});

it('holds a PIN to the rules and to its repetition, in the modes that use one', () => {
  const modes = { ...form.modes, call: 'pin' } as const;
  const pin = (typed: string, more: Partial<UserForm> = {}) =>
    problemsOf(withForm({ modes, pin: typed, confirmPin: typed, ...more }), before, company).get('pin');

  expect(pin('1357')).toBeUndefined();
  expect(pin('1235')).toEqual({ problem: 'pin', reasons: ['sequential'] });
  expect(pin('0901')).toEqual({ problem: 'pin', reasons: ['phone'] });
  expect(pin('1357', { pinMinLength: 6 })).toEqual({ problem: 'pin', reasons: ['too-short'] });
  expect(problem({ modes, pin: '1357', confirmPin: '1358' }, 'confirmPin')).toBe('pin-mismatch');
  expect(problem({ pin: '1', confirmPin: '2' }, 'confirmPin')).toBeUndefined();
});

it('sends only what was changed, and a PIN only where the mode uses one', () => {
  const edited = withForm({ lastName: ' Berger ', languageApp: 'de', pin: '1357', confirmPin: '1357' });

  expect(changesToSave(edited, before, company)).toEqual({ lastName: 'Berger', languages: { app: 'de' } });
  expect(changesToSave({ ...edited, modes: { ...form.modes, call: 'pin' } }, before, company)).toMatchObject({
    method: 'call',
    mode: 'pin',
    pin: '1357',
  });
});

it('gives a new user the method of the company, and keeps the other modes ready', () => {
  const defaults = { ...company, userDefaults: { ...company.userDefaults, method: 'text', textMode: 'two-way-otp' } } as const;
  const fresh = toForm(newValues(defaults), defaults);

  expect(fresh).toMatchObject({ method: 'text', modes: { text: 'two-way-otp', call: 'standard' } });
});

it('takes over what others changed without touching what is being typed', () => {
  const typing = withForm({ phone: { country: 'GB', number: '020 79' } });
  const taken = adopt(typing, { ...before, method: 'app/pin', lastName: 'Other' }, ['method', 'lastName'], company);

  expect(taken).toMatchObject({ lastName: 'Other', method: 'app', phone: { country: 'GB', number: '020 79' } });
  expect(taken.modes).toMatchObject({ app: 'pin', call: 'standard' });
});
