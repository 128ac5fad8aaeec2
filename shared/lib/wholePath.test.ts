import { expect, it } from 'vitest';
import { isWholePath } from './wholePath.ts';

it.each(['C:\\Pickup', 'd:/pickup', '\\\\server\\share', '/var/spool/mfa', ' /var/spool/mfa '])('takes %s', (path) => {
  expect(isWholePath(path)).toBe(true);
});

it.each(['', 'pickup', '..\\pickup', '\\pickup', 'C:pickup', '~/pickup'])(
  'knows that %s depends on where a program was started',
  (path) => {
    expect(isWholePath(path)).toBe(false);
  },
);
