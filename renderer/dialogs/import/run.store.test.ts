import { expect, it, vi } from 'vitest';
import { AppError } from '../../../shared/contract/errors.ts';
import type { ImportRequest } from '../../../shared/contract/imports.contract.ts';
import { createFakeConsole, sales } from '../testing/fakeConsole.ts';
import { buildRequest, initialOptions } from './importForm.ts';
import { createRunStore, type RunState } from './run.store.ts';

const request: ImportRequest = buildRequest({ kind: 'containers', dns: [sales], below: true }, '', initialOptions());

function setUp() {
  const fake = createFakeConsole();
  const store = createRunStore(fake.client, { pollMs: 60_000 });
  const reach = (phase: RunState['phase']) => vi.waitFor(() => expect(store.getState().state.phase).toBe(phase));
  return { ...fake, store, reach };
}

async function setUpPreviewed() {
  const all = setUp();
  await all.store.getState().preview(request);
  await all.reach('running');
  all.endJob('preview-1');
  await all.reach('previewed');
  return all;
}

it('imports exactly what the preview has read', async () => {
  const { store, calls, reach, endJob } = await setUpPreviewed();

  await store.getState().importPreviewed();
  await reach('running');
  endJob('import-1');
  await reach('imported');

  expect(calls).toContainEqual({ method: 'imports.start', input: { previewId: 'preview-1' } });
});

it('says success only when the job has ended as done', async () => {
  const { store, reach, endJob } = setUp();
  await store.getState().importNow(request);
  await reach('running');

  endJob('import-1', { state: 'failed', error: { code: 'connection-lost', message: 'Page 7 of 20.', ref: 'r1' } });

  await reach('stopped');
});

it('forgets the preview when the administrator goes back', async () => {
  const { store, calls } = await setUpPreviewed();

  store.getState().back();

  expect(store.getState().state).toEqual({ phase: 'choosing' });
  expect(calls).toContainEqual({ method: 'imports.discard', input: { jobId: 'preview-1' } });
});

it('cancels a preview that nobody waits for any more', async () => {
  const { store, calls, reach } = setUp();
  await store.getState().preview(request);
  await reach('running');

  store.getState().back();

  expect(calls).toContainEqual({ method: 'jobs.cancel', input: { jobId: 'preview-1' } });
});

it('leaves a running import alone when the dialog is left', async () => {
  const { store, calls, reach } = setUp();
  await store.getState().importNow(request);
  await reach('running');

  store.getState().back();

  expect(calls.map(({ method }) => method)).not.toContain('jobs.cancel');
});

it('asks to cancel only once', async () => {
  const { store, client, reach } = setUp();
  const cancel = vi.fn(async () => null);
  client.jobs.cancel = cancel;
  await store.getState().importNow(request);
  await reach('running');

  await store.getState().cancel();
  await store.getState().cancel();

  expect(cancel).toHaveBeenCalledTimes(1);
});

it('shows why a job could not be started', async () => {
  const { store, client } = setUp();
  client.imports.start = async () => Promise.reject(new AppError('keychain-locked', 'Locked.'));

  await store.getState().importNow(request);

  expect(store.getState().state).toMatchObject({ phase: 'failed', task: 'import', error: { code: 'keychain-locked' } });
});
