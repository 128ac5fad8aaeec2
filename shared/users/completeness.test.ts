import { expect, it } from 'vitest';
import { missingOf } from './completeness.ts';

const phone = { phone: '+14255550100', phoneValid: true };
const noPhone = { phone: '', phoneValid: false };

it.each(['call', 'text'] as const)('needs a phone that can be dialled for %s', (method) => {
  expect(missingOf({ method, mode: 'standard', ...phone })).toEqual([]);
  expect(missingOf({ method, mode: 'standard', ...noPhone })).toEqual(['phone']);
  expect(missingOf({ method, mode: 'standard', phone: 'ask Anna', phoneValid: false })).toEqual(['phone']);
});

it('needs an activated app, or a token, and no phone, for the other methods', () => {
  expect(missingOf({ method: 'app', mode: 'standard', ...phone })).toEqual(['app']);
  expect(missingOf({ method: 'oath', mode: 'token', ...phone, hasApp: true })).toEqual(['token']);
  expect(missingOf({ method: 'app', mode: 'standard', ...noPhone, hasApp: true })).toEqual([]);
  expect(missingOf({ method: 'oath', mode: 'token', ...noPhone, hasToken: true })).toEqual([]);
});

it('needs a PIN as well in the modes that ask for one', () => {
  expect(missingOf({ method: 'call', mode: 'pin', ...phone })).toEqual(['pin']);
  expect(missingOf({ method: 'text', mode: 'one-way-otp-pin', ...noPhone })).toEqual(['phone', 'pin']);
  expect(missingOf({ method: 'text', mode: 'one-way-otp-pin', ...phone, hasPin: true })).toEqual([]);
});
