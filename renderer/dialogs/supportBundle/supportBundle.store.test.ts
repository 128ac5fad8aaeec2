import { expect, it, vi } from 'vitest';
import type { ConsoleClient } from '../../app/client.tsx';
import { job } from '../testing/fakeConsole.ts';
import { createSupportBundleStore } from './supportBundle.store.ts';

/** A server whose bundles are ready at once. */
function setUp() {
  let last = 0;
  const discard = vi.fn(async () => null);
  const saved: { name: string; content: string }[] = [];
  const client = {
    support: {
      prepare: vi.fn(async () => ({ jobId: `bundle-${++last}` })),
      contents: async () => ({ bytes: 6, entries: [{ name: 'readme.txt', bytes: 20, part: 'readme' }] }),
      part: async ({ offset }: { offset: number }) => ({ base64: btoa(offset === 0 ? 'abc' : 'def'), next: offset === 0 ? 3 : null }),
      discard,
    },
    jobs: {
      get: async ({ jobId }: { jobId: string }) => job(jobId, { state: 'done' }),
      cancel: async () => null,
      onChanged: () => () => {},
    },
  } as unknown as Pick<ConsoleClient, 'support' | 'jobs'>;
  const store = createSupportBundleStore(client, {
    saveFile: (name, parts) => saved.push({ name, content: parts.map((part) => new TextDecoder().decode(part)).join('') }),
    now: () => new Date('2026-11-27T12:00:00Z'),
  });
  const ready = () => vi.waitFor(() => expect(store.getState().state.phase).toBe('ready'));
  return { store, client, discard, saved, ready };
}

it('shows what is in the bundle before anything is saved', async () => {
  const { store, saved, ready } = setUp();
  await store.getState().collect(false);
  await ready();

  expect(store.getState().state).toMatchObject({ entries: [{ name: 'readme.txt' }], fileName: null });
  expect(saved).toEqual([]);

  await store.getState().save();
  expect(saved).toEqual([{ name: 'mfa-support-2026-11-27.zip', content: 'abcdef' }]);
  expect(store.getState().state).toMatchObject({ fileName: 'mfa-support-2026-11-27.zip' });
});

it('collects anew with names, and lets the server forget the others', async () => {
  const { store, client, discard, ready } = setUp();
  await store.getState().collect(false);
  await ready();

  await store.getState().collect(true);
  await ready();
  expect(client.support.prepare).toHaveBeenLastCalledWith({ withNames: true });
  expect(discard).toHaveBeenCalledExactlyOnceWith({ jobId: 'bundle-1' });

  store.getState().dispose();
  expect(discard).toHaveBeenLastCalledWith({ jobId: 'bundle-2' });
});
