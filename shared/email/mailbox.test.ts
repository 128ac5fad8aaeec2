import { describe, expect, test } from 'vitest';
import { isDeliverable, parseMailboxes, splitMailboxes } from './mailbox.ts';

describe('a list of mailboxes', () => {
  test.each([
    ['a@b.example, c@d.example;e@f.example', ['a@b.example', 'c@d.example', 'e@f.example']],
    ['"Doe, Jane; x" <a@b.example>, c@d.example', ['Doe, Jane; x|a@b.example', 'c@d.example']],
    [' ,; ', []],
    ['Jürgen Müller <j@bücher.example>', ['Jürgen Müller|j@bücher.example']],
    ['"not closed <a@b.example>, c@d.example', []],
    ['a@b.example\r\nBcc: x@evil.example', []],
  ])('%j', (list, expected) => {
    expect(parseMailboxes(list).map(({ name, address }) => (name === '' ? address : `${name}|${address}`))).toEqual(expected);
  });

  test('knows where each piece begins', () => {
    expect(splitMailboxes('a@b.example;  c')).toEqual([
      { text: 'a@b.example', at: 0 },
      { text: 'c', at: 14 },
    ]);
  });
});

describe('an address that a mail can be handed to any relay for', () => {
  test.each([
    'anna@corp.example',
    "o'neil+mfa=x@corp.example",
    'anna@bücher.example',
    'anna@BÜCHER.example',
    'anna@xn--bcher-kva.example',
    'anna@corp。example',
    'anna@localhost',
    `${'a'.repeat(64)}@corp.example`,
    `anna@${'a'.repeat(63)}.example`,
  ])('is %s', (address) => {
    expect(isDeliverable(address)).toBe(true);
  });

  test.each([
    ['an umlaut before the @', 'jürgen@corp.example'],
    ['quotes before the @', '"a b"@corp.example'],
    ['65 characters before the @', `${'a'.repeat(65)}@corp.example`],
    ['255 characters', `anna@${'a'.repeat(60)}.${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.example`],
    ['more than 254 characters once its domain is written as it travels', `anna@${`${'ü'.repeat(20)}.`.repeat(9)}example`],
    ['a part of the domain with more than 63 characters', `anna@${'a'.repeat(64)}.example`],
    ['one that is longer than that as it travels', `anna@${'ü'.repeat(60)}.example`],
    // A relay refuses it in the best case, and the address cannot be written into a command.
    ['an underscore in the domain', 'anna@exa_mple.example'],
    // A URL would end its host there, and the mail would go to somebody else.
    ['a slash in the domain', 'anna@corp.example/x'],
    ['a question mark in the domain', 'anna@corp.example?x'],
    ['a number sign in the domain', 'anna@corp.example#x'],
    ['an apostrophe in the domain', "anna@ex'ample.example"],
    ['a percent sign in the domain', 'anna@corp%2eexample'],
    ['a hyphen at the beginning of the domain', 'anna@-corp.example'],
    ['an empty part of the domain', 'anna@corp..example'],
    ['a dot at the end', 'anna@corp.example.'],
    ['a number in place of a domain', 'anna@1.2.3'],
    ['characters that no domain has', 'anna@a／b.example'],
    ['a line break', 'anna@corp.example\r\nBcc: x@evil.example'],
    ['no @', 'anna'],
  ])('has not %s', (_what, address) => {
    expect(isDeliverable(address)).toBe(false);
  });
});
