import { expect, it } from 'vitest';
import { AppError } from '../../../shared/contract/errors.ts';
import { createFakeConsole, settings } from '../testing/fakeConsole.ts';
import { createConfigurationStore, isChanged, passwordState, shownProblems } from './configuration.store.ts';

async function setUp(fake = createFakeConsole()) {
  const store = createConfigurationStore(fake.client);
  await store.getState().load();
  return { ...fake, store };
}

it('is unchanged until something was typed', async () => {
  const { store } = await setUp();
  expect(isChanged(store.getState())).toBe(false);

  store.getState().setPassword('x');

  expect(isChanged(store.getState())).toBe(true);
});

it('sends no password where none was typed, so that the stored one stays', async () => {
  const { store, calls } = await setUp();
  store.getState().change({ pageSize: '500' });

  expect(await store.getState().apply()).toBe(true);

  expect(calls).toEqual([{ method: 'directory.set', input: { settings: { ...settings, pageSize: 500 } } }]);
  expect(isChanged(store.getState())).toBe(false);
});

it('forgets the typed password once it is stored', async () => {
  const { store } = await setUp();
  store.getState().setPassword('hunter2');

  await store.getState().apply();

  expect(JSON.stringify(store.getState())).not.toContain('hunter2');
  expect(passwordState(store.getState())).toBe('stored');
});

it('warns that the stored password is for another user', async () => {
  const { store } = await setUp();

  store.getState().change({ bindDn: 'other@contoso.com' });

  expect(passwordState(store.getState())).toBe('forgotten');
});

it('shows a problem only after its field was left, and all after Apply', async () => {
  const { store, calls } = await setUp();
  store.getState().change({ baseDn: '', pageSize: '1' });
  expect(shownProblems(store.getState()).size).toBe(0);

  store.getState().leave('pageSize');
  expect([...shownProblems(store.getState()).keys()]).toEqual(['pageSize']);

  expect(await store.getState().apply()).toBe(false);
  expect([...shownProblems(store.getState()).keys()]).toEqual(['baseDn', 'pageSize']);
  expect(calls).toEqual([]);
});

it('keeps what was typed when it cannot be saved', async () => {
  const { store, client } = await setUp();
  client.directory.set = async () => Promise.reject(new AppError('keychain-locked', 'Locked.'));
  store.getState().change({ baseDn: 'DC=new' });

  expect(await store.getState().apply()).toBe(false);

  expect(store.getState()).toMatchObject({
    saveError: { code: 'keychain-locked' },
    state: { phase: 'editing', form: { baseDn: 'DC=new' } },
  });
});

it('takes over the base DN where the directory offers one only', async () => {
  const { store } = await setUp();
  store.getState().change({ baseDn: '' });

  await store.getState().findBaseDns();

  expect(store.getState().state).toMatchObject({ form: { baseDn: 'DC=contoso,DC=com' } });
});

it('starts empty beside the sample directory, whose settings belong to the console', async () => {
  const fake = createFakeConsole();
  fake.client.directory.get = async () => ({ settings: { ...settings, sample: true }, passwordStored: true });

  const { store } = await setUp(fake);

  expect(store.getState().state).toMatchObject({ form: { baseDn: '', servers: [{ host: '' }] } });
  expect(passwordState(store.getState())).toBe('none');
});
