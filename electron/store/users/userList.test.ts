import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { userColumns } from '../../../shared/contract/users.contract.ts';
import type { UserColumn, UserRow } from '../../../shared/contract/users.contract.ts';
import { nameKey } from '../../../shared/directory/mappingKeys.ts';
import { fold, usernameKey } from '../../../shared/lib/fold.ts';
import type { UserWindow } from '../../services/users/userReader.ts';
import { finderLimits } from './finder.ts';
import { findAll, findFew } from './findUsers.ts';
import { createKeptFiles } from './keptFiles.ts';
import { createListOn, listLimits } from './listTesting.ts';
import { indexSome } from './searchIndex.ts';
import { createRandom, createTestStore, inventUser } from './testing.ts';
import type { TestStore } from './testing.ts';
import { concatIds, openForReading } from './userConnection.ts';
import type { SlowQuery } from './userMessages.ts';
import { parseSearch } from './userSearch.ts';
import { createUserList } from './userList.ts';
import type { UserList } from './userList.ts';

/** A busy machine needs longer than the second that Vitest waits. */
const patience = { timeout: 20_000 };

let store: TestStore;
let users: UserList;
let people: Map<number, UserRow>;
const random = createRandom(7);
/** More than are looked through row by row while others wait, so that every way of finding is taken. */
const userCount = 2_200;

vi.setConfig({ testTimeout: 60_000 });

beforeEach(() => {
  store = createTestStore();
  people = new Map(Array.from({ length: userCount }, (_, index) => [index + 1, inventUser(index + 1, random)]));
  store.write([...people.values()]);
  users = openList();
});

afterEach(() => store.close());

function openList(kind: keyof typeof listLimits = 'ordinary', asked?: (query: SlowQuery) => void): UserList {
  return createListOn(store.file, listLimits[kind], asked);
}

function indexAll() {
  while (indexSome(store.database, 700) > 0);
}

function change(ids: readonly number[]) {
  const changed = ids.map((id) => inventUser(id, random));
  for (const user of changed) people.set(user.id, user);
  store.write(changed);
}

function remove(ids: readonly number[]) {
  for (const id of ids) people.delete(id);
  store.remove(ids);
}

const byBytes = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));

/** What is compared: text folded, an absent value is null. */
function cell(user: UserRow, column: UserColumn): string | number | null {
  if (column === 'username') return usernameKey(user.username);
  if (column === 'name') return nameKey(user.firstName, user.lastName) || null;
  const value = user[column];
  if (typeof value === 'boolean') return Number(value);
  return typeof value === 'string' ? fold(value) || null : value;
}

function expectedOrder({ column, descending }: UserWindow['sort'], among: readonly UserRow[] = [...people.values()]): number[] {
  const compare = (a: UserRow, b: UserRow) => {
    const [x, y] = [cell(a, column), cell(b, column)];
    if (x === y) return byBytes(usernameKey(a.username), usernameKey(b.username));
    if (x === null || y === null) return x === null ? 1 : -1;
    const order = typeof x === 'number' ? x - Number(y) : byBytes(x, String(y));
    return descending ? -order : order;
  };
  return [...among].sort(compare).map(({ id }) => id);
}

const searched = new WeakMap<UserRow, { fields: string[]; digits: string[] }>();

function searchedOf(user: UserRow): { fields: string[]; digits: string[] } {
  const known = searched.get(user);
  if (known) return known;
  const name = user.lastName && user.firstName ? `${user.lastName}, ${user.firstName}` : user.lastName || user.firstName;
  const fields = [user.username, name, user.email, user.userGroup, user.phone, user.backupPhone].map(fold);
  const made = { fields, digits: [user.phone, user.backupPhone].map((phone) => phone.replaceAll(/\D/g, '')) };
  searched.set(user, made);
  return made;
}

/** Slow and plain: every typed word is in one of the fields, or its digits are in a phone. */
function expectedHits(search: string): UserRow[] {
  const words = fold(search).split(/\s+/).filter(Boolean);
  return [...people.values()].filter((user) => {
    const { fields, digits } = searchedOf(user);
    return words.every((word) => {
      const isPhone = /^[-+()./\d]+$/.test(word) && /\d/.test(word);
      return (
        fields.some((field) => field.includes(word)) ||
        (isPhone && [...fields, ...digits].some((each) => each.includes(word.replaceAll(/\D/g, ''))))
      );
    });
  });
}

async function ids(window: Partial<UserWindow>, list = users): Promise<number[]> {
  const rows = await list.list({ search: '', sort: { column: 'username', descending: false }, offset: 0, limit: 100, ...window });
  return rows.map(({ id }) => id);
}

// prettier-ignore
const searches = [
  'an', 'ber', 'li', 'mü', 'MULLER', 'müller', 'ss', 'ß', 'ı', 'fi', 'ﬁ', 'a', 'Ａ', '王', '小明', '小', '😀', 'Å', 'ά', 'Ж', 'qqq',
  'qz', '7', '*', '(', ')', '"', '""', '\\', '%', '_', '%%%', '"*"', 'a" OR "b', 'corp.test', '<script>', 'AND', 'NOT ber',
  'NEAR(an ber)', '\u200f', 'a\0b', 'ber\0', '^an', 'username:an', 'ber li', 'an an', 'ller, mü', '5550', '555 0', '(425)',
  '(425) 555-01', '+1 425', '425-555', '4930', '@corp.test 12', '  ', '\u0301', '\ud800',
];

describe('the list of users', () => {
  for (const descending of [false, true]) {
    for (const column of userColumns) {
      it(`is sorted by ${column}${descending ? ', descending' : ''}, at any offset, from the first question on`, async () => {
        const sort = { column, descending };
        const expected = expectedOrder(sort);

        for (const offset of [0, 1500, userCount - 50, userCount, 9000]) {
          expect(await ids({ sort, offset }, openList())).toEqual(expected.slice(offset, offset + 100));
          expect(await ids({ sort, offset })).toEqual(expected.slice(offset, offset + 100));
        }
      });
    }
  }

  it('finds the same whether a text is typed letter by letter or at once', async () => {
    for (const kind of ['small', 'ordinary'] as const) {
      for (const text of ['berli', '555 01', '(425) 555', 'müller', 'ber li an', '+1425555', 'corp.test 17']) {
        const typing = openList(kind);
        for (let length = 1; length <= text.length; length++) {
          const search = text.slice(0, length);
          const expected = expectedHits(search);
          expect([search, await typing.count({ search })]).toEqual([search, expected.length]);
          expect(await ids({ search }, typing)).toEqual(expectedOrder({ column: 'username', descending: false }, expected).slice(0, 100));
          // Some of those who were found no longer are, others come in their place.
          if (length % 3 === 0) change([...expected.slice(0, 3).map(({ id }) => id), random(userCount) + 1]);
        }
      }
    }
  });

  it('takes over what others change, add and remove, with and without the log of changes', async () => {
    for (const column of userColumns) await ids({ sort: { column, descending: true }, offset: 1000 });

    for (let round = 0; round < 6; round++) {
      const some = Array.from({ length: round === 5 ? 200 : 3 * round }, () => random(3100) + 1);
      change(some);
      remove([random(userCount) + 1]);
      if (round % 3 === 0) {
        users.refresh();
        await setImmediate();
      }
      if (round % 2 === 1) indexAll();

      for (const column of userColumns) {
        const sort = { column, descending: true };
        expect(await ids({ sort, offset: 100, limit: 300 })).toEqual(expectedOrder(sort).slice(100, 400));
      }
      expect(await users.count({ search: '' })).toBe(people.size);
    }
  });

  it.each(['ordinary', 'small'] as const)('takes changes over into what searches have found, with %s limits', async (kind) => {
    const list = openList(kind);
    for (let round = 0; round < 8; round++) {
      for (const search of ['an', 'corp.test', 'ller 5', '5550', '王']) {
        const hits = expectedHits(search);
        const sort = { column: userColumns[(round * 3) % userColumns.length] ?? 'name', descending: round % 2 === 0 };
        const offset = random(hits.length + 1);
        expect({ search, ids: await ids({ search, sort, offset }, list) }).toEqual({
          search,
          ids: expectedOrder(sort, hits).slice(offset, offset + 100),
        });
        expect({ search, count: await list.count({ search }) }).toEqual({ search, count: hits.length });
      }
      change(Array.from({ length: round === 6 ? 400 : 2 * round }, () => random(3100) + 1));
      remove([random(userCount) + 1]);
      if (round % 3 === 2) indexAll();
    }
  });

  it('is ready for every column after a while', async () => {
    const asked: string[] = [];
    const list = openList('ordinary', (query) => asked.push(query.kind));
    await ids({}, list);
    const orders = () => asked.filter((kind) => kind === 'order').length;

    await vi.waitFor(() => {
      list.refresh();
      expect(orders()).toBe(userColumns.length);
    }, patience);
    for (const column of userColumns) {
      const sort = { column, descending: true };
      expect(await ids({ sort, offset: 300 }, list)).toEqual(expectedOrder(sort).slice(300, 400));
    }

    expect(orders()).toBe(userColumns.length);
  });
});

describe('a search', () => {
  for (const state of [
    'before anything is indexed',
    'when all is indexed',
    'when half is indexed, and some users changed since',
  ] as const) {
    it.each(Object.keys(listLimits) as (keyof typeof listLimits)[])(
      `finds whoever contains every word, ${state}, with %s limits`,
      async (kind) => {
        const users = openList(kind);
        if (state === 'when all is indexed') indexAll();
        if (state === 'when half is indexed, and some users changed since') {
          indexSome(store.database, 1500);
          change(Array.from({ length: 300 }, () => random(userCount) + 1));
          remove([1, 5, 700, 2000]);
        }

        for (const [index, search] of searches.entries()) {
          const hits = expectedHits(search);
          const column = userColumns[random(userColumns.length)] ?? 'name';
          const sort = { column, descending: random(2) === 0 };
          const expected = expectedOrder(sort, hits);
          for (const list of index % 6 === 0 ? [users, openList(kind)] : [users]) {
            for (const offset of [0, random(hits.length + 1)]) {
              expect({ search, sort, offset, ids: await ids({ search, sort, offset }, list) }).toEqual({
                search,
                sort,
                offset,
                ids: expected.slice(offset, offset + 100),
              });
            }
            expect({ search, count: await list.count({ search }) }).toEqual({ search, count: hits.length });
          }
        }
      },
    );
  }

  it('shows its first rows before everybody whom it finds is known', async () => {
    const database = openForReading(store.file);
    let clock = 0;
    const list = createUserList({
      database,
      files: createKeptFiles({ storeFile: store.file, database }),
      // Still looking.
      slow: () => new Promise(() => undefined),
      now: () => (clock += 6),
      leastKept: 1,
      later: () => undefined,
    });

    for (const search of ['an', 'ber li', 'qqq']) {
      for (const sort of [{ column: 'username', descending: true } as const, { column: 'name', descending: false } as const])
        expect({ search, sort, ids: await ids({ search, sort }, list) }).toEqual({
          search,
          sort,
          ids: expectedOrder(sort, expectedHits(search)).slice(0, 100),
        });
    }
  });

  it('finds the same in parts as at once', () => {
    indexSome(store.database, 2500);
    change([1, 2, 3]);
    const database = openForReading(store.file);

    let compared = 0;
    for (const text of searches) {
      const search = parseSearch({ search: text });
      const few = findFew(database, search, finderLimits.few);
      if (few === null) continue;
      compared++;
      expect([text, [...concatIds([...findAll(database, search)])].sort()]).toEqual([text, [...few].sort()]);
    }
    expect(compared).toBeGreaterThan(15);
  });

  it('can be limited to the users of one import', async () => {
    const imported = [...people.values()].slice(100, 900);
    store.write(imported, 'job-1');
    indexAll();

    for (const search of ['', 'ber', 'an', 'ber li']) {
      const hits = expectedHits(search).filter(({ id }) => imported.some((user) => user.id === id));
      const sort = { column: 'email', descending: false } as const;
      expect(await ids({ search, importJobId: 'job-1', sort, offset: 10 })).toEqual(expectedOrder(sort, hits).slice(10, 110));
      expect(await users.count({ search, importJobId: 'job-1' })).toBe(hits.length);
    }
    expect(await users.count({ search: '', importJobId: 'job-2' })).toBe(0);
  });
});
