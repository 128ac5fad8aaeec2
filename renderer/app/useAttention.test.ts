import { expect, it } from 'vitest';
import { attentionOf } from './useAttention.ts';

it('marks each pane with the gravest of its errors and warnings, and none with a note', () => {
  const attention = attentionOf([
    { kind: 'delivery-stopped', severity: 'error' },
    { kind: 'sender-missing', severity: 'warning' },
    { kind: 'backup-old', severity: 'warning' },
    { kind: 'users-incomplete', severity: 'info' },
  ]);

  expect([...attention].map(([pane, { kind }]) => [pane, kind])).toEqual([
    ['email', 'delivery-stopped'],
    ['status', 'backup-old'],
  ]);
});
