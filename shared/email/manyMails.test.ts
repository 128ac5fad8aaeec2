import { expect, it } from 'vitest';
import { isConfirmed } from './manyMails.ts';

it('asks for the number of mails where they are many', () => {
  expect(isConfirmed(100, '')).toBe(true);
  expect(isConfirmed(101, '')).toBe(false);
  expect(isConfirmed(1234, '1234')).toBe(true);
  expect(isConfirmed(1234, ' 1,234 ')).toBe(true);
  for (const typed of ['', '123', '12345', 'yes', '-1234']) expect(isConfirmed(1234, typed), typed).toBe(false);
});
