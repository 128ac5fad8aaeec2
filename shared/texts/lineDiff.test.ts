import { describe, expect, test } from 'vitest';
import { lineDiff } from './lineDiff.ts';

const signs = { both: ' ', before: '-', after: '+' };

describe('what changed between two texts', () => {
  test.each([
    ['a\nb\nc', 'a\nb\nc', [' a', ' b', ' c']],
    ['a\nb\nc', 'a\nx\nc', [' a', '-b', '+x', ' c']],
    ['a\nb', 'b\nc', ['-a', ' b', '+c']],
    ['a', 'a\n', [' a', '+']],
    ['same\n\nsame', 'same\nsame', [' same', '-', ' same']],
  ])('%j and %j', (before, after, expected) => {
    expect(lineDiff(before, after).map(({ side, text }) => `${signs[side]}${text}`)).toEqual(expected);
  });
});
