import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  flagFields,
  languageFields,
  methodValues,
  missingValues,
  textFields,
  textTests,
  timeFields,
} from '../../../shared/contract/userFilter.ts';
import type { UserCondition, UserFilter } from '../../../shared/contract/userFilter.ts';
import { fold } from '../../../shared/lib/fold.ts';
import { missingOf } from '../../../shared/users/completeness.ts';
import type { ResolvedFilter } from '../../../shared/users/resolveFilter.ts';
import { createListOn, listLimits } from './listTesting.ts';
import { createRandom, createTestStore, inventUser } from './testing.ts';
import type { TestStore } from './testing.ts';
import type { UserList } from './userList.ts';

let store: TestStore;
let people: Map<number, Person>;
let random: (most: number) => number;

const userCount = 700;
const dayMs = 86_400_000;
const now = 1_750_000_000_000;
const tags = ['VIP', 'Pilot', 'Zoë', 'nobody'];
const methods = ['call', 'text', 'app', 'oath'] as const;

type Stored = Readonly<Record<string, string | number | null>>;
interface Person {
  readonly stored: Stored;
  readonly tags: readonly string[];
}

beforeEach(() => {
  store = createTestStore();
  random = createRandom(19);
  people = new Map();
  for (const name of tags) store.database.prepare(`INSERT INTO tags (name, name_key, color) VALUES (?, ?, 'blue')`).run(name, name);
  write(Array.from({ length: userCount }, (_, index) => index + 1));
});

afterEach(() => store.close());

/** Invents users with everything that a filter can look at, and remembers them as they are stored. */
function write(ids: readonly number[]) {
  const maybe = <T>(value: T) => (random(2) === 0 ? null : value);
  store.write(
    ids.map((id) => {
      const method = methods[random(4)] ?? 'call';
      const mode = { call: ['standard', 'pin'], text: ['one-way-otp', 'two-way-otp-pin'], app: ['standard', 'pin'], oath: ['token'] }[
        method
      ];
      return { ...inventUser(id, random), method, mode: (mode[random(mode.length)] ?? 'standard') as 'standard' };
    }),
  );
  const update = store.database
    .prepare(`UPDATE users SET description = ?, dn = ?, has_app = ?, has_token = ?, administrator = ?, account_disabled = ?,
    global_services = ?, language_call = ?, language_text = ?, directory_id = ?, imported_at = ?, pin_set_at = ?, pin_expiration_days = ? WHERE id = ?`);
  const time = () => now - random(100 * dayMs);
  for (const id of ids) {
    const { first_name, user_group } = store.database.prepare('SELECT * FROM users WHERE id = ?').get(id) as Stored;
    const [flag, languages] = [() => random(2), ['', 'en', 'de', 'pt-BR']];
    update.run(
      `${user_group as string} of ${first_name as string}`,
      random(4) === 0 ? '' : `CN=${first_name as string},OU=${user_group as string},DC=corp`,
      flag(),
      flag(),
      flag(),
      flag(),
      flag(),
      languages[random(4)] ?? '',
      languages[random(4)] ?? '',
      maybe(`id-${id}`),
      maybe(time()),
      maybe(time()),
      maybe(random(60)),
      id,
    );
    store.database.prepare('DELETE FROM user_tags WHERE user_id = ?').run(id);
    const own = tags.filter((tag) => tag !== 'nobody' && random(3) === 0);
    for (const tag of own) store.database.prepare('INSERT INTO user_tags SELECT ?, id FROM tags WHERE name = ?').run(id, tag);
    people.set(id, { stored: store.database.prepare('SELECT * FROM users WHERE id = ?').get(id) as Stored, tags: own });
  }
  store.database.prepare('INSERT INTO users_unindexed (user_id) SELECT value FROM json_each(?)').run(JSON.stringify(ids));
}

const snake = (field: string) => field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Slow and plain. */
function holds({ stored, tags: own }: Person, condition: UserCondition, companyDays: number): boolean {
  const text = (column: string) => String(stored[column]);
  const isOn = (column: string) => stored[column] === 1;
  switch (condition.kind) {
    case 'text': {
      const { field, test, values } = condition;
      const cell = text(snake(field));
      if (test === 'empty' || test === 'not-empty') return (cell === '') === (test === 'empty');
      const compare = (a: string, b: string) =>
        test.startsWith('is') ? a === b : test.startsWith('contains') ? a.includes(b) : a.startsWith(b);
      const digits = (value: string) => value.replaceAll(/\D/g, '');
      const isPhone = (value: string) => field.toLowerCase().endsWith('phone') && /^[-+()./\d\s]+$/.test(value) && /\d/.test(value);
      const one = values.some((value) => compare(fold(cell), fold(value)) || (isPhone(value) && compare(digits(cell), digits(value))));
      return one !== test.endsWith('-not');
    }
    case 'flag': {
      const days = (stored['pin_expiration_days'] as number | null) ?? companyDays;
      const setAt = stored['pin_set_at'] as number | null;
      const isExpired = isOn('has_pin') && setAt !== null && days > 0 && setAt + days * dayMs <= now;
      const isPhoneValid = text('phone') !== '' && isOn('phone_valid');
      const value =
        condition.field === 'pinExpired' ? isExpired : condition.field === 'phoneValid' ? isPhoneValid : isOn(snake(condition.field));
      return value === condition.is;
    }
    case 'method':
      return condition.values.some((value) => [text('method'), `${text('method')}/${text('mode')}`].includes(value)) !== condition.not;
    case 'missing': {
      const missing = missingOf({
        method: text('method') as 'call',
        mode: text('mode') as 'pin',
        phone: text('phone'),
        phoneValid: isOn('phone_valid'),
        hasApp: isOn('has_app'),
        hasToken: isOn('has_token'),
        hasPin: isOn('has_pin'),
      });
      return condition.values.some((value) => missing.includes(value)) !== condition.not;
    }
    case 'tag':
      if (condition.values.length === 0) return own.length > 0 === condition.not;
      return condition.values.some((value) => own.some((tag) => fold(tag) === fold(value))) !== condition.not;
    case 'language':
      return condition.values.some((value) => text(snake(condition.field)).toLowerCase() === value.toLowerCase()) !== condition.not;
    case 'origin':
      return (stored['directory_id'] === null ? 'manual' : 'import') === condition.is;
    case 'time': {
      const at = stored[snake(condition.field)] as number | null;
      const { after, before, days, never } = condition;
      if (never) return (at === null) !== condition.not;
      const from = days === undefined ? (after ?? 0) : now - days * dayMs;
      return (at !== null && at >= from && at < (before ?? Number.MAX_SAFE_INTEGER)) !== condition.not;
    }
  }
}

function expected({ match, conditions, pinExpirationDays }: ResolvedFilter, among = [...people.keys()]): number[] {
  return among
    .filter((id) => {
      const each = conditions.map((condition) => holds(people.get(id) as Person, condition, pinExpirationDays));
      return match === 'all' ? each.every(Boolean) : each.some(Boolean);
    })
    .sort((a, b) => a - b);
}

const resolved = (filter: UserFilter, pinExpirationDays = 0): ResolvedFilter => ({ ...filter, now, pinExpirationDays });
const only = (...conditions: UserCondition[]): ResolvedFilter => resolved({ match: 'all', conditions }, 30);
const pick = <T>(choices: readonly T[]): T => choices[random(choices.length)] as T;

// prettier-ignore
const values = [
  'an', 'Mü', 'MULLER', 'ß', '王', '😀', "O'", '"', '%', '_', '*', "' OR 1=1 --", '\0', 'group an', 'Group Mü', '+1425555', '(425) 555', '425-555-01', '7',
  'ou=group', 'corp.test', '@mail', ' of ', '', '\ud800', 'zzz',
];

function inventCondition(): UserCondition {
  const not = random(2) === 0;
  const kind = pick(['text', 'text', 'flag', 'method', 'missing', 'tag', 'language', 'origin', 'time'] as const);
  const some = <T>(choices: readonly T[], least = 1) => Array.from({ length: least + random(2) }, () => pick(choices));
  switch (kind) {
    case 'text': {
      const test = pick(textTests);
      const field = pick(textFields);
      const cell = String(people.get(pick([...people.keys()]))?.stored[snake(field)]);
      return { kind, field, test, values: test.endsWith('empty') ? [] : some([...values, cell, cell.slice(0, 3).toUpperCase()]) };
    }
    case 'flag':
      return { kind, field: pick(flagFields), is: not };
    case 'method':
      return { kind, not, values: some(methodValues) };
    case 'missing':
      return { kind, not, values: some(missingValues) };
    case 'tag':
      return { kind, not, values: some(['vip', 'PILOT', 'zoe', 'nobody', 'no such tag'], 0) };
    case 'language':
      return { kind, field: pick(languageFields), not, values: some(['', 'EN', 'de', 'pt-br', 'xx']) };
    case 'origin':
      return { kind, is: pick(['import', 'manual'] as const) };
    case 'time': {
      const field = pick(timeFields);
      const [a, b] = [now - random(90 * dayMs), now - random(90 * dayMs)];
      return {
        kind,
        field,
        not,
        ...pick([{ after: a }, { before: b }, { after: a, before: b }, { days: 1 + random(90) }, { never: true as const }]),
      };
    }
  }
}

async function found(list: UserList, filter: ResolvedFilter, search = ''): Promise<number[]> {
  return [...(await list.ids({ search, filter }))];
}

describe('a filter', () => {
  it.each(Object.keys(listLimits) as (keyof typeof listLimits)[])(
    'finds whom it describes, in whatever combination, with %s limits',
    async (kind) => {
      const list = createListOn(store.file, listLimits[kind]);
      for (let round = 0; round < 150; round++) {
        const conditions = Array.from({ length: 1 + random(3) }, inventCondition);
        const filter = resolved({ match: pick(['all', 'any'] as const), conditions }, pick([0, 30]));
        const hits = expected(filter);

        expect({ filter, ids: await found(list, filter) }).toEqual({ filter, ids: hits });
        expect(await list.count({ search: '', filter })).toBe(hits.length);
        if (round % 10 === 9) write(Array.from({ length: random(20) }, () => 1 + random(userCount)));
      }
    },
  );

  it('narrows a search, an import, and every order of the list', async () => {
    const list = createListOn(store.file, listLimits.small);
    store.database.exec(`UPDATE users SET import_job = 'job' WHERE id % 3 = 0`);
    store.database.exec('INSERT INTO users_unindexed (user_id) SELECT id FROM users WHERE id % 3 = 0');
    const filter = only({ kind: 'flag', field: 'enabled', is: true }, { kind: 'tag', not: false, values: ['vip', 'pilot'] });
    const hits = expected(filter);

    for (const column of ['username', 'email', 'enabled', 'updatedAt'] as const) {
      const sort = { column, descending: true };
      const everybody = (await list.list({ search: '', sort, offset: 0, limit: 1000 })).map(({ id }) => id);
      const order = everybody.filter((id) => hits.includes(id));
      for (const offset of [0, 40, hits.length - 3]) {
        const rows = await createListOn(store.file, listLimits.small).list({ search: '', filter, sort, offset, limit: 30 });
        expect(rows.map(({ id }) => id)).toEqual(order.slice(offset, offset + 30));
        expect((await list.list({ search: '', filter, sort, offset, limit: 30 })).map(({ id }) => id)).toEqual(
          order.slice(offset, offset + 30),
        );
      }
      const ranges = [
        { from: 7, to: 9 },
        { from: 0, to: 2 },
        { from: hits.length - 1, to: 5000 },
        { from: 3, to: 1 },
      ];
      expect([...(await list.idsAt({ search: '', filter, sort }, ranges))]).toEqual([order[7], order[8], order[0], order[1], order.at(-1)]);
      const outside = everybody.find((id) => !hits.includes(id))!;
      expect(await list.placesOf({ search: '', filter, sort }, [order[9]!, outside, order[0]!, order[9]!, 999_999])).toEqual([
        9,
        null,
        0,
        9,
        null,
      ]);
      expect(await createListOn(store.file, listLimits.small).placesOf({ search: '', sort }, [outside])).toEqual([
        everybody.indexOf(outside),
      ]);
    }
    const ofSearch = await found(list, only(), 'corp.test');
    expect(await found(list, filter, 'corp.test')).toEqual(hits.filter((id) => ofSearch.includes(id)));
    expect([...(await list.ids({ search: '', importJobId: 'job', filter }))]).toEqual(hits.filter((id) => id % 3 === 0));
    expect([...(await list.ids({ search: 'corp', importJobId: 'job', filter }))]).toEqual(hits.filter((id) => id % 3 === 0));
    expect([...(await list.ids({ search: '' }))]).toEqual([...people.keys()].sort((a, b) => a - b));
  });

  it('keeps nobody busy for the first rows of what many have, or for a text that is rare', async () => {
    const asked: string[] = [];
    const list = createListOn(
      store.file,
      listLimits.ordinary,
      ({ kind }) => asked.push(kind),
      () => 0,
    );
    const enabled = only({ kind: 'flag', field: 'enabled', is: true });
    const rare = only({ kind: 'text', field: 'username', test: 'starts-with', values: ['nobody has this'] });
    const unsaid = only({ kind: 'text', field: 'dn', test: 'contains', values: ['nobody has this'] });

    const rows = await list.list({ search: '', filter: enabled, sort: { column: 'username', descending: false }, offset: 0, limit: 20 });
    expect(rows).toHaveLength(20);
    expect([await found(list, rare), await list.count({ search: '', filter: rare })]).toEqual([[], 0]);
    expect(asked).toEqual([]);

    expect(await list.count({ search: '', filter: enabled })).toBeGreaterThan(20);
    expect(await list.count({ search: '', filter: unsaid })).toBe(0);
    expect(asked).toEqual(['found', 'found']);
  });

  it('follows a tag that is renamed, and finds nobody with one that is gone', async () => {
    const list = createListOn(store.file, listLimits.ordinary);
    const tagged = (name: string) => only({ kind: 'tag', not: false, values: [name] });
    const before = await found(list, tagged('vip'));

    store.database.exec(`UPDATE tags SET name = 'Gold' WHERE name = 'VIP'`);

    expect(before.length).toBeGreaterThan(100);
    expect(await found(list, tagged('gold'))).toEqual(before);
    expect(await found(list, tagged('vip'))).toEqual([]);
  });

  it('never lets a value be SQL', async () => {
    const list = createListOn(store.file, listLimits.ordinary);
    const evil = `'); DELETE FROM users; --`;

    for (const field of textFields) expect(await found(list, only({ kind: 'text', field, test: 'is', values: [evil] }))).toEqual([]);
    for (const field of languageFields)
      expect(await found(list, only({ kind: 'language', field, not: false, values: [evil] }))).toEqual([]);
    expect(await found(list, only({ kind: 'tag', not: false, values: [evil] }))).toEqual([]);
    expect(await list.count({ search: '' })).toBe(userCount);
  });
});
