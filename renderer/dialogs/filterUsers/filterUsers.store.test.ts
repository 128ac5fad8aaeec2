import { afterEach, expect, it, vi } from 'vitest';
import type { SavedFilter } from '../../../shared/contract/filters.contract.ts';
import { userCondition } from '../../../shared/contract/userFilter.ts';
import { fieldGroups, fieldOf, firstCondition } from './conditionFields.ts';
import { createFilterUsersStore, filterOf, isSaved } from './filterUsers.store.ts';

afterEach(() => void vi.useRealTimers());

function setUp(saved: SavedFilter[] = []) {
  const answers: ((count: number) => void)[] = [];
  const signals: AbortSignal[] = [];
  const save = vi.fn(async () => null);
  const store = createFilterUsersStore(
    {
      users: {
        count: (_input, options) => {
          signals.push(options!.signal!);
          return new Promise((resolve) => answers.push((count) => resolve({ count })));
        },
      },
      filters: { list: async () => ({ filters: saved }), save, remove: async () => null },
    },
    null,
  );
  return { store, answers, signals, save };
}

it.each(fieldGroups.flatMap(({ fields }) => fields.map(({ value }) => value)))('%s is a field of the contract', (field) => {
  const condition = firstCondition(field);

  expect(fieldOf(condition)).toBe(field);
  // What is typed comes later.
  expect(userCondition.safeParse(condition.kind === 'text' ? { ...condition, values: ['x'] } : condition).success).toBe(true);
});

it('counts what stands there now, never what stood there before', async () => {
  vi.useFakeTimers();
  const { store, answers, signals } = setUp();
  await store.getState().load();
  await vi.advanceTimersByTimeAsync(300);
  store.getState().add('flag:enabled');
  expect(signals[0]!.aborted).toBe(true);
  await vi.advanceTimersByTimeAsync(300);
  answers[0]!(99);
  await vi.advanceTimersByTimeAsync(0);
  expect(store.getState().count).toEqual({ phase: 'counting' });
  answers[1]!(7);
  await vi.advanceTimersByTimeAsync(0);
  expect(store.getState().count).toEqual({ phase: 'counted', count: 7 });
});

it('neither counts nor gives a filter while a condition is not complete', async () => {
  vi.useFakeTimers();
  const { store, answers } = setUp();
  await store.getState().load();
  await vi.advanceTimersByTimeAsync(300);
  store.getState().add('text:email');
  answers[0]!(99);
  await vi.advanceTimersByTimeAsync(300);

  expect(store.getState().count).toBeNull();
  expect(filterOf(store.getState())).toBeNull();
  expect(answers).toHaveLength(1);
});

it('replaces a filter only where its button has said so', async () => {
  const filter = { match: 'all' as const, conditions: [firstCondition('flag:enabled')] };
  const { store, save } = setUp([{ name: 'Mine', filter, savedBy: 'admin', savedAt: 1 }]);
  await store.getState().load();
  store.getState().take('Mine');
  expect(isSaved(store.getState())).toBe(true);
  await store.getState().save();
  expect(save).toHaveBeenLastCalledWith({ name: 'Mine', filter, replace: true });

  store.getState().setName('Another');
  expect(isSaved(store.getState())).toBe(false);
  await store.getState().save();
  expect(save).toHaveBeenLastCalledWith({ name: 'Another', filter, replace: false });
  store.getState().stop();
});
