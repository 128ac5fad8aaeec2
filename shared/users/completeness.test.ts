import { expect, it } from 'vitest';
import { isComplete, missingOf } from './completeness.ts';

const phone = { phone: '+14255550100', phoneValid: true };
const noPhone = { phone: '', phoneValid: false };

it.each(['call', 'text'] as const)('needs a phone that can be dialled for %s', (method) => {
  expect(missingOf({ method, ...phone })).toEqual([]);
  expect(missingOf({ method, ...noPhone })).toEqual(['phone']);
  expect(missingOf({ method, phone: 'ask Anna', phoneValid: false })).toEqual(['phone']);
});

it('needs an activated app, or a token, and no phone, for the other methods', () => {
  expect(missingOf({ method: 'app', ...phone })).toEqual(['app']);
  expect(missingOf({ method: 'oath', ...phone, hasApp: true })).toEqual(['token']);
  expect(isComplete({ method: 'app', ...noPhone, hasApp: true })).toBe(true);
  expect(isComplete({ method: 'oath', ...noPhone, hasToken: true })).toBe(true);
});
