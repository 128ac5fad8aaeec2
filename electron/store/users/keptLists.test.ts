import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createKeptFiles } from './keptFiles.ts';
import type { KeptFiles } from './keptFiles.ts';
import { createFinder } from './finder.ts';
import { createListOn, listLimits } from './listTesting.ts';
import { createRandom, createTestStore, inventUser } from './testing.ts';
import type { TestStore } from './testing.ts';
import { openForReading } from './userConnection.ts';
import type { SlowQuery } from './userMessages.ts';
import { readVersion } from './userSearch.ts';

/** A busy machine needs longer than the second that Vitest waits. */
const patience = { timeout: 20_000 };

let store: TestStore;
const random = createRandom(5);
const minute = 60_000;

beforeEach(() => {
  store = createTestStore();
  store.write(Array.from({ length: 400 }, (_, index) => inventUser(index + 1, random)));
});
afterEach(() => store.close());

const version = () => readVersion(store.database);
const folder = () => `${store.file}-lists`;

describe('a kept file', () => {
  let files: KeptFiles;
  beforeEach(() => (files = createKeptFiles({ storeFile: store.file, database: openForReading(store.file) })));

  const keep = (text = 'some bytes', at = version()) => files.keep('a', at, [Buffer.from(text.slice(0, 3)), Buffer.from(text.slice(3))]);

  function read(): string | null {
    const file = files.open('a', version());
    const bytes = Buffer.alloc(file?.length ?? 0);
    const isRead = file?.read(0, bytes);
    file?.close();
    return isRead ? bytes.toString() : null;
  }

  it('is read back for the same version of the list only', () => {
    expect(read()).toBeNull();
    expect(keep()).toBe(true);
    expect(read()).toBe('some bytes');

    store.write([inventUser(7, random)]);

    expect(read()).toBeNull();
    expect(keep('others')).toBe(true);
    expect(read()).toBe('others');
  });

  it('is not kept for a version that has passed, or while somebody writes', () => {
    expect(keep('late', version() - 1)).toBe(false);
    store.database.exec('BEGIN IMMEDIATE');
    expect(keep()).toBe(false);
    store.database.exec('ROLLBACK');

    expect(read()).toBeNull();
    expect(readdirSync(folder())).toEqual([]);
  });

  it('does not count when it is torn, changed or of another store', () => {
    keep();
    const file = join(folder(), 'a.bin');
    const whole = readFileSync(file);

    for (const wrong of ['', 'some byte', 'some bytez', 'some bytes and more']) {
      writeFileSync(file, wrong);
      expect(read()).toBeNull();
    }
    writeFileSync(file, whole);
    expect(read()).toBe('some bytes');
  });

  it('is read in parts, of which a torn one is not read', () => {
    const written = Buffer.from(Uint32Array.from({ length: 50_000 }, (_, place) => place * 7).buffer);
    files.keep('a', version(), [written.subarray(0, 70_001), written.subarray(70_001)]);
    const part = (from: number, size: number) => {
      const bytes = Buffer.alloc(size);
      const file = files.open('a', version());
      const isRead = file?.read(from, bytes);
      file?.close();
      return isRead ? bytes : null;
    };

    for (const [from, size] of [
      [0, 200_000],
      [65_500, 72],
      [131_071, 2],
      [196_607, 3_393],
      [200_000, 0],
      [12, 65_536],
    ] as const)
      expect(part(from, size)).toEqual(written.subarray(from, from + size));
    expect(part(199_999, 2)).toBeNull();

    const file = join(folder(), 'a.bin');
    const torn = readFileSync(file);
    torn.writeUInt8((torn[100_000] ?? 0) ^ 1, 100_000);
    writeFileSync(file, torn);
    expect(part(0, 65_536)).toEqual(written.subarray(0, 65_536));
    expect(part(65_536, 1)).toBeNull();
    expect(part(0, 200_000)).toBeNull();
  });

  it('does not count after a backup was restored that went another way to the same version', () => {
    store.database.exec(`VACUUM INTO '${store.file}.backup'`);
    store.write([inventUser(1, random)]);
    keep();
    const restored = openForReading(`${store.file}.backup`);
    mkdirSync(`${store.file}.backup-lists`);
    writeFileSync(`${store.file}.backup-lists/a.bin`, readFileSync(join(folder(), 'a.bin')));

    expect(createKeptFiles({ storeFile: `${store.file}.backup`, database: restored }).open('a', version())).toBeNull();
  });

  it('is no failure where nothing can be written', () => {
    writeFileSync(folder(), 'a file where the folder should be');

    expect(keep()).toBe(false);
    expect(read()).toBeNull();
  });
});

describe('the list after a start', () => {
  const sort = { column: 'email', descending: true } as const;
  const window = { search: '', sort, offset: 350, limit: 20 };

  /** A list that has been looked at by e-mail address and left alone long enough. */
  async function leaveBehind() {
    let clock = 0;
    const list = createListOn(store.file, listLimits.small, undefined, () => clock);
    const rows = await list.list(window);
    const kept = () => store.database.prepare(`SELECT version FROM kept_lists WHERE name LIKE 'order%email'`).get();
    await vi.waitFor(() => {
      clock += minute;
      list.refresh();
      expect(kept()).toEqual({ version: version() });
    }, patience);
    return rows;
  }

  it('is there without anything being sorted again', async () => {
    const rows = await leaveBehind();
    const answered: boolean[] = [];
    const list = createListOn(store.file, listLimits.small, undefined, undefined, (answer) => {
      if (answer.kind === 'order') answered.push(answer.isKept);
    });

    expect(await list.list(window)).toEqual(rows);
    expect(answered).toEqual([]);
    // The file answers at once; memory answers faster still, so all of it is fetched ahead.
    await vi.waitFor(() => {
      list.refresh();
      expect(answered).toContain(true);
    }, patience);
    expect(await list.list(window)).toEqual(rows);
  });

  it('answers windows of a search and the count out of the file', async () => {
    await leaveBehind();
    const byEmail = { search: 'an', sort: { column: 'email', descending: false }, offset: 30, limit: 20 } as const;
    const slowly = createListOn(store.file, listLimits.small);
    const expected = await slowly.list(byEmail);
    const asked: SlowQuery['kind'][] = [];
    const list = createListOn(store.file, listLimits.small, (query) => asked.push(query.kind));

    await list.count(byEmail);
    expect(await list.list(byEmail)).toEqual(expected);
    expect(asked).toEqual(['found']);
  });

  it('is made again where its file is torn', async () => {
    const rows = await leaveBehind();
    const file = join(folder(), 'order-1-email.bin');
    const torn = readFileSync(file);
    torn.fill(0xff, 350 * 4);
    writeFileSync(file, torn);

    expect(await createListOn(store.file, listLimits.small).list(window)).toEqual(rows);
  });

  it('is never an old one', async () => {
    await leaveBehind();
    store.write([{ ...inventUser(3, random), email: '🧿@corp.test' }]);

    const [first] = await createListOn(store.file, listLimits.small).list({ ...window, offset: 0 });
    expect(first?.email).toBe('🧿@corp.test');
    const asked: SlowQuery['kind'][] = [];
    const all = await createListOn(store.file, listLimits.small, (query) => asked.push(query.kind)).list({
      ...window,
      offset: 0,
      limit: 1000,
    });
    expect(all.map(({ id }) => id).sort((a, b) => a - b)).toHaveLength(400);
  });
});

describe('the search text after a start', () => {
  const pause = () => Promise.resolve();
  const limits = listLimits.small;
  const files = () => createKeptFiles({ storeFile: store.file, database: openForReading(store.file) });
  const ids = (finder: ReturnType<typeof createFinder>, search: string) => finder.find({ search }, pause, (_version, hits) => hits.count);

  function prepared(clock: () => number) {
    const finder = createFinder(openForReading(store.file), limits, { files: files(), now: clock });
    let rounds = 0;
    while (finder.prepare()) rounds++;
    return { finder, rounds };
  }

  it('is read from its file, and from the users again after they changed', async () => {
    let clock = 0;
    const before = prepared(() => clock);
    before.finder.keepText();
    clock += minute;
    store.write([{ ...inventUser(9, random), username: 'quixotic@corp.test' }]);
    before.finder.prepare();
    before.finder.keepText();
    clock += minute;
    before.finder.keepText();
    expect(before.rounds).toBeGreaterThan(3);

    // Behind the back of the list, so that only its file still tells who it was.
    store.database.exec(`UPDATE users SET username = 'x' WHERE id = 9`);
    const after = prepared(() => clock);
    store.database.exec(`UPDATE users SET username = 'quixotic@corp.test' WHERE id = 9`);
    for (const search of ['quixotic', 'corp.test', 'an', 'ü', 'ber li'])
      expect([search, await ids(after.finder, search)]).toEqual([search, await ids(before.finder, search)]);
    expect(await ids(after.finder, 'quixotic')).toBe(1);

    store.write([{ ...inventUser(9, random), username: 'sancho@corp.test' }]);
    expect(await ids(after.finder, 'quixotic')).toBe(0);
    const later = prepared(() => clock);
    expect(await ids(later.finder, 'sancho')).toBe(1);
  });
});
