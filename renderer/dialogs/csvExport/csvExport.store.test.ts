import { expect, it, vi } from 'vitest';
import { AppError } from '../../../shared/contract/errors.ts';
import type { ConsoleClient } from '../../app/client.tsx';
import type { ShownUsers } from '../../app/dialogs.store.ts';
import { job } from '../testing/fakeConsole.ts';
import { createCsvExportStore } from './csvExport.store.ts';

const list = { search: 'berlin', importJobId: 'import-1', sort: { column: 'username', descending: false } } as const;
const everybody = { search: '', sort: list.sort } as const;

/** A server with these users at the selected places. */
function setUp(shown?: ShownUsers) {
  const idsAt = vi.fn<ConsoleClient['users']['idsAt']>(async () => ({ ids: [11, 14] }));
  const startExport = vi.fn<ConsoleClient['csv']['startExport']>(async () => ({ jobId: 'export-1' }));
  const client = {
    users: { idsAt },
    csv: { startExport, exportPart: async () => ({ base64: btoa('a,b'), next: null, users: 2 }), discardExport: async () => null },
    jobs: { get: async ({ jobId }: { jobId: string }) => job(jobId, { state: 'done' }), onChanged: () => () => {} },
  } as unknown as Pick<ConsoleClient, 'csv' | 'jobs' | 'users'>;
  const store = createCsvExportStore(client, { saveFile: () => {}, now: () => new Date(0) }, shown);
  store.getState().read();
  return { store, idsAt, startExport };
}

/** Whom an export is about that was started now. */
async function exported({ store, startExport }: ReturnType<typeof setUp>) {
  await store.getState().start();
  await vi.waitFor(() => expect(store.getState().state.phase).toBe('done'));
  return startExport.mock.lastCall?.[0].target;
}

it('offers all users or a search where no list is shown', async () => {
  const console = setUp();
  expect(console.store.getState()).toMatchObject({ who: 'all', whom: ['all', 'search'] });
  expect(await exported(console)).toEqual({ where: { search: '' } });
});

it('begins with what somebody limited the list to, with all that limits it', async () => {
  const limited = setUp({ list, count: 212, ranges: [] });
  expect(limited.store.getState()).toMatchObject({ who: 'list', whom: ['all', 'list', 'search'] });
  expect(await exported(limited)).toEqual({ where: { search: 'berlin', importJobId: 'import-1' } });

  const whole = setUp({ list: everybody, count: 212, ranges: [{ from: 3, to: 3 }] });
  expect(whole.store.getState()).toMatchObject({ who: 'all', whom: ['all', 'list', 'selection', 'search'] });
});

it('exports who was selected when it was opened, also when the list is another by then', async () => {
  const console = setUp({ list, count: 212, ranges: [{ from: 3, to: 4 }] });
  expect(console.store.getState().who).toBe('selection');
  expect(console.idsAt).toHaveBeenCalledExactlyOnceWith({ ...list, ranges: [{ from: 3, to: 5 }] });
  console.idsAt.mockResolvedValue({ ids: [99] });

  expect(await exported(console)).toEqual({ ids: [11, 14] });
});

it('names nobody one by one where the whole list is selected', async () => {
  const console = setUp({ list: everybody, count: 1_000_000, ranges: [{ from: 0, to: 999_999 }] });
  expect(await exported(console)).toEqual({ where: { search: '' } });
  expect(console.idsAt).not.toHaveBeenCalled();
});

it('says when the selected users cannot be read, and reads them again with the next attempt', async () => {
  const console = setUp({ list, count: 212, ranges: [{ from: 3, to: 4 }] });
  console.idsAt.mockRejectedValueOnce(new AppError('unreachable', 'Gone.'));
  console.store.getState().read();

  await console.store.getState().start();
  expect(console.store.getState().state).toMatchObject({ phase: 'failed', error: { code: 'unreachable' } });
  expect(console.startExport).not.toHaveBeenCalled();

  expect(await exported(console)).toEqual({ ids: [11, 14] });
});
