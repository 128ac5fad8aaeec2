import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mostTags } from '../../../shared/contract/tags.contract.ts';
import type { Call } from '../../runtime/call.ts';
import { createTagService } from '../../services/tags/tagService.ts';
import { removeSome } from '../users/recycleBin.ts';
import { createRandom, createTestStore, inventUser, type TestStore } from '../users/testing.ts';
import { createTagWrites } from './tagWrites.ts';

const noted: unknown[] = [];
const call: Call = {
  caller: { id: '', account: 'admin', access: new Set() },
  signal: new AbortController().signal,
  ref: '',
  note: (details) => void noted.push(details),
};

let store: TestStore;
let userEvents = 0;
beforeEach(() => {
  store = createTestStore();
  store.database.exec('PRAGMA foreign_keys=ON');
  store.write(Array.from({ length: 4 }, (_, index) => inventUser(index + 1, createRandom(index))));
  store.database.exec('DELETE FROM users_unindexed');
  noted.length = 0;
  userEvents = 0;
});
afterEach(() => store.close());

const open = () =>
  createTagService({ store: createTagWrites(store.database, () => 5_000), changed: () => {}, usersChanged: () => (userEvents += 1) });
const add = async (name: string) => (await open().add({ name, color: 'blue', description: '' }, call)).id;
const give = (tag: number, ...users: number[]) => {
  for (const user of users) store.database.prepare('INSERT INTO user_tags (user_id, tag_id) VALUES (?, ?)').run(user, tag);
};
const list = async () => (await open().list(null, call)).tags;
const tagsOf = (user: number) =>
  store.database
    .prepare('SELECT tag_id AS id FROM user_tags WHERE user_id = ? ORDER BY tag_id')
    .all(user)
    .map((row) => row['id']);
const touched = () =>
  store.database
    .prepare('SELECT DISTINCT user_id AS id FROM users_unindexed ORDER BY 1')
    .all()
    .map((row) => row['id']);

describe('tags', () => {
  it('are listed by name, with how many users have them', async () => {
    give(await add('vip'), 1, 2, 3);
    await add('Älter');
    await add('beta');

    expect(await list()).toMatchObject([
      { name: 'Älter', color: 'blue', users: 0 },
      { name: 'beta', users: 0 },
      { name: 'vip', users: 3 },
    ]);
  });

  it('do not count who is in the recycle bin', async () => {
    give(await add('vip'), 1, 2);
    removeSome(store.database, [2], 'admin', 4_000);

    expect(await list()).toMatchObject([{ users: 1 }]);
  });

  it('have one name each, whatever its letter case and accents', async () => {
    const id = await add('Zürich');
    await add('other');

    await expect(add('  ZURICH ')).rejects.toMatchObject({ code: 'conflict', details: { name: 'ZURICH' } });
    await expect(open().edit({ id, name: 'OTHER' }, call)).rejects.toMatchObject({ code: 'conflict' });
    await open().edit({ id, name: 'ZÜRICH', color: 'red', description: 'All of Zurich' }, call);
    expect(await list()).toMatchObject([{ name: 'other' }, { id, name: 'ZÜRICH', color: 'red', description: 'All of Zurich' }]);
  });

  it.each([
    ['', 'A tag needs a name.'],
    ['x'.repeat(129), 'The name has 129 characters. At most 128 are possible.'],
    ['a\u0000b', 'The name contains a control character.'],
    ['a\nb', 'The name contains a control character.'],
  ])('are not called %j', async (name, message) => {
    await expect(add(name)).rejects.toMatchObject({ code: 'invalid-input', message });
  });

  it('may have any other name', async () => {
    const names = ['<script>', '😀', 'م', "'; DROP TABLE tags;--", 'a,b'];
    for (const name of names) await add(name);

    expect((await list()).map(({ name }) => name).sort()).toEqual(names.toSorted());
  });

  it(`are ${mostTags} at most`, async () => {
    const insert = store.database.prepare(`INSERT INTO tags (name, name_key, color) VALUES (?1, ?1, 'blue')`);
    for (let index = 0; index < mostTags; index += 1) insert.run(`t${index}`);

    await expect(add('one more')).rejects.toMatchObject({ code: 'invalid-input', details: { field: 'name' } });
  });

  it('are shown grey when an older version gave a colour that there is no more', async () => {
    store.database.exec(`INSERT INTO tags (name, name_key, color) VALUES ('old', 'old', 'brand')`);

    expect(await list()).toMatchObject([{ name: 'old', color: 'grey' }]);
  });
});

describe('removing a tag', () => {
  it('takes it from everybody and tells lists and other editors', async () => {
    const [vip, other] = [await add('vip'), await add('other')];
    give(vip, 1, 3);
    give(other, 1);
    const before = store.database.prepare('SELECT revision FROM users WHERE id = 1').get();

    expect(await open().remove({ id: vip }, call)).toEqual({ users: 2 });

    expect([tagsOf(1), tagsOf(3)]).toEqual([[other], []]);
    expect(touched()).toEqual([1, 3]);
    expect(store.database.prepare('SELECT revision FROM users WHERE id = 1').get()).toEqual({ revision: Number(before!['revision']) + 1 });
    expect(noted).toContainEqual({ name: 'vip', users: 2 });
    expect(userEvents).toBe(1);
    await expect(open().remove({ id: vip }, call)).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('merging tags', () => {
  it('gives the tag that stays to everybody who had one of the others, also in the recycle bin', async () => {
    const [vip, vips, important] = [await add('vip'), await add('vips'), await add('important')];
    give(vip, 1);
    give(vips, 1, 2);
    give(important, 2, 3, 4);
    removeSome(store.database, [4], 'admin', 4_000);
    store.database.exec('DELETE FROM users_unindexed');

    expect(await open().merge({ tags: [vips, important, vip], into: vip }, call)).toEqual({ users: 3 });

    expect([1, 2, 3, 4].map(tagsOf)).toEqual([[vip], [vip], [vip], [vip]]);
    expect(await list()).toMatchObject([{ name: 'vip', users: 3 }]);
    expect(touched()).toEqual([1, 2, 3]);
    expect(noted).toContainEqual({ names: ['vips', 'important'], into: 'vip', users: 3 });
  });

  it('changes nothing where one of them is gone, or where there is nothing to merge', async () => {
    const vip = await add('vip');
    give(vip, 1);

    await expect(open().merge({ tags: [vip], into: 999 }, call)).rejects.toMatchObject({ code: 'not-found' });
    await expect(open().merge({ tags: [vip], into: vip }, call)).rejects.toMatchObject({ code: 'invalid-input' });
    expect(tagsOf(1)).toEqual([vip]);
    expect(touched()).toEqual([]);
  });
});
