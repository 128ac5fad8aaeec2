import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { AppError } from '../../../shared/contract/errors.ts';
import type { UserChanges } from '../../../shared/contract/userCommands.ts';
import type { UserDetail } from '../../../shared/contract/users.contract.ts';
import type { ConsoleClient } from '../../app/client.tsx';
import type { KnownUser } from '../../app/dialogs.store.ts';
import { createEditUserStore, type EditingState } from './editUser.store.ts';
import { anna, company } from './testing.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

type EditInput = Parameters<ConsoleClient['users']['edit']>[0];

/** A server with one user: like the real one it refuses an edit whose base does not hold any more. */
function setUp(known?: KnownUser) {
  let stored: UserDetail = anna;
  let isRemoved = false;
  let onChanged = () => {};
  const change = (changes: Partial<UserDetail>) => {
    stored = { ...stored, ...changes, revision: stored.revision + 1 };
  };
  const edit = vi.fn(async ({ base, changes }: EditInput) => {
    const plain = Object.keys(changes).filter((name) => name in stored && name !== 'pin') as (keyof UserChanges & keyof UserDetail)[];
    const isOld = plain.some((name) => base?.[name as 'email'] !== stored[name] && changes[name] !== stored[name]);
    if (isOld) throw new AppError('changed-meanwhile', 'Somebody else changed the same fields.');
    const { pin, ...fields } = changes;
    change({ ...(fields as Partial<UserDetail>), ...(pin === undefined ? {} : { pin: { setAt: 99, isInitial: false }, hasPin: true }) });
    onChanged();
    return stored;
  });
  const client = {
    users: {
      get: async () => {
        if (isRemoved) throw new AppError('not-found', 'There is no such user.');
        return stored;
      },
      edit,
      onChanged: (listener: () => void) => ((onChanged = listener), () => {}),
    },
    company: {
      get: async () => ({ settings: company, revision: 0, savedAt: null, savedBy: '' }),
      onChanged: () => () => {},
    },
  };
  const store = createEditUserStore(client as unknown as Pick<ConsoleClient, 'users' | 'company'>, known);
  store.getState().follow();
  return {
    store,
    edit,
    stored: () => stored,
    /** What another administrator does. */
    async elsewhere(changes: Partial<UserDetail>) {
      change(changes);
      onChanged();
      await vi.advanceTimersByTimeAsync(200);
    },
    async remove() {
      isRemoved = true;
      onChanged();
      await vi.advanceTimersByTimeAsync(200);
    },
    /** The same, but the event has not arrived yet. */
    unseen: change,
    state: () => store.getState().state as EditingState,
  };
}

it('saves only what was changed and then has nothing left to save', async () => {
  const { store, edit, state } = setUp();
  await store.getState().open(7);
  store.getState().change({ firstName: 'Anne' });

  expect(await store.getState().apply()).toBe(true);
  await store.getState().apply();

  expect(edit).toHaveBeenCalledOnce();
  expect(edit.mock.calls[0]![0].changes).toEqual({ firstName: 'Anne' });
  expect(state()).toMatchObject({ phase: 'editing', user: { firstName: 'Anne' }, elsewhere: null });
  expect(store.getState().saves).toBe(1);
});

it('sends nothing that is not valid, and shows all problems then', async () => {
  const { store, edit } = setUp();
  await store.getState().open(7);
  store.getState().change({ username: ' ' });

  expect(await store.getState().apply()).toBe(false);

  expect(edit).not.toHaveBeenCalled();
  expect(store.getState().left).toBe('all');
});

it('shows what others change while the dialog is open, and keeps what is typed', async () => {
  const { store, elsewhere, state } = setUp();
  await store.getState().open(7);
  store.getState().change({ firstName: 'Anne' });

  await elsewhere({ lastName: 'Berger' });

  expect(state().form).toMatchObject({ firstName: 'Anne', lastName: 'Berger' });
  expect(state().elsewhere).toEqual({ taken: ['lastName'], conflicts: [] });
});

it('shows at once who was read before it was opened, and what has changed since', async () => {
  const { store, unseen, state } = setUp({ user: anna, company });
  expect(state()).toMatchObject({ phase: 'editing', form: { lastName: 'Berg' } });
  unseen({ lastName: 'Berger' });
  store.getState().change({ firstName: 'Anne' });

  await store.getState().open(7);

  expect(state().form).toMatchObject({ firstName: 'Anne', lastName: 'Berger' });
  expect(state().elsewhere).toEqual({ taken: ['lastName'], conflicts: [] });
});

it('says nothing about its own change', async () => {
  const { store, state } = setUp();
  await store.getState().open(7);
  store.getState().change({ firstName: 'Anne' });
  await store.getState().apply();

  await vi.advanceTimersByTimeAsync(500);

  expect(state().elsewhere).toBeNull();
});

it('never overwrites what both changed: it asks, also when the event has not come yet', async () => {
  const { store, unseen, stored, state } = setUp();
  await store.getState().open(7);
  store.getState().change({ userGroup: 'Mine' });
  unseen({ userGroup: 'Theirs' });

  expect(await store.getState().apply()).toBe(false);

  expect(stored().userGroup).toBe('Theirs');
  expect(state()).toMatchObject({ phase: 'deciding', elsewhere: { conflicts: ['userGroup'] } });
  expect(state().form.userGroup).toBe('Mine');
});

it('saves mine where mine was chosen, and keeps theirs where theirs was', async () => {
  const { store, elsewhere, stored } = setUp();
  await store.getState().open(7);
  store.getState().change({ userGroup: 'Mine', firstName: 'Anne' });
  await elsewhere({ userGroup: 'Theirs', firstName: 'Ana', enabled: false });
  await store.getState().apply();

  const isSaved = await store.getState().resolve(
    new Map([
      ['userGroup', 'mine'],
      ['firstName', 'theirs'],
    ]),
  );

  expect(isSaved).toBe(true);
  expect(stored()).toMatchObject({ userGroup: 'Mine', firstName: 'Ana', enabled: false });
});

it('asks again when the conflict view was left without a decision', async () => {
  const { store, elsewhere, stored, state } = setUp();
  await store.getState().open(7);
  store.getState().change({ userGroup: 'Mine' });
  await elsewhere({ userGroup: 'Theirs' });
  store.getState().decide();
  store.getState().postpone();

  await store.getState().apply();

  expect(state().phase).toBe('deciding');
  expect(stored().userGroup).toBe('Theirs');
});

it('asks when both set a PIN, which nobody can see', async () => {
  const { store, edit, unseen, state } = setUp();
  await store.getState().open(7);
  store.getState().change({ modes: { call: 'pin', text: 'one-way-otp', app: 'standard', oath: 'token' }, pin: '1357', confirmPin: '1357' });
  unseen({ pin: { setAt: 5, isInitial: false }, hasPin: true });

  expect(await store.getState().apply()).toBe(false);

  expect(edit).not.toHaveBeenCalled();
  expect(state().elsewhere?.conflicts).toEqual(['pin']);
});

it('says that the user was removed meanwhile', async () => {
  const { store, remove } = setUp();
  await store.getState().open(7);

  await remove();

  expect(store.getState().state).toMatchObject({ phase: 'failed', error: { code: 'not-found' } });
});
