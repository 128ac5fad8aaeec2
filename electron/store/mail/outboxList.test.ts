import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { contentOf } from '../../../shared/email/templateContent.ts';
import { mailTables } from '../migrations/0001_mail.ts';
import { mailTemplateTables } from '../migrations/0002_mail_templates.ts';
import { createOutboxRepository } from './outboxRepository.ts';

const everything = { search: '' };

/** Mails 1 to `count`; the even ones are held. */
async function createOutbox(count: number) {
  const database = new DatabaseSync(':memory:');
  database.exec(mailTables);
  database.exec(mailTemplateTables);
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
