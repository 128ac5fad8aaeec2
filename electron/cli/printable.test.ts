import { expect, it } from 'vitest';
import { printableLines } from './printable.ts';

it('keeps the line ends of a file for Windows as line ends, and lets nothing else move the cursor', () => {
  expect(printableLines('Direction,Port\r\noutbound,443\r\n')).toBe('Direction,Port\noutbound,443\n');
  expect(printableLines('a\rb\u001b[2Jc\td\u202ee')).toBe('a b [2Jc\td e');
});
