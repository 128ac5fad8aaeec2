import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { lastDay } from '../../services/email/lastDay.ts';
import { contentOf } from '../../../shared/email/templateContent.ts';
import { mailTables } from '../migrations/0001_mail.ts';
import { mailTemplateTables } from '../migrations/0002_mail_templates.ts';
import { mailHours } from '../migrations/0003_mail_hours.ts';
import { createOutboxRepository } from './outboxRepository.ts';

const everything = { search: '' };

/** Mails 1 to `count`; the even ones are held. */
async function createOutbox(count: number) {
  const database = new DatabaseSync(':memory:');
  database.exec(mailTables);
  database.exec(mailTemplateTables);
  database.exec(mailHours);
  const store = createOutboxRepository(database);
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
      source: contentOf({ subject: 'Hello', body: 'Hello' }),
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
    const { mails, total } = list({ ...everything, offset: 1, limit: 3 });
    expect(mails.map(({ id }) => id)).toEqual([5, 4, 3]);
    expect(total).toBe(6);
  });

  it('is limited by state and by a part of the user or the address, in whatever case', async () => {
    const { list, count } = await createOutbox(6);
    const found = (selection: Parameters<typeof count>[0]) => list({ ...selection, offset: 0, limit: 10 }).mails.map(({ id }) => id);
    expect(found({ search: '', state: 'held' })).toEqual([6, 4, 2]);
    expect(found({ search: 'USER4' })).toEqual([4]);
    expect(found({ search: 'd', state: 'held' })).toEqual([]);
    expect(count({ search: '', state: 'held' })).toBe(3);
    expect(count({ search: 'user' })).toBe(6);
  });

  it('knows which mails are at some places, and no more than are asked for', async () => {
    const { idsAt } = await createOutbox(6);
    const ranges = [
      { from: 0, to: 2 },
      { from: 4, to: 9 },
    ];
    expect(idsAt(everything, ranges, 100)).toEqual([6, 5, 2, 1]);
    expect(idsAt(everything, ranges, 3)).toEqual([6, 5, 2]);
    expect(idsAt({ search: '', state: 'held' }, [{ from: 1, to: 2 }], 100)).toEqual([4]);
  });

  it('knows where mails are, whichever are asked for', async () => {
    const { placesOf } = await createOutbox(6);
    expect(placesOf(everything, [1, 6, 3, 3, 99])).toEqual([5, 0, 3, 3, null]);
    expect(placesOf({ search: '', state: 'held' }, [2, 3, 6])).toEqual([2, null, 0]);
  });
});

describe('commands for mails', () => {
  it('tells beforehand what it would change, and which of that may arrive twice', async () => {
    const store = await createOutbox(6);
    store.begin(1, 'other', 10);
    store.finish(1, 'other', { state: 'unknown', dueAt: 10, reply: '' }, 10);
    expect(store.affected('release', { all: true })).toEqual({ count: 3, unknown: 0 });
    expect(store.affected('release', { ids: [1, 2, 99] })).toEqual({ count: 1, unknown: 0 });
    expect(store.affected('retry', { all: true })).toEqual({ count: 0, unknown: 0 });
    expect(store.affected('retry', { ids: [1, 2] })).toEqual({ count: 1, unknown: 1 });
    expect(store.affected('cancel', { ids: [1, 2, 3] })).toEqual({ count: 3, unknown: 1 });
    expect(store.cancel({ ids: [1, 2, 3] }, 20)).toBe(3);
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
