import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { methods, modesOf } from '../../../shared/contract/users.contract.ts';
import { missingOf } from '../../../shared/users/completeness.ts';
import { refreshUsers } from './refreshUsers.ts';
import { createRandom, createTestStore, inventUser, type TestStore } from './testing.ts';
import { completeSql } from './userCompleteness.ts';

let store: TestStore;
beforeEach(() => (store = createTestStore()));
afterEach(() => store.close());

describe('completeSql', () => {
  it('agrees with what a user is said to miss, for all means', () => {
    const yesNo = [false, true];
    const all = methods.flatMap((method) =>
      modesOf[method].flatMap((mode) =>
        ['', '+4930901820', 'ask Bob'].flatMap((phone) =>
          yesNo.flatMap((phoneValid) =>
            yesNo.flatMap((hasApp) =>
              yesNo.flatMap((hasToken) => yesNo.map((hasPin) => ({ method, mode, phone, phoneValid, hasApp, hasToken, hasPin }))),
            ),
          ),
        ),
      ),
    );
    const statement = store.database.prepare(`SELECT ${completeSql()} AS complete FROM
      (SELECT ? AS method, ? AS mode, ? AS phone, ? AS phone_valid, ? AS has_app, ? AS has_token, ? AS has_pin)`);

    const wrong = all.filter((means) => {
      const { method, mode, phone, phoneValid, hasApp, hasToken, hasPin } = means;
      const row = statement.get(method, mode, phone, Number(phoneValid), Number(hasApp), Number(hasToken), Number(hasPin));
      return row?.['complete'] !== Number(missingOf(means).length === 0);
    });

    expect(all).toHaveLength(9 * 3 * 2 ** 4);
    expect(wrong).toEqual([]);
  });
});

describe('refreshUsers', () => {
  const read = () =>
    store.database.prepare('SELECT has_pin, has_app, has_token, complete, revision, updated_at FROM users WHERE id = 1').get();

  it('takes over what belongs to a user, and notes him for the search', () => {
    const anna = inventUser(1, createRandom(1));
    store.write([{ ...anna, method: 'oath', mode: 'token', hasPin: false, complete: false }]);
    store.database.exec('DELETE FROM users_unindexed');
    store.database
      .exec(`INSERT INTO oath_tokens (serial, serial_key, kind, algorithm, digits, period, secret, user_id, added_at, updated_at)
      VALUES ('1', '1', 'totp', 'SHA1', 6, 30, x'00', 1, 1, 1)`);

    refreshUsers(store.database, [1, 99], 17);

    expect(read()).toEqual({ has_pin: 0, has_app: 0, has_token: 1, complete: 1, revision: 2, updated_at: 17 });
    expect(store.database.prepare('SELECT user_id FROM users_unindexed').all()).toContainEqual({ user_id: 1 });
  });

  it('notices that the last of it is gone', () => {
    const anna = inventUser(1, createRandom(1));
    store.write([{ ...anna, method: 'call', mode: 'pin', phone: '+4930901820', phoneValid: true, hasPin: true, complete: true }]);

    refreshUsers(store.database, [1], 17);

    expect(read()).toMatchObject({ has_pin: 0, complete: 0 });
  });
});
