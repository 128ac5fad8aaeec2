import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { AppError } from '../../../shared/contract/errors.ts';
import type { TokenRow } from '../../../shared/contract/tokens.contract.ts';
import type { ConsoleClient } from '../../app/client.tsx';
import { createTokenEditorStore, type EditingToken } from './tokenEditor.store.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

type EditInput = Parameters<ConsoleClient['tokens']['edit']>[0];

const token: TokenRow = {
  ...{ id: 1, serial: 'A-1', manufacturer: 'Feitian', model: 'c100', kind: 'totp', algorithm: 'SHA1', digits: 6, interval: 30 },
  ...{ startsAt: null, expiresAt: null, state: 'free', user: null, driftSeconds: 0, secretMark: 'm1', addedAt: 0, updatedAt: 0 },
};

/** A server with one token: like the real one it refuses an edit whose base does not hold any more. */
async function setUp() {
  let stored = token;
  let onChanged = () => {};
  const edit = vi.fn(async ({ base, changes: { secret, ...facts } }: EditInput) => {
    const names = Object.keys(facts) as (keyof typeof facts)[];
    const isOld = names.some((name) => base?.[name] !== stored[name] && facts[name] !== stored[name]);
    if (isOld || (secret && base?.secretMark !== stored.secretMark)) throw new AppError('changed-meanwhile', 'Somebody else was faster.');
    stored = { ...stored, ...facts, ...(secret && { secretMark: 'mine' }) } as TokenRow;
    return stored;
  });
  const client = { tokens: { get: async () => stored, edit, onChanged: (listener: () => void) => ((onChanged = listener), () => {}) } };
  const store = createTokenEditorStore(client as unknown as Pick<ConsoleClient, 'tokens'>, 1);
  store.getState().follow();
  await store.getState().load();
  return {
    store,
    edit,
    stored: () => stored,
    state: () => store.getState().state as EditingToken,
    /** What another administrator does, and the event of it. */
    async elsewhere(changes: Partial<TokenRow>) {
      stored = { ...stored, ...changes };
      onChanged();
      await vi.advanceTimersByTimeAsync(200);
    },
    /** The same, but the event has not arrived yet. */
    unseen: (changes: Partial<TokenRow>) => void (stored = { ...stored, ...changes }),
  };
}

it('shows what others change while the dialog is open, and keeps what is typed', async () => {
  const { store, elsewhere, state } = await setUp();
  store.getState().change({ model: 'c200' });

  await elsewhere({ serial: 'A-2', digits: 8 });

  expect(state().form).toMatchObject({ serial: 'A-2', digits: 8, model: 'c200' });
  expect(state().elsewhere).toEqual({ conflicts: [], taken: ['serial', 'digits'] });
});

it('saves over what others changed in other fields, also when the event has not come yet', async () => {
  const { store, unseen, stored } = await setUp();
  store.getState().change({ model: 'c200' });
  unseen({ manufacturer: 'Acme' });

  expect(await store.getState().save()).toBe(true);

  expect(stored()).toMatchObject({ manufacturer: 'Acme', model: 'c200' });
});

it('never overwrites what both changed: it asks', async () => {
  const { store, unseen, stored, state } = await setUp();
  store.getState().change({ interval: '60' });
  unseen({ kind: 'hotp', interval: 0 });

  expect(await store.getState().save()).toBe(false);

  expect(state()).toMatchObject({ phase: 'deciding', elsewhere: { conflicts: ['kind', 'interval'] } });
  expect(stored().kind).toBe('hotp');
});

it('saves mine where mine was chosen, and keeps theirs where theirs was', async () => {
  const { store, elsewhere, stored, state } = await setUp();
  store.getState().change({ model: 'mine', manufacturer: 'mine', startsOn: '2027-01-01' });
  await elsewhere({ model: 'theirs', manufacturer: 'theirs', startsAt: Date.UTC(2028, 0, 1) });
  await store.getState().save();
  expect(state().elsewhere?.conflicts).toEqual(['startsOn', 'manufacturer', 'model']);

  const isSaved = await store.getState().resolve(
    new Map([
      ['model', 'mine'],
      ['manufacturer', 'theirs'],
      ['startsOn', 'theirs'],
    ]),
  );

  expect(isSaved).toBe(true);
  expect(stored()).toMatchObject({ model: 'mine', manufacturer: 'theirs', startsAt: Date.UTC(2028, 0, 1) });
});

it('asks when both replaced the secret key, and again when nobody decided', async () => {
  const { store, edit, elsewhere, state, stored } = await setUp();
  store.getState().change({ secret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ' });
  await elsewhere({ secretMark: 'theirs' });
  expect(state().elsewhere?.conflicts).toEqual(['secret']);
  store.getState().decide();
  store.getState().postpone();

  await store.getState().save();
  expect(state().phase).toBe('deciding');
  expect(edit).not.toHaveBeenCalled();
  await store.getState().resolve(new Map([['secret', 'mine']]));

  expect(stored().secretMark).toBe('mine');
});
