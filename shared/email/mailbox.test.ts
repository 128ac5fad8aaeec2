import { describe, expect, test } from 'vitest';
import { parseMailboxes, splitMailboxes } from './mailbox.ts';

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
