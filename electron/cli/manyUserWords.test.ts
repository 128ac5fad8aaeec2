import { expect, it } from 'vitest';
import { readManyChanges } from './manyUserWords.ts';

it('reads what many users are to become', () => {
  expect(
    readManyChanges([
      'group=Sales=North',
      'enabled=no',
      'when-disabled=company',
      'method=text',
      'language-text=de',
      'pin-min-length=6',
      'pin=none',
    ]),
  ).toEqual({
    userGroup: 'Sales=North',
    enabled: false,
    whenDisabled: null,
    method: { method: 'text', mode: 'one-way-otp' },
    languages: { text: 'de' },
    pinRules: { minLength: 6 },
    pin: 'none',
  });
  expect(readManyChanges(['method=company'])).toEqual({ method: 'company' });
  expect(readManyChanges(['group='])).toEqual({ userGroup: '' });
});

it.each([
  ['enabled', 'FIELD=VALUE'],
  ['=no', 'FIELD=VALUE'],
  ['enabled=maybe', 'yes or no'],
  ['phone=425', 'many users'],
  ['constructor=1', 'many users'],
  ['mode=pin', 'together'],
  ['pin=1234', 'initial'],
  ['pin-history=11', 'up to 10'],
])('says what is wrong with %s', (assignment, sentence) => {
  expect(() => readManyChanges([assignment])).toThrow(sentence);
});
