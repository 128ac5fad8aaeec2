import { expect, it } from 'vitest';
import { AppError } from '../../../shared/contract/errors.ts';
import { createFakeConsole, settings } from '../../dialogs/testing/fakeConsole.ts';
import { createDirectoryStore } from './directory.store.ts';

it('tells an unconfigured directory from one that cannot be read', async () => {
  const { client } = createFakeConsole();
  const store = createDirectoryStore(client);

  client.directory.get = async () => ({ settings: null, passwordStored: false });
  await store.getState().load();
  expect(store.getState().state).toEqual({ phase: 'not-configured' });

  client.directory.get = async () => Promise.reject(new AppError('store-damaged', 'Bad.'));
  await store.getState().load();
  expect(store.getState().state).toMatchObject({ phase: 'failed', error: { code: 'store-damaged' } });
});

it('shows the sample directory once it is in use', async () => {
  const { client } = createFakeConsole();
  const store = createDirectoryStore(client);
  const sample = { ...settings, sample: true };
  client.directory.useSample = async () => {
    client.directory.get = async () => ({ settings: sample, passwordStored: true });
    return { settings: sample };
  };

  await store.getState().useSample();

  expect(store.getState()).toMatchObject({ isSwitching: false, state: { phase: 'configured', settings: { sample: true } } });
});
