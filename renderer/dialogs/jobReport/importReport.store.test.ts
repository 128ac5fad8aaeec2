import { expect, it, vi } from 'vitest';
import { AppError } from '../../../shared/contract/errors.ts';
import { createFakeConsole, row } from '../testing/fakeConsole.ts';
import { createImportReportStore } from './importReport.store.ts';

const rows = Array.from({ length: 250 }, (_none, seq) => row(seq, seq % 50 === 0 ? { outcome: 'skipped', reason: 'no-username' } : {}));

function setUp() {
  const fake = createFakeConsole({ rows });
  const files: { name: string; text: string }[] = [];
  const store = createImportReportStore(fake.client, 'import-1', {
    saveFile: (name, parts) => files.push({ name, text: parts.join('') }),
    now: () => new Date(2026, 10, 22),
  });
  const ready = () =>
    vi.waitFor(() => {
      const { rows: state } = store.getState();
      if (state.phase !== 'ready') throw new Error('not yet');
      return state;
    });
  return { ...fake, store, files, ready };
}

it('loads rows when they come into view', async () => {
  const { store, ready } = setUp();
  store.getState().load();
  expect((await ready()).row(120)).toBeUndefined();

  store.getState().showRows(110, 130);

  await vi.waitFor(async () => expect((await ready()).row(120)?.seq).toBe(120));
});

it('lets the server filter, and shows all again at the second press', async () => {
  const { store, ready } = setUp();

  store.getState().filterBy('skipped');
  expect((await ready()).total).toBe(5);
  store.getState().filterBy('skipped');
  expect((await ready()).total).toBe(250);
});

it('drops the rows of a filter that is no longer wanted', async () => {
  const { store, client, ready } = setUp();
  const { rows: answer } = client.imports;
  let late: () => void = () => {};
  client.imports.rows = async (input) => {
    if (input.outcome === 'skipped') await new Promise<void>((resolve) => (late = resolve));
    return answer(input);
  };

  store.getState().filterBy('skipped');
  store.getState().filterBy('add');
  await ready();
  late();
  await Promise.resolve();

  expect((await ready()).total).toBe(245);
});

it('says when the rows cannot be read', async () => {
  const { store, client } = setUp();
  client.imports.rows = async () => Promise.reject(new AppError('not-found', 'Gone.'));

  store.getState().load();

  await vi.waitFor(() => expect(store.getState().rows).toMatchObject({ phase: 'failed', error: { code: 'not-found' } }));
});

it('saves the report under the date of the day', async () => {
  const { store, files } = setUp();

  await store.getState().exportCsv();

  expect(files).toEqual([{ name: 'import-2026-11-22.csv', text: '\uFEFFusername\r\n' }]);
});
