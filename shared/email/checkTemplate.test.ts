import { describe, expect, it, test } from 'vitest';
import { checkTemplate } from './checkTemplate.ts';
import { allowedVariables, findTemplate, mailTemplates } from './templates.ts';

const allowed = allowedVariables(findTemplate('call-standard-new-user')!);
const check = (body: string, subject = 'Welcome') =>
  checkTemplate({ subject, body }, allowed).map(
    ({ field, kind, written, line, column }) => `${field} ${line}:${column} ${kind} ${written}`,
  );

describe('checking a template', () => {
  it('says nothing about a good one', () => {
    expect(check('Hello <$name$>,\n\nPhone: <$ phone $>', 'Hello <$first_name$>')).toEqual([]);
  });

  test.each([
    ['a variable that nobody knows', 'Hello\n  <$nmae$>', ['body 2:3 unknown-variable <$nmae$>']],
    ['one that has no value in this mail', 'PIN: <$pin$>', ['body 1:6 variable-not-allowed <$pin$>']],
    ['one that is not closed', 'a <$name b <$phone$>', ['body 1:3 variable-not-closed <$']],
    ['the last one not closed', 'a <$name', ['body 1:3 variable-not-closed <$']],
    ['the style of other tools', 'Hi {{name}}, ${x}', ['body 1:4 foreign-variable {{name}}', 'body 1:14 foreign-variable ${x}']],
    ['a variable that begins nowhere', 'a name$>', ['body 1:7 variable-not-opened $>']],
    ['a text that nobody reads to its end', 'a'.repeat(50_001), ['body 1:50001 too-long ']],
    ['nothing', ' \n', ['body 1:1 empty ']],
    ['a control character', 'a\u0007', ['body 1:2 control-character \u0007']],
  ])('finds %s with its place', (_case, body, expected) => {
    expect(check(body)).toEqual(expected);
  });

  it('allows no subject that fills a screen', () => {
    expect(check('a', 'a'.repeat(201))).toEqual(['subject 1:201 too-long ']);
  });

  it('allows no second line in a subject', () => {
    expect(check('a', 'Hello\nBcc: x@y.example')).toEqual(['subject 1:6 control-character \n']);
  });
});

describe('the catalogue', () => {
  it('has the 25 mails to users, each with an id of its own', () => {
    expect(mailTemplates.filter(({ audience }) => audience === 'users')).toHaveLength(25);
    expect(new Set(mailTemplates.map(({ id }) => id)).size).toBe(mailTemplates.length);
  });

  it('tells a PIN only where the mode has one, and never to somebody who has to enroll', () => {
    const withPin = mailTemplates.filter((template) => allowedVariables(template).includes('pin')).map(({ id }) => id);

    expect(withPin).toEqual([
      'call-pin-new-user',
      'call-pin-updated-user',
      'text-one-way-otp-pin-new-user',
      'text-one-way-otp-pin-updated-user',
      'text-two-way-otp-pin-new-user',
      'text-two-way-otp-pin-updated-user',
      'app-pin-new-user',
      'app-pin-updated-user',
    ]);
  });
});
