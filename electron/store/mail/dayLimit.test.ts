import { afterEach, describe, expect, it } from 'vitest';
import { DatabaseSync } from 'node:sqlite';
import { contentOf } from '../../../shared/email/templateContent.ts';
import { readDayLimit } from '../../services/email/dayLimit.ts';
import { mailTables } from '../migrations/0001_mail.ts';
import { mailTemplateTables } from '../migrations/0002_mail_templates.ts';
import { mailHours } from '../migrations/0003_mail_hours.ts';
import { mailLists } from '../migrations/0004_mail_lists.ts';
import { mailMinutes } from '../migrations/0005_mail_minutes.ts';
import { accepted, createOutbox, lost, mailTo, refused, start } from './testing.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
let outbox: ReturnType<typeof createOutbox>;
afterEach(() => outbox.stop());

const limit = () => readDayLimit(outbox.store, outbox.state.settings, outbox.state.now);
const queue = (from: number, to: number) =>
  outbox.store.add(
    Array.from({ length: to - from + 1 }, (_none, index) => mailTo(from + index)),
    'queued',
    outbox.state.now,
  );
/** Often enough for a mail to go that must not. */
async function looksAgain(elapsedMs = 10_000): Promise<void> {
  for (let looks = 0; looks < 10; looks += 1) {
    outbox.state.now += elapsedMs / 10;
    outbox.wake();
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

describe('an outbox with a limit of recipients in 24 hours', () => {
  it('sends so many and leaves the others queued, says when the next goes, and goes on then', async () => {
    outbox = createOutbox({ recipientsPerDay: 5, connections: 4 });
    await queue(1, 12);
    outbox.begin();
    await outbox.until('sent', 5);
    await looksAgain();

    expect(outbox.state.sent).toHaveLength(5);
    expect(outbox.store.counts()).toContainEqual({ state: 'queued', count: 7 });
    expect(outbox.store.trouble()).toBeNull();
    expect(limit()).toEqual({ perDay: 5, recipients: 5, nextAt: start + minute + day });

    outbox.state.now = start + minute + day - 1;
    await looksAgain(0);
    expect(outbox.state.sent).toHaveLength(5);
    outbox.state.now = start + minute + day + 1_000;
    await outbox.until('sent', 10);
    await looksAgain();
    expect(outbox.state.sent).toHaveLength(10);
  });

  it('goes on at once when the limit is raised, and without one', async () => {
    outbox = createOutbox({ recipientsPerDay: 2 });
    await queue(1, 6);
    outbox.begin();
    await outbox.until('sent', 2);
    outbox.state.settings = { ...outbox.state.settings, recipientsPerDay: 4 };
    await outbox.until('sent', 4);
    expect(limit()).toMatchObject({ recipients: 4, nextAt: start + minute + day });
    outbox.state.settings = { ...outbox.state.settings, recipientsPerDay: 0 };
    await outbox.until('sent', 6);
    expect(limit()).toBeNull();
  });

  it('counts what another process has sent, or may have, when that one ended', async () => {
    outbox = createOutbox({ recipientsPerDay: 4, connections: 1 });
    await queue(1, 10);
    const first = outbox.begin('first process');
    outbox.state.answer = () => ((outbox.state.mayDeliver = outbox.state.sent.length < 2), accepted);
    await outbox.until('sent', 2);
    await first.stop();
    // One was being handed over when it was killed.
    outbox.store.begin(3, 'first process', start);

    outbox.state.mayDeliver = true;
    outbox.state.answer = () => accepted;
    outbox.begin('second process');
    await outbox.until('sent', 3);
    await looksAgain();
    expect(outbox.store.counts()).toEqual(
      expect.arrayContaining([
        { state: 'sent', count: 3 },
        { state: 'unknown', count: 1 },
        { state: 'queued', count: 6 },
      ]),
    );
    expect(limit()).toMatchObject({ recipients: 4 });
  });

  it('counts Cc and Bcc of each mail, each address once, and what nobody knows of, but not what is refused or put off', async () => {
    outbox = createOutbox({ recipientsPerDay: 10, connections: 1 });
    const copied = contentOf({ subject: 'Hello', body: 'Hello' });
    const source = { ...copied, cc: '"Miller, Anna" <anna@corp.example>; bob@corp.example', bcc: 'bob@corp.example' };
    await outbox.store.add(
      [mailTo(1), mailTo(2), mailTo(3), mailTo(4, { source }), mailTo(5, { source }), mailTo(6, { source })],
      'queued',
      start,
    );
    const answers = [refused('550 5.1.1 No such mailbox'), refused('451 4.7.1 Greylisted'), { kind: 'unknown', error: lost } as const];
    outbox.state.answer = () => answers.shift() ?? accepted;
    outbox.begin();
    await outbox.until('unknown', 1);
    outbox.state.now += 30_000;
    await outbox.until('sent', 3);
    expect(limit()).toEqual({ perDay: 10, recipients: 10, nextAt: null });
  });

  it('is not overtaken: a mail with more recipients waits, and those behind it with it', async () => {
    outbox = createOutbox({ recipientsPerDay: 3, connections: 2 });
    const source = { ...contentOf({ subject: 'Hello', body: 'Hello' }), bcc: 'log@corp.example' };
    await outbox.store.add([mailTo(1), mailTo(2), mailTo(3, { source }), mailTo(4)], 'queued', start);
    outbox.begin();
    await outbox.until('sent', 2);
    await looksAgain();
    expect(outbox.state.sent).toHaveLength(2);
    expect(limit()).toEqual({ perDay: 3, recipients: 2, nextAt: start + minute + day });
  });

  it('knows what an earlier version has sent in the last day', async () => {
    outbox = createOutbox();
    const database = new DatabaseSync(':memory:');
    for (const migration of [mailTables, mailTemplateTables, mailHours, mailLists]) database.exec(migration);
    database.exec(`INSERT INTO mail_contents (id, hash, template, language, subject, body, cc) VALUES
        (1, 'a', 't', 'en', '', '', ''), (2, 'b', 't', 'en', '', '', 'a@corp.example, b@corp.example');
      INSERT INTO mails (id, message_id, campaign, user_id, username, to_name, to_address, content_id, merge_values, state, created_at, updated_at, due_at)
        VALUES (1, '1', 'c', 1, 'u', '', 'u@corp.example', 1, '{}', 'sent', 0, 0, 0), (2, '2', 'c', 2, 'v', '', 'v@corp.example', 2, '{}', 'sent', 0, 0, 0);`);
    const addAttempt = database.prepare(`INSERT INTO mail_attempts VALUES (?, ?, ?, '')`);
    const now = Date.now();
    for (const [id, at, outcome] of [
      [1, now - 3 * day, 'sent'],
      [1, now - minute, 'deferred'],
      [1, now, 'sent'],
      [2, now, 'unknown'],
    ] as const)
      addAttempt.run(id, at, outcome);
    database.exec(mailMinutes);
    expect(database.prepare('SELECT minute, recipients FROM mail_minutes').all()).toEqual([
      { minute: Math.floor(now / minute), recipients: 4 },
    ]);
    database.close();
  });
});
