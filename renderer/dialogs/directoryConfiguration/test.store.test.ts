import { expect, it } from 'vitest';
import type { TestStep } from '../../../shared/contract/directory.contract.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import { createFakeConsole, settings } from '../testing/fakeConsole.ts';
import { createTestStore } from './test.store.ts';

const step = (more: Partial<TestStep>): TestStep => ({
  step: 'dns',
  server: settings.servers[0]!,
  state: 'running',
  text: '',
  milliseconds: 0,
  ...more,
});

function setUp() {
  const fake = createFakeConsole();
  let runs = 0;
  const store = createTestStore(fake.client, () => `run-${++runs}`);
  return { ...fake, store };
}

it('shows steps of its own run as they happen, each once', async () => {
  const { client, store, tell } = setUp();
  let finish: () => void = () => {};
  client.directory.testLogin = () =>
    new Promise((resolve) => (finish = () => resolve({ passed: true, steps: [step({ state: 'passed' })] })));
  const done = store.getState().run('login', { settings });

  tell('run-1', step({}));
  tell('another-run', step({ step: 'tcp' }));
  tell('run-1', step({ state: 'passed', milliseconds: 3 }));
  expect(store.getState().state).toMatchObject({ phase: 'running', steps: [{ step: 'dns', state: 'passed' }] });

  finish();
  await done;
  expect(store.getState().state).toMatchObject({ phase: 'finished', passed: true });
});

it('keeps the steps of two servers apart', async () => {
  const { client, store, tell } = setUp();
  client.directory.testConnection = () => new Promise(() => {});
  void store.getState().run('connection', { settings });

  tell('run-1', step({ state: 'failed' }));
  tell('run-1', step({ server: { host: 'dc2', port: 636, security: 'ldaps' } }));

  expect(store.getState().state).toMatchObject({ steps: [{ state: 'failed' }, { state: 'running' }] });
});

it('says when the test itself could not run', async () => {
  const { client, store } = setUp();
  client.directory.testLogin = async () => Promise.reject(new AppError('secret-missing', 'No password.'));

  await store.getState().run('login', { settings });

  expect(store.getState().state).toMatchObject({ phase: 'failed', error: { code: 'secret-missing' } });
});

it('returns to the start when it was stopped', async () => {
  const { client, store } = setUp();
  client.directory.testLogin = (_input, options) =>
    new Promise((_resolve, reject) => options!.signal!.addEventListener('abort', () => reject(new AppError('cancelled', 'Stopped.'))));
  const done = store.getState().run('login', { settings });

  store.getState().stop();
  await done;

  expect(store.getState().state).toEqual({ phase: 'idle' });
});
