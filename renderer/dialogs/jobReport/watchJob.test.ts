import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { AppError } from '../../../shared/contract/errors.ts';
import type { Job } from '../../../shared/contract/jobs.contract.ts';
import { createFakeConsole, job } from '../testing/fakeConsole.ts';
import { watchJob } from './watchJob.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function watch(fake = createFakeConsole()) {
  const seen: Job[] = [];
  const lost: unknown[] = [];
  fake.put(job('import-1'));
  const { stop } = watchJob(fake.client, 'import-1', { onJob: (one) => seen.push(one), onLost: (error) => lost.push(error), pollMs: 1000 });
  return { ...fake, seen, lost, stop };
}

it('notices the end of a job although its event was lost', async () => {
  const { client, seen } = watch();
  await vi.advanceTimersByTimeAsync(0);

  client.jobs.get = async () => job('import-1', { state: 'interrupted' });
  await vi.advanceTimersByTimeAsync(1000);

  expect(seen.at(-1)?.state).toBe('interrupted');
});

it('waits out a lost connection', async () => {
  const { client, seen, lost } = watch();
  await vi.advanceTimersByTimeAsync(0);
  const { get } = client.jobs;

  client.jobs.get = async () => Promise.reject(new AppError('unreachable', 'Gone.'));
  await vi.advanceTimersByTimeAsync(5000);
  client.jobs.get = get;
  await vi.advanceTimersByTimeAsync(1000);

  expect(lost).toEqual([]);
  expect(seen.at(-1)?.state).toBe('running');
});

it('says once that a job is not known', async () => {
  const fake = createFakeConsole();
  fake.client.jobs.get = async () => Promise.reject(new AppError('not-found', 'No such job.'));
  const { lost } = watch(fake);

  await vi.advanceTimersByTimeAsync(10_000);

  expect(lost).toMatchObject([{ code: 'not-found' }]);
});

it('does not set a job running again that has ended', async () => {
  const { client, seen, endJob } = watch();
  let answer: (job: Job) => void = () => {};
  await vi.advanceTimersByTimeAsync(0);
  client.jobs.get = () => new Promise((resolve) => (answer = resolve));
  await vi.advanceTimersByTimeAsync(1000);

  endJob('import-1');
  answer(job('import-1'));
  await vi.advanceTimersByTimeAsync(0);

  expect(seen.at(-1)?.state).toBe('done');
});
