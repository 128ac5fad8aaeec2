import { expect, it, vi } from 'vitest';
import type { Job } from '../../shared/contract/jobs.contract.ts';
import type { ConsoleClient } from './client.tsx';
import { createJobsStore } from './jobs.store.ts';

const job = (id: string, change: Partial<Job> = {}): Job => ({
  id,
  kind: 'import',
  subject: 'Berlin',
  state: 'running',
  phase: 'reading',
  done: 0,
  total: null,
  rate: 0,
  remainingMs: null,
  startedAt: 0,
  finishedAt: null,
  startedBy: 'admin',
  host: 'desktop',
  cancellable: true,
  failures: 0,
  error: null,
  ...change,
});

function setUp(running: readonly Job[] = []) {
  let emit = (_job: Job) => {};
  const jobs: ConsoleClient['jobs'] = {
    list: async () => ({ jobs: [...running] }),
    get: async ({ jobId }) => job(jobId, { state: 'interrupted' }),
    cancel: vi.fn<ConsoleClient['jobs']['cancel']>(async () => null),
    items: () => Promise.reject(new Error('not here')),
    onChanged: (listener) => ((emit = listener), () => {}),
  };
  const store = createJobsStore({ jobs });
  const shown = () => store.getState().jobs.map(({ id, state }) => `${id} ${state}`);
  return { store, shown, emit: (changed: Job) => emit(changed), jobs };
}

it('shows work that was running before the window opened', async () => {
  const { store, shown } = setUp([job('b'), job('a')]);

  await store.getState().read();

  expect(shown()).toEqual(['b running', 'a running']);
});

it('follows a job to its end and keeps the result until it is dismissed', () => {
  const { store, shown, emit } = setUp();

  emit(job('a'));
  emit(job('a', { state: 'done' }));
  expect(shown()).toEqual(['a done']);
  store.getState().dismiss('a');

  expect(shown()).toEqual([]);
});

it('does not announce work that ended unseen', () => {
  const { shown, emit } = setUp();

  emit(job('a', { state: 'failed' }));

  expect(shown()).toEqual([]);
});

it('leaves previews to their dialog', () => {
  const { shown, emit } = setUp();

  emit(job('a', { kind: 'import-preview' }));

  expect(shown()).toEqual([]);
});

it('asks after a reconnect how the work ended that is no longer running', async () => {
  const { store, shown, emit } = setUp([job('b')]);
  emit(job('a'));

  await store.getState().read();

  expect(shown()).toEqual(['b running', 'a interrupted']);
});
