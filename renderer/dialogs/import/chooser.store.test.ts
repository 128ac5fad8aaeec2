import { expect, it, vi } from 'vitest';
import { defaultCompanySettings } from '../../../shared/contract/companySettings.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import { base, createFakeConsole, person, read, sales, settings } from '../testing/fakeConsole.ts';
import type { ConsoleClient } from '../../app/client.tsx';
import { createChooserStore, type ChooserStore } from './chooser.store.ts';

async function setUp(options: { sample?: boolean } = {}) {
  const fake = createFakeConsole();
  const store = createChooserStore(fake.client as ConsoleClient, { ...options, settleMs: 0 });
  await store.getState().load();
  const people = (phase: ChooserStore['people']['phase']) => vi.waitFor(() => expect(store.getState().people.phase).toBe(phase));
  return { ...fake, store, people };
}

it('begins with the method of Company Settings, and keeps what was chosen when the configuration is read again', async () => {
  const fake = createFakeConsole();
  fake.client.company.get = async () => ({
    settings: {
      ...defaultCompanySettings,
      userDefaults: { ...defaultCompanySettings.userDefaults, method: 'text', textMode: 'two-way-otp-pin' },
    },
    revision: 1,
    savedAt: 1,
    savedBy: 'ann',
  });
  const store = createChooserStore(fake.client as ConsoleClient, { settleMs: 0 });
  await store.getState().load();
  expect(store.getState().options).toMatchObject({ method: 'text', modes: { text: 'two-way-otp-pin' } });

  store.getState().changeOptions({ method: 'app' });
  await store.getState().load();
  expect(store.getState().options.method).toBe('app');
});

it('is ready for the sample directory: everybody, with the mobile phone', async () => {
  const { store } = await setUp({ sample: true });

  expect(store.getState()).toMatchObject({ scopeKind: 'container-below', options: { phone: 'mobile' } });
});

it('does not offer a phone that no attribute is mapped to', async () => {
  const fake = createFakeConsole();
  fake.client.directory.get = async () => ({
    settings: { ...settings, attributes: { ...settings.attributes, mobile: '' } },
    passwordStored: true,
  });
  const store = createChooserStore(fake.client as ConsoleClient, { sample: true });

  await store.getState().load();

  expect(store.getState().options.phone).toBeNull();
});

it('shows the people of the place that was selected last, whichever answer comes last', async () => {
  const { store, client, people } = await setUp();
  let answerFirst: () => void = () => {};
  client.directory.people = async ({ scope }) => {
    const isFirst = scope.kind === 'containers' && scope.dns[0] === base;
    if (isFirst) await new Promise<void>((resolve) => (answerFirst = resolve));
    return { people: [person(isFirst ? 'Old' : 'New')], read: read(1) };
  };

  store.getState().selectContainer(base);
  await vi.waitFor(() => expect(store.getState().people.phase).toBe('reading'), { interval: 1 });
  store.getState().selectContainer(sales);
  await people('ready');
  answerFirst();
  await Promise.resolve();

  expect(store.getState().people).toMatchObject({ items: [{ name: 'New' }] });
});

it('lets nobody stay selected who is no longer shown', async () => {
  const { store, people } = await setUp();
  store.getState().selectContainer(sales);
  await people('ready');
  store.getState().selectUsers(new Set([person('Anna').dn]));

  store.getState().selectContainer(base);

  expect(store.getState().selection.users.size).toBe(0);
});

it('reads again when the scope takes in what lies below', async () => {
  const { store, people, calls } = await setUp();
  store.getState().selectContainer(sales);
  await people('ready');

  store.getState().chooseScopeKind('container-below');

  await vi.waitFor(() => expect(calls.at(-1)?.input).toMatchObject({ scope: { dns: [sales], below: true } }));
});

it('does not ask the directory with a filter that cannot be right', async () => {
  const { store, calls } = await setUp();
  store.getState().selectContainer(sales);

  store.getState().typeFilter('(mail=*');
  store.getState().applyFilter();

  expect(store.getState().filterProblem).toEqual({ position: 0 });
  expect(calls.filter(({ input }) => JSON.stringify(input).includes('mail'))).toEqual([]);
});

it('puts what the directory says about the filter beside the filter', async () => {
  const { store, client } = await setUp();
  client.directory.people = async () => Promise.reject(new AppError('filter-malformed', 'Bad.', { details: { position: 4 } }));

  store.getState().selectContainer(sales);

  await vi.waitFor(() => expect(store.getState().filterProblem).toEqual({ position: 4 }));
  expect(store.getState().people).toEqual({ phase: 'idle' });
});

it('reads nobody while users are not displayed', async () => {
  const { store, calls } = await setUp();
  store.getState().showPeople(false);
  store.getState().selectContainer(sales);
  await new Promise((resolve) => setTimeout(resolve, 5));

  expect(calls).toEqual([]);
});
