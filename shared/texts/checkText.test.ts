import { describe, expect, it } from 'vitest';
import { checkText, renderText } from './checkText.ts';
import { defaultMessages, defaultPrompts, shippedLanguages } from './defaultTexts.ts';
import { messageLength } from './messageLength.ts';
import { textRules } from './messageKinds.ts';

const rule = textRules.textMessage;

describe('checkText', () => {
  it.each([
    ['Code <$otp$>', []],
    ['Code <$ otp $> for <$application_name$>', []],
    ['', [{ kind: 'empty' }]],
    [' \n ', [{ kind: 'empty' }]],
    ['Hello', [{ kind: 'variable-missing', name: 'otp' }]],
    ['<$otp$> <$opt$>', [{ kind: 'unknown-variable', name: 'opt', at: 8, length: 7 }]],
    ['<$otp$> <$otp', [{ kind: 'variable-not-closed', at: 8, length: 5 }]],
    // The forgotten end of one variable must not swallow the next.
    ['<$application_name <$otp$>', [{ kind: 'variable-not-closed', at: 0, length: 19 }]],
    ['<$otp$>\u0007', [{ kind: 'control-character', at: 7, length: 1 }]],
    [
      '<$OTP$>',
      [
        { kind: 'unknown-variable', name: 'OTP', at: 0, length: 7 },
        { kind: 'variable-missing', name: 'otp' },
      ],
    ],
    ['<$$> <$otp$>', [{ kind: 'unknown-variable', name: '', at: 0, length: 4 }]],
    ['<$constructor$> <$otp$>', [{ kind: 'unknown-variable', name: 'constructor', at: 0, length: 15 }]],
  ])('finds in %j what is wrong and where', (text, problems) => {
    expect(checkText(text, rule)).toEqual(problems);
  });

  it('counts characters', () => {
    const text = `<$otp$>${'x'.repeat(rule.maxLength)}`;

    expect(checkText(text, rule)).toEqual([{ kind: 'too-long', length: rule.maxLength + 7, maxLength: rule.maxLength }]);
  });

  it('does not let a prompt show the code', () => {
    expect(checkText('Enter <$otp$>', textRules.oathToken)).toEqual([{ kind: 'variable-not-allowed', name: 'otp', at: 6, length: 7 }]);
  });
});

describe('renderText', () => {
  it('puts values in, as they are', () => {
    expect(renderText('<$otp$> for <$ application_name $>', { otp: '012345', application_name: '<$otp$> & co' })).toBe(
      '012345 for <$otp$> & co',
    );
  });

  it('leaves what it does not know', () => {
    expect(renderText('100 <$ and <$x$>', { otp: '1' })).toBe('100 <$ and <$x$>');
  });
});

describe('messageLength', () => {
  it.each([
    ['a'.repeat(160), 'gsm-7', 160, 1, 0],
    ['a'.repeat(161), 'gsm-7', 161, 2, 145],
    ['a'.repeat(306), 'gsm-7', 306, 2, 0],
    // An escaped character is not cut in two: the first segment ends one unit early.
    ['a'.repeat(152) + '€'.repeat(5), 'gsm-7', 162, 2, 143],
    ['ж'.repeat(70), 'ucs-2', 70, 1, 0],
    ['ж'.repeat(71), 'ucs-2', 71, 2, 63],
    ['ж'.repeat(66) + '😀'.repeat(3), 'ucs-2', 72, 2, 61],
    ['', 'gsm-7', 0, 1, 160],
  ])('of %j', (text, encoding, units, segments, left) => {
    expect(messageLength(text)).toMatchObject({ encoding, units, segments, left });
  });

  it('names the character that makes the text longer', () => {
    expect(messageLength('Código')).toMatchObject({ encoding: 'ucs-2', foreign: 'ó' });
  });
});

describe('shipped texts', () => {
  it.each(shippedLanguages)('in %s keep the rules, and each message fits into one SMS', (language) => {
    for (const text of Object.values(defaultMessages(language))) {
      expect(checkText(text, textRules.textMessage)).toEqual([]);
      expect(messageLength(renderText(text, { otp: '123456', application_name: 'Contoso VPN' }))).toMatchObject({
        encoding: 'gsm-7',
        segments: 1,
      });
    }
    for (const text of Object.values(defaultPrompts(language))) expect(checkText(text, textRules.oathToken)).toEqual([]);
  });

  it('stand in for a variant of the language, and English for others', () => {
    expect(defaultMessages('de-AT')).toBe(defaultMessages('de'));
    expect(defaultMessages('pl')).toBe(defaultMessages('en'));
    expect(defaultMessages('constructor')).toBe(defaultMessages('en'));
  });
});
