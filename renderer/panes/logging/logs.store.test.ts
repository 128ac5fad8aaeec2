import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { AppError } from '../../../shared/contract/errors.ts';
import type { LogLine } from '../../../shared/contract/logs.contract.ts';
import type { ConsoleClient } from '../../app/client.tsx';
import { selectOnly } from '../../ui/table/selection.ts';
import { anyLine, createLogsStore, filterOf } from './logs.store.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const line = (number: number): LogLine => ({
  id: `server.1.log:${number}`,
  at: number * 1000,
  level: 'info',
  host: 'server',
  component: '',
  user: '',
  ref: '',
  message: `line ${number}`,
  raw: '',
});

/** A log of so many lines; each answer holds at most `most`. Filters keep every tenth line. */
function setUp({ count = 3_000, most = 150 } = {}) {
  let written = count;
  const numbers = (filter?: object) =>
    Array.from({ length: written }, (_none, at) => written - 1 - at).filter(
      (at) => Object.keys(filter ?? {}).length === 0 || at % 10 === 0,
    );
  const list = vi.fn<ConsoleClient['logs']['list']>(async ({ filter, from, limit = 200 }) => {
    const before = from === undefined ? Number.POSITIVE_INFINITY : Number(from);
    const left = numbers(filter).filter((at) => at < before);
    const given = left.slice(0, Math.min(limit, most));
    return {
      lines: given.map(line),
      older: given.length === left.length ? null : String(given.at(-1)),
      end: String(written),
      readBytes: 1_000,
    };
  });
  const follow = vi.fn<ConsoleClient['logs']['follow']>(async ({ filter, from }) => ({
    lines: numbers(filter)
      .filter((at) => at >= Number(from))
      .toReversed()
      .map(line),
    end: String(written),
    skippedBytes: 0,
  }));
  const settings = { fileMb: 5, files: 10 };
  const files = vi.fn<ConsoleClient['logs']['files']>(async () => ({
    folder: '/logs',
    files: [{ name: 'server.1.log', bytes: 50_000, changedAt: 0 }],
    settings,
  }));
  const store = createLogsStore({ logs: { list, follow, files } });
  return { store, list, follow, files, log: (lines: number) => (written += lines) };
}
const settle = (ms = 0) => vi.advanceTimersByTimeAsync(ms);

it('shows the newest lines, and older ones when the last of them come into view', async () => {
  const { store } = setUp();
  const stop = store.getState().follow();
  await settle();
  expect(store.getState()).toMatchObject({ isSearching: false, isAll: false, readBytes: 2_000, allBytes: 50_000 });
  expect(store.getState().lines).toHaveLength(200);
  expect(store.getState().lines![0]!.message).toBe('line 2999');

  store.getState().show(0, 30);
  await settle();
  expect(store.getState().lines).toHaveLength(200);
  store.getState().show(150, 180);
  await settle();

  const { lines } = store.getState();
  expect(lines).toHaveLength(1_200);
  expect(lines!.map(({ at }) => at)).toEqual(Array.from({ length: 1_200 }, (_none, at) => (2_999 - at) * 1000));
  stop();
});

it('shows new lines as they come, and keeps the selected one', async () => {
  const { store, log } = setUp();
  const stop = store.getState().follow();
  await settle();
  store.getState().select(selectOnly(4));

  log(3);
  await settle(1_000);

  const { lines, selection } = store.getState();
  expect(lines![0]!.message).toBe('line 3002');
  expect(lines![selection.active]!.message).toBe('line 2995');
  store.getState().setLive(false);
  log(1);
  await settle(5_000);
  expect(store.getState().lines![0]!.message).toBe('line 3002');
  store.getState().setLive(true);
  await settle();
  expect(store.getState().lines![0]!.message).toBe('line 3003');
  stop();
});

it('looks for lines that fit once nobody types any more', async () => {
  const { store, list } = setUp();
  const stop = store.getState().follow();
  await settle();
  list.mockClear();

  store.getState().setConditions({ user: 'a' });
  store.getState().setConditions({ user: ' anna ', level: 'warning' });
  await settle(200);

  expect(list.mock.calls.map(([{ filter }]) => filter)).toEqual([
    { level: 'warning', user: 'anna' },
    { level: 'warning', user: 'anna' },
  ]);
  expect(store.getState().lines![1]!.message).toBe('line 2980');
  stop();
});

it('says what went wrong, and goes on after a refresh', async () => {
  const { store, list } = setUp({ count: 3 });
  list.mockRejectedValueOnce(new AppError('timeout', 'The disk does not answer.'));
  const stop = store.getState().follow();
  await settle();
  expect(store.getState()).toMatchObject({ isSearching: false, error: { code: 'timeout' } });

  store.getState().refresh();
  await settle();

  expect(store.getState()).toMatchObject({ isAll: true, error: null, lines: [{ at: 2000 }, { at: 1000 }, { at: 0 }] });
  stop();
});

it('takes empty conditions for none', () => {
  expect(filterOf(anyLine)).toEqual({});
  expect(filterOf({ ...anyLine, ref: ' 0198 ', level: 'error' })).toEqual({ level: 'error', ref: '0198' });
});
