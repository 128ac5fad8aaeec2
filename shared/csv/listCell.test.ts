import { describe, expect, it } from 'vitest';
import { formatList, parseList } from './listCell.ts';

describe('list in a cell', () => {
  it.each([[['vip']], [['a;b', 'c,d', 'say "x"', ' blanks ', 'ä 😀']], [[]]])('comes back as it was: %j', (names) => {
    expect(parseList(formatList(names))).toEqual(names);
  });

  it('passes over empty names and blanks', () => {
    expect(parseList(' a ;; b; ')).toEqual(['a', 'b']);
  });

  it.each(['"a', '"a" b', 'a"b'])('refuses %j', (cell) => expect(parseList(cell)).toBeNull());
});
