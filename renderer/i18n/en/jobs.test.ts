import { expect, it } from 'vitest';
import { jobEndText } from './jobs.ts';

const ended = { state: 'done', done: 40_000, failures: 0, startedAt: 1_000, finishedAt: 3_000 } as const;

it('says of an import what it read, and of other jobs for how many it was done', () => {
  expect(jobEndText({ ...ended, kind: 'import' })).toBe('Done – 40,000 read in 2 s');
  expect(jobEndText({ ...ended, kind: 'users-remove' })).toBe('Done – 40,000 in 2 s');
  expect(jobEndText({ ...ended, kind: 'users-restore', failures: 3 })).toBe('Done – 39,997 in 2 s, 3 failed');
  expect(jobEndText({ ...ended, kind: 'users-edit', state: 'cancelled' })).toBe('Cancelled');
});
