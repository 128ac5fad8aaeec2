import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { lastDay } from '../../services/email/lastDay.ts';
import { contentOf } from '../../../shared/email/templateContent.ts';
import { mailTables } from '../migrations/0001_mail.ts';
import { mailTemplateTables } from '../migrations/0002_mail_templates.ts';
import { mailHours } from '../migrations/0003_mail_hours.ts';
import { mailLists } from '../migrations/0004_mail_lists.ts';
import { mailMinutes } from '../migrations/0005_mail_minutes.ts';
import { createOutboxRepository } from './outboxRepository.ts';

const everything = { search: '' };

/** Mails 1 to `count`; the even ones are held. */
async function createOutbox(count: number) {
  const database = new DatabaseSync(':memory:');
  database.exec(mailTables);
  database.exec(mailTemplateTables);
  database.exec(mailHours);
  database.exec(mailLists);
  database.exec(mailMinutes);
  const store = createOutboxRepository(database);
  const source = contentOf({ subject: 'Hello', body: 'Hello' });
  for (let number = 1; number <= count; number++) {
    const mail = {
      messageId: `<${number}@mfa.test>`,
      campaign: 'first',
      userId: number,
      username: `user${number}`,
      toName: '',
      toAddress: number === 3 ? 'Dörte@corp.example' : `user${number}@corp.example`,
      template: 'call-pin-new-user',
      language: 'en',
      source,
      values: {},
      pin: null,
    };
    await store.add([mail], number % 2 === 0 ? 'held' : 'queued', number);
  }
  return store;
}

describe('the list of mails', () => {
  it('shows the last created first, in windows, with the number of all', async () => {
    const { list } = await createOutbox(6);
    const { mails, total } = await list({ ...everything, offset: 1, limit: 3 });
    expect(mails.map(({ id }) => id)).toEqual([5, 4, 3]);
    expect(total).toBe(6);
  });

  it('is limited by state and by a part of the user or the address, in whatever case', async () => {
    const { list, count } = await createOutbox(6);
    const found = async (selection: Parameters<typeof count>[0]) =>
      (await list({ ...selection, offset: 0, limit: 10 })).mails.map(({ id }) => id);
    expect(await found({ search: '', state: 'held' })).toEqual([6, 4, 2]);
    expect(await found({ search: 'USER4' })).toEqual([4]);
    expect(await found({ search: 'd', state: 'held' })).toEqual([]);
    expect(await count({ search: '', state: 'held' })).toBe(3);
    expect(await count({ search: 'user' })).toBe(6);
  });

  it('knows which mails are at some places, and no more than are asked for', async () => {
    const { idsAt } = await createOutbox(6);
    const ranges = [
      { from: 0, to: 2 },
      { from: 4, to: 9 },
    ];
    expect(await idsAt(everything, ranges, 100)).toEqual([6, 5, 2, 1]);
    expect(await idsAt(everything, ranges, 3)).toEqual([6, 5, 2]);
    expect(await idsAt({ search: '', state: 'held' }, [{ from: 1, to: 2 }], 100)).toEqual([4]);
  });

  it('knows where mails are, whichever are asked for', async () => {
    const { placesOf } = await createOutbox(6);
    expect(await placesOf(everything, [1, 6, 3, 3, 99])).toEqual([5, 0, 3, 3, null]);
    expect(await placesOf({ search: '', state: 'held' }, [2, 3, 6])).toEqual([2, null, 0]);
  });
});

describe('the list of very many mails', () => {
  /** As slow and sure as it can be. */
  async function reference(selection: { search: string; state?: 'held' | 'queued' }, count: number) {
    return Array.from({ length: count }, (_none, at) => count - at).filter(
      (id) =>
        (selection.state === undefined || selection.state === (id % 2 === 0 ? 'held' : 'queued')) && `user${id}`.includes(selection.search),
    );
  }

  it.each([{ search: '' }, { search: '', state: 'held' as const }, { search: '9' }, { search: '9', state: 'queued' as const }])(
    'has every mail once and at its place: %o',
    async (selection) => {
      const total = 5000;
      const { list, count, idsAt, placesOf } = await createOutbox(total);
      const expected = await reference(selection, total);

      expect(await count(selection)).toBe(expected.length);
      for (const offset of [0, 1, 900, 1024, 1999, expected.length - 3, expected.length]) {
        const { mails } = await list({ ...selection, offset, limit: 5 });
        expect(mails.map(({ id }) => id)).toEqual(expected.slice(offset, offset + 5));
      }
      expect(await idsAt(selection, [{ from: 10, to: expected.length - 10 }], 100_000)).toEqual(expected.slice(10, -10));
      const some = [4999, 4097, 2048, 2047, 9, 1];
      expect(await placesOf(selection, some)).toEqual(some.map((id) => (expected.includes(id) ? expected.indexOf(id) : null)));
    },
  );

  it('counts along with whatever becomes of mails', async () => {
    const store = await createOutbox(10);
    expect(await store.count({ search: '9', state: 'queued' })).toBe(1);
    store.begin(9, 'me', 20);
    store.finish(9, 'me', { state: 'sent', dueAt: 20, reply: '' }, 20);
    await store.cancel({ ids: [2, 4] }, 30);

    expect(store.counts()).toEqual([
      { state: 'cancelled', count: 2 },
      { state: 'held', count: 3 },
      { state: 'queued', count: 4 },
      { state: 'sent', count: 1 },
    ]);
    expect(await store.count({ search: '9', state: 'queued' })).toBe(0);
    expect(await store.count({ search: '9', state: 'sent' })).toBe(1);
    expect([store.sentSince(20), store.sentSince(21)]).toEqual([1, 0]);
  });

  it('finds mails that came after the same was searched before, and lets others have their turn meanwhile', async () => {
    const store = await createOutbox(20_000);
    let turns = 0;
    const turn = () => (turns += 1) && setImmediate(turn);
    const first = setImmediate(turn);
    expect(await store.count({ search: 'user19' })).toBe(1111);
    clearImmediate(first);
    expect(turns).toBeGreaterThan(1);
    const mail = {
      ...{ messageId: '<x@mfa.test>', campaign: 'second', userId: 1, username: 'USER19x', toName: '', toAddress: 'x@corp.example' },
    };
    const source = contentOf({ subject: 'Hello', body: 'Hello' });
    await store.add([{ ...mail, template: 'call-pin-new-user', language: 'en', source, values: {}, pin: null }], 'held', 1);
    expect(await store.count({ search: 'user19' })).toBe(1112);
  });
});

describe('commands for mails', () => {
  it('tells beforehand what it would change, and which of that may arrive twice', async () => {
    const store = await createOutbox(6);
    store.begin(1, 'other', 10);
    store.finish(1, 'other', { state: 'unknown', dueAt: 10, reply: '' }, 10);
    expect(await store.affected('release', { all: true })).toEqual({ count: 3, unknown: 0 });
    expect(await store.affected('release', { ids: [1, 2, 99] })).toEqual({ count: 1, unknown: 0 });
    expect(await store.affected('retry', { all: true })).toEqual({ count: 0, unknown: 0 });
    expect(await store.affected('retry', { ids: [1, 2] })).toEqual({ count: 1, unknown: 1 });
    expect(await store.affected('cancel', { ids: [1, 2, 3] })).toEqual({ count: 3, unknown: 1 });
    expect(await store.cancel({ ids: [1, 2, 3] }, 20)).toBe(3);
  });
});

describe('commands for very many mails', () => {
  it('change all of them, and let everything else have its turn', async () => {
    const store = await createOutbox(5000);
    let turns = 0;
    const turn = () => (turns += 1) && setImmediate(turn);
    const first = setImmediate(turn);
    expect(await store.affected('cancel', { all: true })).toEqual({ count: 5000, unknown: 0 });
    expect(await store.release({ all: true }, 20)).toBe(2500);
    expect(await store.cancel({ ids: Array.from({ length: 3000 }, (_none, at) => at + 1) }, 30)).toBe(3000);
    expect(await store.cancel({ all: true }, 40)).toBe(2000);
    clearImmediate(first);
    expect(turns).toBeGreaterThan(5);
    expect(store.counts()).toEqual([{ state: 'cancelled', count: 5000 }]);
  });
});

describe('what became of attempts', () => {
  const hour = 3_600_000;

  it('is counted hour by hour, for the last day', async () => {
    const store = await createOutbox(6);
    const attempt = (id: number, at: number, state: 'sent' | 'deferred') => {
      store.begin(id, 'me', at);
      store.finish(id, 'me', { state, dueAt: at, reply: '' }, at);
    };
    attempt(1, hour, 'sent');
    attempt(3, 25 * hour - 1, 'deferred');
    attempt(3, 25 * hour, 'sent');
    attempt(5, 25 * hour + 5, 'sent');

    const hours = lastDay(store, 25 * hour + 10);

    expect(hours).toHaveLength(24);
    expect(hours.at(-1)).toEqual({ from: 25 * hour, sent: 2, deferred: 0, failed: 0, unknown: 0 });
    expect(hours.at(-2)).toEqual({ from: 24 * hour, sent: 0, deferred: 1, failed: 0, unknown: 0 });
    expect(hours[0]).toEqual({ from: 2 * hour, sent: 0, deferred: 0, failed: 0, unknown: 0 });
  });
});
