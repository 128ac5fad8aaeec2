import { expect, it } from 'vitest';
import { durationText } from './durations.ts';
import { relativeText } from './instants.ts';
import { truncateMiddle } from './middleTruncation.ts';

it.each([
  [300, '<1 s'],
  [42_000, '42 s'],
  [185_000, '3 min 05 s'],
  [7_800_000, '2 h 10 min'],
])('writes %i ms as %s', (milliseconds, text) => {
  expect(durationText(milliseconds)).toBe(text);
});

it.each([
  [-20_000, 'now'],
  [-300_000, '5 minutes ago'],
  [-86_400_000, 'yesterday'],
])('says how long ago %i ms are', (differenceMs, text) => {
  expect(relativeText(1_000_000_000_000 + differenceMs, 1_000_000_000_000)).toBe(text);
});

it('cuts a long identifier in its middle and keeps both ends', () => {
  expect(truncateMiddle('CN=Anna Berg,OU=People,DC=contoso,DC=com', 21)).toBe('CN=Anna Be…oso,DC=com');
});

it('never cuts a character in two', () => {
  expect(truncateMiddle('😀'.repeat(10), 5)).toBe('😀😀…😀😀');
});

it('leaves a short identifier alone', () => {
  expect(truncateMiddle('DC=com', 6)).toBe('DC=com');
});
