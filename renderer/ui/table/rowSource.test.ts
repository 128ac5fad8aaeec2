import { expect, it, vi } from 'vitest';
import { createRowSource } from './rowSource.ts';

function setUp({ capacity = 3 } = {}) {
  const calls: { offset: number; signal: AbortSignal; answer(rows: readonly string[]): void; fail(error: unknown): void }[] = [];
  const onChange = vi.fn<() => void>();
  const onError = vi.fn<(error: unknown) => void>();
  const source = createRowSource<string>({
    windowSize: 10,
    capacity,
    load: (offset, _limit, signal) => new Promise((answer, fail) => calls.push({ offset, signal, answer, fail })),
    onChange,
    onError,
  });
  const rowsFrom = (offset: number) => Array.from({ length: 10 }, (_none, index) => `row ${offset + index}`);
  const answerAll = async () => {
    for (const call of calls.splice(0)) call.answer(rowsFrom(call.offset));
    await Promise.resolve();
  };
  return { source, calls, onChange, onError, answerAll, rowsFrom };
}

it('reads the windows that are on screen, once', async () => {
  const { source, calls, answerAll, onChange } = setUp();

  source.show(3, 12);
  source.show(4, 13);
  expect(calls.map(({ offset }) => offset)).toEqual([0, 10]);
  await answerAll();

  expect(source.row(14)).toBe('row 14');
  expect(source.row(20)).toBeUndefined();
  expect(onChange).toHaveBeenCalledTimes(2);
});

it('reads the next window before scrolling reaches it, in either direction', async () => {
  const { source, calls, answerAll } = setUp();
  source.show(20, 23);
  await answerAll();

  source.show(21, 24);
  expect(calls).toHaveLength(0);
  source.show(22, 25);
  expect(calls.map(({ offset }) => offset)).toEqual([30]);
  await answerAll();
  source.show(23, 26);
  source.show(21, 24);
  expect(calls.map(({ offset }) => offset)).toEqual([10]);
});

it('reads nothing ahead of a jump, before the first row and after the last one', async () => {
  const { source, calls, rowsFrom, answerAll } = setUp();

  source.show(128, 129);
  expect(calls.splice(0).map(({ offset }) => offset)).toEqual([120]);
  source.show(2, 5);
  await answerAll();
  source.show(1, 4);
  source.show(98, 101);
  for (const call of calls.splice(0)) call.answer(rowsFrom(call.offset).slice(0, call.offset === 100 ? 8 : 10));
  await Promise.resolve();
  source.show(99, 106);

  expect(calls).toHaveLength(0);
});

it('gives up reads of rows that were scrolled past', async () => {
  const { source, calls } = setUp();

  source.show(0, 9);
  source.show(500, 509);

  expect(calls[0]!.signal.aborted).toBe(true);
  calls[0]!.answer(['late']);
  await Promise.resolve();
  expect(source.row(0)).toBeUndefined();
});

it('holds a few windows and drops the one that was not needed for longest', async () => {
  const { source, answerAll } = setUp({ capacity: 2 });
  for (const first of [0, 10, 0, 20]) {
    source.show(first, first + 9);
    await answerAll();
  }

  expect(source.row(0)).toBe('row 0');
  expect(source.row(10)).toBeUndefined();
  expect(source.row(20)).toBe('row 20');
});

it('ignores an answer that belongs to an order that is no longer shown', async () => {
  const { source, calls, rowsFrom } = setUp();
  source.show(0, 9);

  source.reset({ offset: 10, rows: rowsFrom(10) });
  calls[0]!.answer(['stale']);
  await Promise.resolve();

  expect(source.row(0)).toBeUndefined();
  expect(source.row(10)).toBe('row 10');
});

it('tells about a failed read and tries again when the rows are shown again', async () => {
  const { source, calls, onError } = setUp();
  source.show(0, 9);
  calls[0]!.fail(new Error('no'));
  await vi.waitFor(() => expect(onError).toHaveBeenCalledOnce());

  source.show(0, 9);

  expect(calls).toHaveLength(2);
});
