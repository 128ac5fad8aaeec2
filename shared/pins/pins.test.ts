import { randomInt } from 'node:crypto';
import metadata from 'libphonenumber-js/max/metadata';
import { describe, expect, it } from 'vitest';
import { defaultCompanySettings } from '../contract/companySettings.ts';
import { dialledDigits } from '../phones/dialledDigits.ts';
import { generatePin } from './generatePin.ts';
import { findPinProblems } from './pinProblems.ts';
import { effectivePinRules, longestPin, pinExpiresAt } from './pinRules.ts';

const rules = defaultCompanySettings.pinRules;
const digits = (...phones: string[]) => phones.flatMap((phone) => dialledDigits(metadata, phone));
const problems = (pin: string, ...phones: string[]) => findPinProblems(pin, rules, digits(...phones));

describe('a PIN', () => {
  // The vectors of the reference, §2.4.
  it.each([
    ['1234', 'sequential'],
    ['1235', 'sequential'],
    ['9876', 'sequential'],
    ['3210', 'sequential'],
    ['1112', 'repeating'],
    ['5551', 'repeating'],
  ])('%s is refused as %s', (pin, problem) => {
    expect(problems(pin)).toEqual([problem]);
  });

  it.each(['1212', '1357', '9182'])('%s may be used', (pin) => {
    expect(problems(pin)).toEqual([]);
  });

  it.each(['4884', '4271', '1348'])('%s is refused for the phone 913-488-4271', (pin) => {
    expect(problems(pin, '+19134884271')).toEqual(['phone']);
    expect(problems(pin, '', '+19134884271'), 'backup phone').toEqual(['phone']);
    expect(problems(pin)).toEqual([]);
  });

  it.each([
    // National form with the trunk prefix, without it, and international, of countries that dial in different ways.
    ['Germany, 030 90 18 26 0', '+49309018260', ['0309', '3090', '4930', '8260']],
    ['France, 01 42 68 53 00', '+33142685300', ['0142', '3314', '5300']],
    ['United Kingdom, 020 7946 0958', '+442079460958', ['0207', '4420', '0958']],
    ['Italy keeps its zero, 06 6982', '+390669821', ['0669', '3906', '9821']],
    ['Russia dials 8 first, 8 495 697-03-49', '+74956970349', ['8495', '7495', '0349']],
    ['Hungary dials 06 first, 06 1 429 9000', '+3614299000', ['0614', '3614', '9000']],
    ['Spain has no prefix, 912 66 30 51', '+34912663051', ['9126', '3491', '3051']],
  ])('must not be four digits in a row of a number of %s', (_country, phone, refused) => {
    for (const pin of refused) expect(findPinProblems(pin, { ...rules, preventWeak: true }, digits(phone)), pin).toContain('phone');
    expect(problems('2749', phone)).toEqual([]);
  });

  it('may be longer and still hold part of a number', () => {
    expect(problems('7048842', '+19134884271')).toEqual(['phone']);
  });

  it('shares nothing with a phone across the end of one number and the start of another', () => {
    expect(problems('7149', '+19134884271', '+49309018260')).toEqual([]);
  });

  it('must not hold part of what was typed as a number, though nobody can dial it', () => {
    expect(digits('ask 555-0182 (Anna)')).toEqual(['5550182']);
    expect(problems('5018', 'ask 555-0182 (Anna)')).toEqual(['phone']);
  });

  it.each([
    ['12a4', ['not-digits']],
    ['１３５７', ['not-digits']],
    ['13 57', ['not-digits']],
    ['-1357', ['not-digits']],
    ['135🙂', ['not-digits']],
    ['', ['too-short']],
    ['135', ['too-short']],
    ['1'.repeat(3), ['too-short', 'repeating']],
    ['13'.repeat(9), ['too-long']],
  ])('%j is refused with its own reasons', (pin, expected) => {
    expect(problems(pin)).toEqual(expected);
  });

  it('of the largest minimum length may be used', () => {
    expect(findPinProblems('1'.repeat(longestPin), { minLength: longestPin, preventWeak: false }, [])).toEqual([]);
  });

  it('may be weak where weak PINs are allowed, and still has to be long enough', () => {
    const lax = { minLength: 6, preventWeak: false };

    expect(findPinProblems('123456', lax, digits('+19134884271'))).toEqual([]);
    expect(findPinProblems('48842', lax, digits('+19134884271'))).toEqual(['too-short']);
  });

  it('counts neither 890 nor 109 as a sequence that goes on', () => {
    expect(problems('8902')).toEqual([]);
    expect(problems('1093')).toEqual([]);
  });
});

describe('a generated PIN', () => {
  it('is as long as the rule asks and at least four digits', () => {
    const digit = () => randomInt(10);

    expect(generatePin(4, [], digit)).toHaveLength(4);
    expect(generatePin(1, [], digit)).toHaveLength(4);
    expect(generatePin(12, [], digit)).toHaveLength(12);
    expect(generatePin(longestPin, digits('+19134884271'), digit)).toHaveLength(longestPin);
  });

  it('is drawn again as long as it is weak', () => {
    const drawn = [1, 2, 3, 9, 4, 8, 8, 4, 7, 7, 7, 0, 2, 7, 4, 9];

    expect(generatePin(4, digits('+19134884271'), () => drawn.shift()!)).toBe('2749');
    expect(drawn).toEqual([]);
  });

  it('is never weak', () => {
    const phones = digits('+19134884271', '+49309018260');

    for (let i = 0; i < 5_000; i++) {
      const pin = generatePin(4, phones, () => randomInt(10));
      expect(findPinProblems(pin, rules, phones)).toEqual([]);
    }
  });
});

describe('the rules for a user', () => {
  const nothing = { canChange: null, minLength: null, preventWeak: null, expirationDays: null, history: null };

  it("are the company's where the user has none of his own", () => {
    expect(effectivePinRules(nothing, rules)).toEqual(rules);
    expect(effectivePinRules({ ...nothing, minLength: 8, preventWeak: false, history: 0 }, { ...rules, history: 5 })).toEqual({
      ...rules,
      minLength: 8,
      preventWeak: false,
      history: 0,
    });
  });

  it('let a PIN expire after whole days, or never', () => {
    expect(pinExpiresAt(1_000, { expirationDays: 90 })).toBe(1_000 + 90 * 86_400_000);
    expect(pinExpiresAt(1_000, { expirationDays: 0 })).toBeNull();
  });
});
