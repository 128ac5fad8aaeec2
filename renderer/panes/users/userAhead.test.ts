import { expect, it, vi } from 'vitest';
import { createUserAhead } from './userAhead.ts';

type Client = Parameters<typeof createUserAhead>[0];

/** A server whose answers come when the test says so. */
function setUp() {
  const listeners: { users: () => void; company: () => void } = { users: () => {}, company: () => {} };
  const answers = new Map<number, () => void>();
  const get = vi.fn(({ id }: { id: number }) => new Promise((resolve) => answers.set(id, () => resolve({ id }))));
  const client = {
    users: { get, onChanged: (listener: () => void) => ((listeners.users = listener), () => {}) },
    company: { get: async () => ({ settings: {} }), onChanged: (listener: () => void) => ((listeners.company = listener), () => {}) },
  };
  const ahead = createUserAhead(client as unknown as Client);
  ahead.follow();
  return {
    ahead,
    asked: () => get.mock.calls.map(([{ id }]) => id),
    change: (what: 'users' | 'company') => listeners[what](),
    async answer(id: number) {
      answers.get(id)?.();
      await new Promise((resolve) => setTimeout(resolve));
    },
  };
}

it('knows whom it was told to look at, and nobody else', async () => {
  const { ahead, answer } = setUp();

  ahead.look(1);
  expect(ahead.known(1)).toBeUndefined();
  await answer(1);

  expect(ahead.known(1)?.user).toEqual({ id: 1 });
  expect(ahead.known(2)).toBeUndefined();
});

it('passes over those whom the keyboard passed over', async () => {
  const { ahead, answer, asked } = setUp();

  for (const id of [1, 2, 3, 4]) ahead.look(id);
  await answer(1);
  await answer(4);

  expect(asked()).toEqual([1, 4]);
  expect(ahead.known(4)?.user).toEqual({ id: 4 });
});

it.each(['users', 'company'] as const)(
  'forgets what it knows when %s change, also while it reads, and reads again when told',
  async (what) => {
    const { ahead, answer, change } = setUp();
    ahead.look(1);
    change(what);
    await answer(1);
    expect(ahead.known(1)).toBeUndefined();

    ahead.look(1);
    await answer(1);
    expect(ahead.known(1)).toBeDefined();
    change(what);

    expect(ahead.known(1)).toBeUndefined();
  },
);
