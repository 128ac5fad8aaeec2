import { afterEach, describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/contract/errors.ts';
import { contentOf } from '../../../shared/email/templateContent.ts';

import { accepted, createOutbox, lost, mailTo, refused, start } from './testing.ts';

const minute = 60_000;
let outbox: ReturnType<typeof createOutbox>;
afterEach(() => outbox.stop());

describe('the outbox', () => {
  it('of a server that may send no longer ends with the mail in hand, and goes on when it may again', async () => {
    outbox = createOutbox({ connections: 1 });
    await outbox.store.add(
      Array.from({ length: 20 }, (_none, index) => mailTo(index + 1)),
      'queued',
      start,
    );
    outbox.state.answer = () => ((outbox.state.mayDeliver = outbox.state.sent.length !== 3), accepted);
    outbox.begin();

    await outbox.until('sent', 3);
    for (let looks = 0; looks < 5; looks++) {
      outbox.wake();
      await new Promise(setImmediate);
    }
    expect(outbox.state.sent).toHaveLength(3);
    expect(outbox.store.counts()).toContainEqual({ state: 'queued', count: 17 });

    outbox.state.mayDeliver = true;
    await outbox.until('sent', 20);
  });

  it('hands a mail over once, with its PIN, and keeps the PIN no longer', async () => {
    outbox = createOutbox();
    const { store, state } = outbox;
    await store.add([mailTo(1, { pin: { sealed: Buffer.from('sealed 4831'), record: 'r1' } })], 'queued', start);
    outbox.begin();
    await outbox.until('sent', 1);

    expect(state.sent).toEqual([{ to: 'user1@corp.example', text: '<1@mfa.test> Hello\n\n    PIN: 4831\n' }]);
    expect(state.mailed).toEqual([1]);
    expect(store.get(1)).toMatchObject({ mail: { pin: null }, history: [{ outcome: 'sent', reply: '250 2.0.0 Ok' }] });
  });

  it('writes a mail of one action to one user once, however often that is done', async () => {
    outbox = createOutbox();
    expect(await outbox.store.add([mailTo(1), mailTo(2)], 'queued', start)).toBe(2);
    expect(await outbox.store.add([mailTo(1), mailTo(3)], 'queued', start)).toBe(1);
    expect(await outbox.store.add([mailTo(1, { campaign: 'second', messageId: '<x@mfa.test>' })], 'queued', start)).toBe(1);
  });

  it('puts off what is greylisted, tries it again when it is due, and sends the very same mail', async () => {
    outbox = createOutbox();
    const { store, state } = outbox;
    state.answer = () => refused('451 4.7.1 Greylisted');
    await store.add([mailTo(1)], 'queued', start);
    const dispatcher = outbox.begin();
    await outbox.until('deferred', 1);
    expect(store.get(1)?.row).toMatchObject({ reply: '451 4.7.1 Greylisted', dueAt: start + 5 * minute });

    state.answer = () => accepted;
    state.now += 4 * minute;
    dispatcher.wake();
    expect(state.sent).toHaveLength(1);
    state.now += 2 * minute;
    await outbox.until('sent', 1);
    expect(state.sent[1]).toEqual(state.sent[0]);
  });

  it.each([
    ['puts it off', refused('451 4.7.1 Greylisted')],
    ['ends the connection in the middle of it', { kind: 'interrupted', error: lost }],
  ] as const)(
    'gives up on a mail when the relay %s for five days and some attempts, and not because the clock was set forward',
    async (_how, answer) => {
      outbox = createOutbox();
      const { store, state } = outbox;
      state.answer = () => answer;
      await store.add([mailTo(1)], 'queued', start);
      state.now += 365 * 24 * 60 * minute;
      outbox.begin();
      for (let attempt = 1; attempt < 10; attempt += 1) {
        await expect.poll(() => store.get(1)?.row).toMatchObject({ state: 'deferred', attempts: attempt });
        state.now += 5 * 60 * minute;
        await expect.poll(() => (outbox.wake(), store.get(1)?.row.attempts)).toBe(attempt + 1);
      }
      await outbox.until('failed', 1);
    },
  );

  it('opens a connection anew when the relay ends it after some mails, which is no trouble', async () => {
    outbox = createOutbox({ connections: 1 });
    const { store, state } = outbox;
    let onConnection = 0;
    state.answer = () => {
      onConnection += 1;
      if (onConnection % 4 === 0) return refused('421 4.7.0 Too many mails in one session', 'relay');
      return onConnection % 6 === 0 ? { kind: 'interrupted', error: lost } : accepted;
    };
    await store.add(
      [1, 2, 3, 4, 5, 6, 7, 8].map((id) => mailTo(id)),
      'queued',
      start,
    );
    outbox.begin();
    await outbox.until('sent', 8);

    expect(store.trouble()).toBeNull();
    expect([1, 2, 3, 4, 5, 6, 7, 8].map((id) => store.get(id)?.row.attempts)).toEqual(Array(8).fill(1));
    expect(state.opened).toBeGreaterThan(2);
  });

  it('hands over no mail that was cancelled while the relay was hearing it, and goes on over a new connection', async () => {
    outbox = createOutbox({ connections: 1 });
    const { store, state } = outbox;
    const cancelled: Promise<number>[] = [];
    state.answer = (to) => {
      if (to === 'user1@corp.example') cancelled.push(store.cancel({ ids: [2] }, start));
      return accepted;
    };
    await store.add([mailTo(1), mailTo(2), mailTo(3)], 'queued', start);
    outbox.begin();
    await expect.poll(() => cancelled.length).toBe(1);
    await outbox.until('sent', 2);

    expect(await Promise.all(cancelled)).toEqual([1]);
    expect(state.sent.map(({ to }) => to)).toEqual(['user1@corp.example', 'user3@corp.example']);
    expect([outbox.stateOf(2), store.get(2)?.row.attempts]).toEqual(['cancelled', 0]);
    expect([state.opened, store.trouble()]).toEqual([2, null]);
  });

  it.each([
    ['opens more connections than two while that makes it faster', (open: number) => 200 / open, 4],
    ['keeps to two connections where more make it no faster', () => 50, 2],
  ])('%s', async (_name, msEach, expected) => {
    outbox = createOutbox({ connections: 4 });
    const { store, state } = outbox;
    const open: number[] = [];
    state.answer = () => {
      open.push(state.open);
      state.now += msEach(state.open);
      return accepted;
    };
    await store.add(
      Array.from({ length: 300 }, (_none, index) => mailTo(index + 1)),
      'queued',
      start,
    );
    outbox.begin();
    await outbox.until('sent', 300);

    expect(Math.max(...open.slice(0, 15))).toBe(2);
    expect(open.slice(-100, -20).toSorted()[40]).toBe(expected);
  });

  it('stops with the reason where there is no such mailbox, and goes on with the others', async () => {
    outbox = createOutbox();
    outbox.state.answer = (to) => (to.startsWith('user1@') ? refused('550 5.1.1 No such mailbox') : accepted);
    await outbox.store.add([mailTo(1), mailTo(2)], 'queued', start);
    outbox.begin();
    await outbox.until('sent', 1);

    expect(outbox.store.get(1)?.row).toMatchObject({ state: 'failed', reply: '550 5.1.1 No such mailbox' });
    expect(outbox.store.trouble()).toBeNull();
  });

  it('says once that the relay is down, fails no mail, and goes on when it is back', async () => {
    outbox = createOutbox();
    const { store, state } = outbox;
    state.isDown = true;
    await store.add(
      Array.from({ length: 500 }, (_none, index) => mailTo(index + 1)),
      'queued',
      start,
    );
    const dispatcher = outbox.begin();
    await expect.poll(() => store.trouble()).toMatchObject({ code: 'connection-lost', since: start });
    const opened = state.opened;
    dispatcher.wake();
    expect(state.opened).toBe(opened);
    expect(opened).toBeLessThanOrEqual(2);
    expect(store.counts()).toEqual([{ state: 'queued', count: 500 }]);

    // Several failures later it is the same trouble, and the pause has grown.
    for (let tries = 0; tries < 3; tries += 1) {
      const before = state.opened;
      state.now = store.trouble()!.nextTryAt;
      dispatcher.wake();
      await expect.poll(() => state.opened).toBe(before + 1);
      await expect.poll(() => store.trouble()!.nextTryAt).toBeGreaterThan(state.now);
    }
    expect(store.trouble()).toMatchObject({ since: start, nextTryAt: state.now + 40_000 });
    expect(state.logged).toBe(1);

    state.isDown = false;
    state.now += minute;
    await outbox.until('sent', 500);
    expect(store.trouble()).toBeNull();
  });

  it('takes 421 and a refused sender for trouble with the relay, not with the mail', async () => {
    outbox = createOutbox();
    const { store, state } = outbox;
    state.answer = () => refused('421 4.7.0 Too many connections', 'relay');
    await store.add([mailTo(1), mailTo(2), mailTo(3)], 'queued', start);
    outbox.begin();
    await expect.poll(() => store.trouble()?.message).toContain('421 4.7.0 Too many connections');
    expect(state.sent.length).toBeLessThanOrEqual(2);

    state.answer = () => accepted;
    state.now += minute;
    await outbox.until('sent', 3);
  });

  it('makes do with fewer connections where the relay wants no more, which is no trouble', async () => {
    outbox = createOutbox({ connections: 5 });
    const { store, state } = outbox;
    state.mostOpen = 2;
    await store.add(
      Array.from({ length: 60 }, (_none, index) => mailTo(index + 1)),
      'queued',
      start,
    );
    outbox.begin();
    await outbox.until('sent', 60);

    expect(store.trouble()).toBeNull();
    expect(state.opened).toBeLessThanOrEqual(10);
  });

  it('does not let one domain hold up the others: not one that takes few, and not one that puts all off', async () => {
    outbox = createOutbox({ connections: 3, domainRatePerSecond: 1, ratePerSecond: 0 });
    const { store, state } = outbox;
    const slow = Array.from({ length: 300 }, (_none, index) => mailTo(index + 1, { toAddress: `user${index}@Slow.example` }));
    const others = Array.from({ length: 20 }, (_none, index) => mailTo(1000 + index, { toAddress: `a@corp${index}.example` }));
    state.answer = (to) => (to.endsWith('@corp1.example') ? refused('451 4.7.1 Greylisted') : accepted);
    await store.add([...slow, ...others], 'queued', start);
    outbox.begin();
    await outbox.until('deferred', 1);
    await outbox.until('sent', 20);

    expect(state.sent.filter(({ to }) => to.endsWith('@Slow.example'))).toHaveLength(1);
    expect(store.trouble()).toBeNull();
  });

  it('never repeats a mail whose fate nobody knows, unless it is named', async () => {
    outbox = createOutbox();
    const { store, state } = outbox;
    state.answer = () => ({ kind: 'unknown', error: lost });
    await store.add([mailTo(1)], 'queued', start);
    outbox.begin();
    await outbox.until('unknown', 1);

    state.answer = () => accepted;
    state.now += 24 * 60 * minute;
    expect(await store.retry({ all: true }, state.now)).toBe(0);
    await outbox.until('unknown', 1);
    expect(state.sent).toHaveLength(1);
    expect(await store.retry({ ids: [1] }, state.now)).toBe(1);
    await outbox.until('sent', 1);
    expect(state.sent).toHaveLength(2);
  });

  it('marks what another process left behind, and believes that process when it comes back with an answer', async () => {
    outbox = createOutbox();
    const { store } = outbox;
    await store.add([mailTo(1), mailTo(2)], 'queued', start);
    expect([store.begin(1, 'other', start), store.begin(2, 'other', start), store.begin(1, 'third', start)]).toEqual([true, true, false]);
    outbox.begin();
    await outbox.until('unknown', 2);

    store.finish(1, 'other', { state: 'sent', dueAt: start, reply: '250' }, start);
    store.finish(2, 'third', { state: 'sent', dueAt: start, reply: '250' }, start);
    expect([outbox.stateOf(1), outbox.stateOf(2)]).toEqual(['sent', 'unknown']);
  });

  it('lets nothing go where mails are held, but what was released', async () => {
    outbox = createOutbox({ mode: 'hold' });
    const { store, state } = outbox;
    await store.add([mailTo(1), mailTo(2)], 'held', start);
    await store.add([mailTo(3)], 'queued', start);
    outbox.begin();
    await outbox.until('held', 3);
    expect(await store.release({ ids: [2] }, start)).toBe(1);
    await outbox.until('sent', 1);

    expect(state.sent.map(({ to }) => to)).toEqual(['user2@corp.example']);
    expect(store.counts().find((one) => one.state === 'held')?.count).toBe(2);
  });

  it('drops mails with their PINs, and none that has gone', async () => {
    outbox = createOutbox();
    const { store } = outbox;
    await store.add([mailTo(1)], 'queued', start);
    outbox.begin();
    await outbox.until('sent', 1);
    await store.add([mailTo(2, { pin: { sealed: Buffer.from('sealed 4831'), record: 'r' } })], 'held', start);

    expect(await store.cancel({ ids: [1, 2] }, start)).toBe(1);
    expect(store.get(2)?.mail.pin).toBeNull();
    expect([outbox.stateOf(1), outbox.stateOf(2)]).toEqual(['sent', 'cancelled']);
    expect(await store.retry({ ids: [2] }, start)).toBe(0);
  });

  it('waits for no time that was written while the clock was wrong', async () => {
    outbox = createOutbox();
    await outbox.store.add([mailTo(1)], 'queued', Date.UTC(2099, 0, 1));
    outbox.begin();
    await outbox.until('sent', 1);
  });

  it('sends at once what was queued before the clock was set back, and what was put off if that was more than 8 hours', async () => {
    outbox = createOutbox();
    const { store, state } = outbox;
    const hour = 60 * minute;
    await store.add([mailTo(1)], 'queued', start + hour);
    state.answer = () => refused('451 4.7.1 Greylisted');
    outbox.begin();
    await outbox.until('deferred', 1);

    state.answer = () => accepted;
    state.now = start - 10 * hour;
    await outbox.until('sent', 1);
  });

  it('records that a mail has gone as soon as the disk has room again, and does not send it twice', async () => {
    outbox = createOutbox();
    const { store, state } = outbox;
    let full = 3;
    state.commit = (steps) => {
      if (steps.some(({ kind }) => kind === 'finish') && full-- > 0) throw new AppError('disk-full', 'The disk is full.');
      return store.carryOut(steps);
    };
    await store.add([mailTo(1)], 'queued', start);
    outbox.begin();
    await outbox.until('sent', 1);

    expect(full).toBe(-1);
    expect(state.sent).toHaveLength(1);
  });

  it.each(['begin', 'finish'] as const)(
    'loses no mail, and sends none twice, when the answer to a commit is lost that holds a %s',
    async (kind) => {
      outbox = createOutbox({ connections: 1 });
      const { store, state } = outbox;
      let isLost = false;
      // What committed has ended before it could say so.
      state.commit = (steps) => {
        const results = store.carryOut(steps);
        if (isLost || !steps.some((step) => step.kind === kind)) return results;
        isLost = true;
        throw new AppError('internal', 'What records mails has ended.');
      };
      await store.add([mailTo(1), mailTo(2), mailTo(3)], 'queued', start);
      outbox.begin();
      await expect.poll(() => isLost).toBe(true);
      state.now += minute;
      await outbox.until('sent', 3);

      expect(state.sent.map(({ to }) => to).toSorted()).toEqual(['user1@corp.example', 'user2@corp.example', 'user3@corp.example']);
      expect(store.get(1)!.history).toHaveLength(1);
      expect(store.get(1)!.mail.attempts).toBe(1);
    },
  );

  it('sends no mail without an attachment that has disappeared, and says why', async () => {
    outbox = createOutbox();
    const source = {
      ...contentOf({ subject: 'Hello', body: 'Hello' }),
      attachments: [{ name: 'Guide.pdf', bytes: 3, sha256: 'a'.repeat(64) }],
    };
    await outbox.store.add([mailTo(1, { source }), mailTo(2)], 'queued', start);
    outbox.begin();
    await outbox.until('failed', 1);
    await outbox.until('sent', 1);

    expect(outbox.store.get(1)?.row.reply).toContain('Guide.pdf');
    expect(outbox.state.sent.map(({ to }) => to)).toEqual(['user2@corp.example']);
  });

  it('keeps a mail as it was made when its template changes', async () => {
    outbox = createOutbox();
    await outbox.store.add([mailTo(1)], 'held', start);
    await outbox.store.add([mailTo(2, { source: contentOf({ subject: 'New', body: 'New' }) })], 'held', start);

    expect([1, 2].map((id) => outbox.store.get(id)?.mail.source.subject)).toEqual(['Hello', 'New']);
  });

  it('finds mails by state and by part of user or address', async () => {
    outbox = createOutbox();
    const { store } = outbox;
    await store.add([mailTo(1), mailTo(2, { username: 'Anna' }), mailTo(12)], 'held', start);
    const found = async (search: string) => (await store.list({ search, state: 'held', offset: 0, limit: 10 })).mails.map(({ id }) => id);

    expect(await found('USER1')).toEqual([3, 1]);
    expect(await found('anna')).toEqual([2]);
    expect(await found('%')).toEqual([]);
    expect(await store.list({ search: '', state: 'sent', offset: 0, limit: 10 })).toEqual({ mails: [], total: 0 });
  });
});
