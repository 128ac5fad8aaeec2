import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { AppError } from '../../../shared/contract/errors.ts';
import type { UserRow } from '../../../shared/contract/users.contract.ts';
import type { ConsoleClient } from '../../app/client.tsx';
import { noSelection, extendTo, selectAll, selectOnly, toggle } from '../../ui/table/selection.ts';
import { createUsersStore } from './users.store.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const row = (id: number, username: string): UserRow => ({
  id,
  username,
  firstName: '',
  lastName: '',
  email: '',
  userGroup: '',
  phone: '',
  phoneValid: false,
  extension: '',
  backupPhone: '',
  backupPhoneValid: false,
  method: 'call',
  mode: 'standard',
  hasPin: false,
  mustChangePin: false,
  enabled: true,
  complete: false,
  missing: ['phone'],
  createdAt: 0,
  updatedAt: 0,
});

/** A list of 250 people whose names say which search and order they belong to. */
function setUp({ size = 250 } = {}) {
  /** So many people came in before all others. */
  let shift = 0;
  const waiting: (() => void)[] = [];
  let onChanged = () => {};
  let isHeld = false;
  const hold = () => (isHeld ? new Promise<void>((resolve) => waiting.push(resolve)) : Promise.resolve());
  const list = vi.fn<ConsoleClient['users']['list']>(async ({ search = '', sort, offset = 0, limit = 100 }) => {
    await hold();
    const direction = sort?.descending ? 'down' : 'up';
    return {
      offset,
      rows: Array.from({ length: Math.min(limit, size - offset) }, (_none, at) =>
        row(offset + at - shift, `${search}${direction}${offset + at - shift}`),
      ),
    };
  });
  const count = vi.fn<ConsoleClient['users']['count']>(async ({ search = '', importJobId }) => {
    await hold();
    return { count: search || importJobId ? 12 : size };
  });
  const placesOf = vi.fn<ConsoleClient['users']['placesOf']>(async ({ ids }) => ({
    places: ids.map((id) => (id + shift < size ? id + shift : null)),
  }));
  const idsAt = vi.fn<ConsoleClient['users']['idsAt']>(async ({ ranges }) => ({
    ids: ranges.flatMap(({ from, to }) => Array.from({ length: to - from }, (_none, at) => from + at - shift)),
  }));
  const store = createUsersStore({
    users: {
      list,
      count,
      idsAt,
      placesOf,
      onChanged: (listener) => {
        onChanged = () => listener({});
        return () => (onChanged = () => {});
      },
    },
  });
  return {
    store,
    list,
    count,
    emitChanged: () => onChanged(),
    /** People come in before all others; those at the end drop out. */
    moveBy(places: number) {
      shift = places;
      onChanged();
      return vi.advanceTimersByTimeAsync(1_000);
    },
    holdAnswers: () => (isHeld = true),
    release: (index: number) => waiting.splice(index, 1)[0]!(),
    waiting,
  };
}
const settle = () => vi.advanceTimersByTimeAsync(0);

it('shows the first rows and the number of all users', async () => {
  const { store } = setUp();

  store.getState().follow();
  await settle();

  expect(store.getState()).toMatchObject({ count: 250, total: 250, error: null });
  expect(store.getState().row(0)?.username).toBe('up0');
  expect(store.getState().row(150)).toBeUndefined();
});

it('shows the first rows while all are still being counted', async () => {
  const { store, holdAnswers, release, waiting } = setUp();
  holdAnswers();
  store.getState().follow();
  await settle();

  // The list is asked for after the count.
  release(waiting.length - 1);
  await settle();

  expect(store.getState()).toMatchObject({ count: 100, isCounted: false, total: null });
  expect(store.getState().row(0)?.username).toBe('up0');
  release(0);
  await settle();
  expect(store.getState()).toMatchObject({ count: 250, isCounted: true, total: 250 });
});

it('keeps the count that is known when only the order changes', async () => {
  const { store, holdAnswers, release, waiting } = setUp();
  store.getState().follow();
  await settle();
  holdAnswers();
  store.getState().sortBy('email');
  await settle();

  release(waiting.length - 1);
  await settle();

  expect(store.getState()).toMatchObject({ count: 250, isCounted: true, shown: { sort: { column: 'email' } } });
});

it('takes a short answer for the end of the list', async () => {
  const { store, holdAnswers, release, waiting } = setUp({ size: 30 });
  holdAnswers();
  store.getState().follow();
  await settle();

  release(waiting.length - 1);
  await settle();

  expect(store.getState()).toMatchObject({ count: 30, isCounted: true });
});

it('reads further rows when they come into view', async () => {
  const { store } = setUp();
  store.getState().follow();
  await settle();

  store.getState().show(190, 215);
  await settle();

  expect(store.getState().row(190)?.username).toBe('up190');
  expect(store.getState().row(215)?.username).toBe('up215');
});

it('searches once for letters that are typed quickly', async () => {
  const { store, list } = setUp();
  store.getState().follow();
  await settle();
  list.mockClear();

  for (const text of ['a', 'an', 'ann']) store.getState().setSearch(text);
  await vi.advanceTimersByTimeAsync(200);

  expect(list.mock.calls.map(([input]) => input.search)).toEqual(['ann']);
  expect(store.getState()).toMatchObject({ count: 12, total: 250 });
  expect(store.getState().row(0)?.username).toBe('annup0');
});

it('keeps the old rows until the new ones are there', async () => {
  const { store, holdAnswers } = setUp();
  store.getState().follow();
  await settle();
  holdAnswers();

  store.getState().setSearch('ann');
  await vi.advanceTimersByTimeAsync(200);

  expect(store.getState().view.search).toBe('ann');
  expect(store.getState().row(0)?.username).toBe('up0');
});

it('drops the answer of an earlier search that comes late', async () => {
  const { store, holdAnswers, release, waiting } = setUp();
  store.getState().follow();
  await settle();
  holdAnswers();
  store.getState().setSearch('old');
  await vi.advanceTimersByTimeAsync(200);
  const answersOfOld = waiting.length;
  store.getState().setSearch('new');
  await vi.advanceTimersByTimeAsync(200);

  while (waiting.length > answersOfOld) release(answersOfOld);
  await settle();
  while (waiting.length > 0) release(0);
  await settle();

  expect(store.getState().row(0)?.username).toBe('newup0');
});

it('turns the order round when the same column is chosen again', async () => {
  const { store } = setUp();
  store.getState().follow();
  await settle();

  store.getState().sortBy('email');
  store.getState().sortBy('email');
  await settle();

  expect(store.getState().view.sort).toEqual({ column: 'email', descending: true });
  expect(store.getState().row(0)?.username).toBe('down0');
});

it('forgets the selection when the order changes, because it means other people then', async () => {
  const { store } = setUp();
  store.getState().follow();
  await settle();
  store.getState().select(selectAll(store.getState().selection, 250));

  store.getState().sortBy('name');
  await settle();

  expect(store.getState().selection.ranges).toEqual([]);
});

it('stays where it is on refresh', async () => {
  const { store, list } = setUp();
  store.getState().follow();
  await settle();
  store.getState().show(120, 140);
  await settle();
  list.mockClear();

  store.getState().refresh();
  await settle();

  expect(list.mock.calls.map(([input]) => input.offset)).toEqual([100]);
  expect(store.getState().row(130)?.username).toBe('up130');
});

it('limits the list to one import', async () => {
  const { store, count } = setUp();
  store.getState().follow();
  await settle();

  store.getState().setImport('job-1');
  await settle();

  expect(count).toHaveBeenCalledWith(expect.objectContaining({ importJobId: 'job-1' }), expect.anything());
  expect(store.getState()).toMatchObject({ count: 12, total: 250 });
});

it('reads again at most once a second while an import writes', async () => {
  const { store, list, emitChanged } = setUp();
  store.getState().follow();
  await settle();
  list.mockClear();

  for (let at = 0; at < 20; at++) {
    emitChanged();
    await vi.advanceTimersByTimeAsync(100);
  }

  expect(list.mock.calls.length).toBeLessThanOrEqual(2);
  expect(list).toHaveBeenCalled();
});

it('no longer reads after it was let go', async () => {
  const { store, list, emitChanged } = setUp();
  const stop = store.getState().follow();
  await settle();
  list.mockClear();

  emitChanged();
  stop();
  await vi.advanceTimersByTimeAsync(5_000);

  expect(list).not.toHaveBeenCalled();
});

it('says why the list could not be read, and recovers', async () => {
  const { store, list } = setUp();
  list.mockRejectedValueOnce(new AppError('store-busy', 'busy'));
  store.getState().follow();
  await settle();
  expect(store.getState().error?.code).toBe('store-busy');

  store.getState().refresh();
  await settle();

  expect(store.getState()).toMatchObject({ error: null, count: 250 });
});

it('keeps the people selected who were, when others come in before them', async () => {
  const { store, moveBy } = setUp();
  store.getState().follow();
  await settle();
  store.getState().select(toggle(toggle(selectOnly(3), 4), 9));

  await moveBy(5);

  expect(store.getState().selection).toEqual({
    ranges: [
      { from: 8, to: 9 },
      { from: 14, to: 14 },
    ],
    anchor: 14,
    active: 14,
  });
  expect(store.getState().row(14)?.username).toBe('up9');
  expect(store.getState().heldIds()).toEqual([3, 4, 9]);
});

it('no longer selects who left the list', async () => {
  const { store, moveBy } = setUp({ size: 90 });
  store.getState().follow();
  await settle();
  store.getState().select(toggle(selectOnly(3), 88));

  await moveBy(5);

  expect(store.getState().selection.ranges).toEqual([{ from: 8, to: 8 }]);
  expect(store.getState().heldIds()).toEqual([3]);
});

it('means the people on screen when one is selected of an old list while a new one is on its way', async () => {
  const { store, moveBy, holdAnswers, waiting, release } = setUp();
  store.getState().follow();
  await settle();
  store.getState().select(selectOnly(3));
  holdAnswers();
  await moveBy(5);
  store.getState().select(selectOnly(20));
  expect(store.getState().heldIds()).toEqual([20]);

  for (let round = 0; round < 12; round++) {
    while (waiting.length > 0) release(0);
    await settle();
  }

  expect(store.getState().selection.ranges).toEqual([{ from: 25, to: 25 }]);
  expect(store.getState().row(25)?.username).toBe('up20');
});

it('asks who stands at selected places that were never on screen', async () => {
  const { store, moveBy } = setUp({ size: 1000 });
  store.getState().follow();
  await settle();
  store.getState().select(extendTo(selectOnly(90), 700));
  expect(store.getState().heldIds()).toBeUndefined();
  await vi.advanceTimersByTimeAsync(200);
  expect(store.getState().heldIds()).toHaveLength(611);

  await moveBy(5);

  expect(store.getState().selection.ranges).toEqual([{ from: 95, to: 705 }]);
});

it('releases a selection that is too large to follow, and says so; all stay all', async () => {
  const { store, moveBy } = setUp({ size: 9000 });
  store.getState().follow();
  await settle();
  store.getState().select(selectAll(noSelection, 9000));
  await moveBy(1);
  expect(store.getState()).toMatchObject({ released: 0, selection: { ranges: [{ from: 0, to: 8999 }] } });

  store.getState().select(extendTo(selectOnly(10), 7000));
  await moveBy(2);

  expect(store.getState()).toMatchObject({ released: 6991, selection: { ranges: [] } });
  store.getState().select(selectOnly(1));
  expect(store.getState().released).toBe(0);
});
