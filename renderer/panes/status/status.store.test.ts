import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { AppError } from '../../../shared/contract/errors.ts';
import type { ConsoleClient } from '../../app/client.tsx';
import { createStatusStore, type Overview } from './status.store.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const overview = (people: number): Overview => ({
  server: { name: 'mfa1', addresses: [], version: '1', host: 'headless', startedAt: 0, isWorking: true },
  users: { countedAt: 0, methods: [{ method: 'call', complete: people, incomplete: 0, disabled: 0 }] },
  enrolment: [],
  directory: { server: null, lastImport: null },
  findings: [],
});

function setUp() {
  const listeners = new Set<() => void>();
  const onChanged = (listener: (payload: never) => void) => {
    const call = () => listener({} as never);
    listeners.add(call);
    return () => void listeners.delete(call);
  };
  let people = 1;
  const read = vi.fn<ConsoleClient['status']['overview']>(async () => overview(people++));
  const line = {
    id: 'server.1.log:0',
    at: 0,
    level: 'warning' as const,
    host: 'headless',
    component: '',
    user: '',
    ref: '',
    message: 'A check fails.',
    raw: '',
  };
  const readWarnings = vi.fn<ConsoleClient['logs']['list']>(async () => ({ lines: [line], older: null, end: '', readBytes: 0 }));
  const store = createStatusStore({
    status: { overview: read, onChanged },
    activation: {
      state: async () => ({
        phase: 'not-activated',
        activation: null,
        readOnly: null,
        group: null,
        members: [],
        contact: { at: null, failure: null },
      }),
      onChanged,
    },
    authority: { state: async () => ({ authority: null, listening: null, builtIn: null }) },
    jobs: { list: async () => ({ jobs: [] }), onChanged },
    audit: { list: async () => ({ entries: [] }) },
    logs: { list: readWarnings },
    users: { onChanged },
    outbox: { lastDay: async () => ({ hours: [] }), onChanged },
  });
  return { store, read, readWarnings, listeners, change: () => listeners.forEach((call) => call()) };
}
const settle = (ms = 0) => vi.advanceTimersByTimeAsync(ms);

it('reads what there is, again after changes but not for each of them, and now and then without any', async () => {
  const { store, read, change, listeners } = setUp();
  const stop = store.getState().follow();
  await settle();
  expect(store.getState().overview?.users.methods[0]?.complete).toBe(1);

  change();
  change();
  await settle(1_000);
  expect(read).toHaveBeenCalledTimes(2);
  await settle(15_000);
  expect(store.getState().overview?.users.methods[0]?.complete).toBe(3);

  stop();
  change();
  await settle(60_000);
  expect(read).toHaveBeenCalledTimes(3);
  expect(listeners.size).toBe(0);
});

it('keeps what it shows when the server does not answer, and says so', async () => {
  const { store, read } = setUp();
  const stop = store.getState().follow();
  await settle();
  read.mockRejectedValueOnce(new AppError('timeout', 'No answer.'));

  await store.getState().load();
  expect(store.getState()).toMatchObject({ error: { code: 'timeout' }, overview: { server: { name: 'mfa1' } } });
  await store.getState().load();
  expect(store.getState().error).toBeNull();
  stop();
});

it('shows the newest warnings of the log, and all the rest also where the log cannot be read', async () => {
  const { store, readWarnings } = setUp();
  readWarnings.mockRejectedValueOnce(new AppError('internal', 'No log.'));
  const stop = store.getState().follow();
  await settle();
  expect(store.getState()).toMatchObject({ warnings: null, error: null, overview: { server: { name: 'mfa1' } } });

  await settle(15_000);
  expect(store.getState().warnings).toMatchObject([{ message: 'A check fails.' }]);
  stop();
});
