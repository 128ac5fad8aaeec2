import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { userColumns } from '../../../shared/contract/users.contract.ts';
import type { UserColumn } from '../../../shared/contract/users.contract.ts';
import { createOrderAhead } from './orderAhead.ts';

function setUp() {
  const made = new Set<UserColumn>();
  const started: UserColumn[] = [];
  let finish: () => void = () => {};
  const ahead = createOrderAhead({
    has: (column) => made.has(column),
    build: (column, signal) =>
      new Promise((resolve, reject) => {
        started.push(column);
        finish = () => {
          made.add(column);
          resolve();
        };
        signal.addEventListener('abort', () => reject(signal.reason as Error));
      }),
  });
  const finished = async () => {
    finish();
    await nextTurn();
  };
  return { ahead, made, started, finished };
}

it('makes what was looked at, the last one first, and one at a time', async () => {
  const { ahead, started, finished } = setUp();

  for (const column of ['email', 'phone', 'method'] as const) ahead.want(column);
  expect(started).toEqual(['email']);
  await finished();
  await finished();

  expect(started).toEqual(['email', 'method', 'phone']);
});

it('makes all others once the list was used and stays as it is', async () => {
  const { ahead, made, started, finished } = setUp();

  ahead.goOn(1);
  ahead.goOn(1);
  expect(started).toEqual([]);
  ahead.want('email');
  await finished();
  ahead.goOn(2);
  expect(started).toEqual(['email']);
  for (let round = 0; round < 20; round++) {
    ahead.goOn(2);
    await finished();
  }

  expect(started.slice(0, 3)).toEqual(['email', 'username', 'name']);
  expect(made).toEqual(new Set(userColumns));
  expect(started).toHaveLength(userColumns.length);
});

it('gives way to an order that somebody waits for, and makes its own later', async () => {
  const { ahead, started } = setUp();
  ahead.want('email');

  ahead.giveWay('email');
  await nextTurn();
  expect(started).toEqual(['email']);
  ahead.giveWay('phone');
  await nextTurn();
  ahead.goOn(1);
  ahead.goOn(1);

  expect(started).toEqual(['email', 'username']);
});
