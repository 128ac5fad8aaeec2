import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCodes, stepAt } from '../../services/tokens/tokenCodes.ts';
import { createTokenVerifier } from '../../services/tokens/tokenVerifier.ts';
import { Secret } from '../../../shared/lib/secret.ts';
import { removeSome } from '../users/recycleBin.ts';
import { createTokenList } from './tokenList.ts';
import { createTokenRepository } from './tokenRepository.ts';
import { factsOf, openTestStore, sealedOf, testSealer } from './testing.ts';

const now = 1_700_000_000_000;
const seed = '12345678901234567890';
let store: ReturnType<typeof openTestStore>;
let tokens: ReturnType<typeof createTokenRepository>;
beforeEach(() => {
  store = openTestStore();
  tokens = createTokenRepository(store.database, () => now);
});
afterEach(() => store.close());

const indexed = () =>
  store.database
    .prepare('SELECT user_id FROM users_unindexed ORDER BY seq')
    .all()
    .map((row) => row['user_id']);

describe('createTokenRepository', () => {
  it('keeps a secret only in sealed form, bound to its token', () => {
    const id = tokens.add(factsOf('A1'), sealedOf(seed), null);

    const { sealed } = tokens.key(id)!;
    expect(Buffer.from(sealed).includes(seed)).toBe(false);
    expect(() => testSealer.open('oath token 99', sealed)).toThrow(expect.objectContaining({ code: 'secret-bound-elsewhere' }));
  });

  it('gives one serial number once, in any letter case', () => {
    const id = tokens.add(factsOf('Abc-1'), sealedOf(seed), null);
    const other = tokens.add(factsOf('Abc-2'), sealedOf(seed), null);

    expect(() => tokens.add(factsOf('aBC-1'), sealedOf(seed), null)).toThrow(
      expect.objectContaining({ code: 'serial-taken', message: 'There is a token with the serial number Abc-1 already.' }),
    );
    expect(() => tokens.edit(other, () => ({ serial: 'ABC-1' }), null)).toThrow(expect.objectContaining({ code: 'serial-taken' }));
    tokens.edit(id, () => ({ serial: 'ABC-1' }), null);
    expect(tokens.get({ serial: ' abc-1 ' })?.serial).toBe('ABC-1');
  });

  it('makes an OATH user complete with his first token and incomplete with his last one gone', () => {
    const anna = store.addUser('anna');
    const first = tokens.add(factsOf('A1'), sealedOf(seed), anna);
    expect(store.user(anna)).toMatchObject({ has_token: 1, complete: 1, revision: 2, updated_at: now });
    const second = tokens.add(factsOf('A2'), sealedOf(seed), null);
    tokens.assign(second, anna, null);

    tokens.remove([first]);
    expect(store.user(anna)).toMatchObject({ has_token: 1, complete: 1 });
    tokens.unassign(second);
    expect(store.user(anna)).toMatchObject({ has_token: 0, complete: 0, revision: 5 });
    expect(indexed()).toEqual([anna, anna, anna, anna]);
  });

  it('leaves completeness to the phone of somebody who is called', () => {
    const bob = store.addUser('bob', 'call');
    store.database.exec("UPDATE users SET complete = 1, phone = '+15551234567', phone_valid = 1");

    const id = tokens.add(factsOf('A1'), sealedOf(seed), bob);
    expect(store.user(bob)).toMatchObject({ has_token: 1, complete: 1 });
    tokens.unassign(id);
    expect(store.user(bob)).toMatchObject({ has_token: 0, complete: 1 });
  });

  it('says who has a token that is to be assigned twice', () => {
    const [anna, bob] = [store.addUser('anna'), store.addUser('bob')];
    const id = tokens.add(factsOf('A1'), sealedOf(seed), anna);

    expect(() => tokens.assign(id, bob, null)).toThrow(
      expect.objectContaining({ code: 'token-assigned', message: 'The token belongs to anna. Unassign it there first.' }),
    );
    expect(store.user(bob)).toMatchObject({ has_token: 0, revision: 1 });
    tokens.assign(id, anna, null);
    expect(store.user(anna)).toMatchObject({ revision: 2 });
  });

  it('keeps the token of a user in the recycle bin for him', () => {
    const anna = store.addUser('anna');
    const id = tokens.add(factsOf('A1'), sealedOf(seed), anna);
    removeSome(store.database, [anna], 'me', now);

    expect(tokens.get({ id })?.user).toEqual({ id: anna, username: 'anna', removed: true });
    tokens.unassign(id);
    expect(store.database.prepare('SELECT has_token, complete FROM removed_users').get()).toEqual({ has_token: 0, complete: 0 });
  });

  it('counts anew after another interval', () => {
    const anna = store.addUser('anna');
    const id = tokens.add(factsOf('A1'), sealedOf(seed), anna);
    tokens.spend({ key: tokens.key(id)!, after: { counter: 500, drift: 3 } });

    tokens.edit(id, () => ({ model: 'c200' }), null);
    expect(tokens.key(id)).toMatchObject({ counter: 500, drift: 3 });
    tokens.edit(id, () => ({ interval: 60 }), null);
    expect(tokens.key(id)).toMatchObject({ counter: 0, drift: 0, interval: 60 });
  });

  it('says before a removal who would be left without a token', () => {
    const [anna, bob] = [store.addUser('anna'), store.addUser('bob')];
    const holders: Record<string, number> = { A1: bob, A2: anna, B1: bob };
    const [a1, a2, a3] = ['A1', 'A2', 'A3', 'B1'].map((serial) => tokens.add(factsOf(serial), sealedOf(seed), holders[serial] ?? null));
    const list = createTokenList(store.database);

    expect(list.losses([a1!, a2!, a3!, a3!, 99])).toEqual({
      assigned: 2,
      usersWithout: 1,
      first: [
        { serial: 'A2', username: 'anna', isLast: true },
        { serial: 'A1', username: 'bob', isLast: false },
      ],
    });
    expect(tokens.remove([a1!, a2!, a3!, 99])).toEqual({ removed: 3, unassigned: 2 });
  });
});

describe('createTokenVerifier with the store', () => {
  const codeAt = (at: number) =>
    createCodes(new Secret(Buffer.from(seed).toString('base64')), { algorithm: 'SHA1', digits: 6 })(stepAt(at, 30));
  const verifier = () => createTokenVerifier({ store: tokens, sealer: () => Promise.resolve(testSealer) });

  it('accepts a code once, however often it is sent at the same time', async () => {
    const anna = store.addUser('anna');
    tokens.add(factsOf('A1'), sealedOf(seed), anna);
    const { checkCode } = verifier();

    const verdicts = await Promise.all(Array.from({ length: 5 }, () => checkCode(anna, codeAt(now), now)));

    expect(verdicts.filter(({ result }) => result === 'accepted')).toEqual([{ result: 'accepted', serial: 'A1' }]);
    expect(verdicts.filter(({ result }) => result === 'already-used')).toHaveLength(4);
    expect(await checkCode(anna, codeAt(now - 30_000), now)).toMatchObject({ result: 'already-used' });
    expect(await checkCode(anna, codeAt(now + 30_000), now)).toMatchObject({ result: 'accepted' });
  });

  it('takes codes as they are typed, from any of the tokens of a user', async () => {
    const anna = store.addUser('anna');
    tokens.add(factsOf('A1'), sealedOf('another secret of anna'), anna);
    tokens.add(factsOf('A2'), sealedOf(seed), anna);

    const code = codeAt(now);
    expect(await verifier().checkCode(anna, ` ${code.slice(0, 3)} ${code.slice(3)}`, now)).toEqual({ result: 'accepted', serial: 'A2' });
    expect(await verifier().checkCode(anna, '000000', now)).toEqual({ result: 'wrong' });
  });

  it('tells a missing token from one out of its dates', async () => {
    const [anna, bob, carl] = [store.addUser('anna'), store.addUser('bob'), store.addUser('carl')];
    tokens.add(factsOf('A1', { expiresAt: now }), sealedOf(seed), anna);
    tokens.add(factsOf('A2', { startsAt: now + 1 }), sealedOf(seed), bob);

    expect(await verifier().checkCode(anna, codeAt(now), now)).toEqual({ result: 'expired' });
    expect(await verifier().checkCode(bob, codeAt(now), now)).toEqual({ result: 'not-started' });
    expect(await verifier().checkCode(carl, codeAt(now), now)).toEqual({ result: 'no-token' });
  });
});

describe('createTokenList', () => {
  it('sorts, filters and searches in the store', () => {
    const anna = store.addUser('Anna.Miller');
    tokens.add(factsOf('b2', { manufacturer: 'Feitian', model: 'c200' }), sealedOf(seed), null);
    tokens.add(factsOf('B1', { expiresAt: now - 1 }), sealedOf(seed), anna);
    tokens.add(factsOf('a3', { kind: 'hotp', interval: 0 }), sealedOf(seed), anna);
    const list = createTokenList(store.database);
    const serials = (selection: object, sort: object = {}) =>
      list
        .list({ search: '', sort: { column: 'serial', descending: false, ...sort }, offset: 0, limit: 10, ...selection }, now)
        .map(({ serial }) => serial);

    expect(serials({})).toEqual(['a3', 'B1', 'b2']);
    expect(serials({}, { descending: true })).toEqual(['b2', 'B1', 'a3']);
    expect(serials({}, { column: 'username' })).toEqual(['a3', 'B1', 'b2']);
    expect(serials({ search: 'miller' })).toEqual(['a3', 'B1']);
    expect(serials({ search: 'FEIT' })).toEqual(['b2']);
    expect(serials({ state: 'expired' })).toEqual(['B1']);
    expect(serials({ userId: anna, offset: 1 })).toEqual(['B1']);
    expect(list.count({ search: '', state: 'free' }, now)).toBe(1);
    expect(list.count({ search: 'b' }, now)).toBe(2);
    expect(
      list.idsAt(
        {
          search: '',
          sort: { column: 'serial', descending: false },
          ranges: [
            { from: 0, to: 1 },
            { from: 2, to: 9 },
          ],
        },
        now,
      ),
    ).toHaveLength(2);
    const bySerial = { search: '', sort: { column: 'serial' as const, descending: false } };
    const [first, second] = list.idsAt({ ...bySerial, ranges: [{ from: 0, to: 2 }] }, now);
    expect(list.placesOf({ ...bySerial, ids: [second!, 999_999, first!] }, now)).toEqual([1, null, 0]);
  });
});
