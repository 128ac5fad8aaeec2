import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { NewMail } from '../../electron/services/email/outboxPorts.ts';
import { openDatabase } from '../../electron/store/database.ts';
import { createOutboxRepository } from '../../electron/store/mail/outboxRepository.ts';
import { storeFiles } from '../../electron/store/storeFiles.ts';
import { toStoreError } from '../../electron/store/storeErrors.ts';
import type { MailState } from '../../shared/contract/outbox.contract.ts';
import { contentOf } from '../../shared/email/templateContent.ts';
import { startHangingRelay, type HangStage } from '../servers/hangingRelay.ts';
import { hasProgram } from '../servers/sharedServers.ts';
import { startSmtpSink } from '../servers/smtpSink.ts';
import { temporaryFolder } from '../support/commands.ts';
import { deliverTo } from '../support/deliverTo.ts';
import { canMount, createSmallDisk } from '../support/smallDisk.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

function mailNumber(number: number, body = 'Hello <$name$>'): NewMail {
  return {
    messageId: `<${number}@mfa.test>`,
    campaign: 'roll-out',
    userId: number,
    username: `user${number}`,
    toName: `User ${number}`,
    toAddress: `user${number}@corp.example`,
    ...{ template: 'call-standard-new-user', language: 'en', source: contentOf({ subject: 'Hello', body }), pin: null },
    values: { name: `User ${number}` },
  };
}

function openOutbox(folder: string) {
  mkdirSync(folder, { recursive: true });
  const database = openDatabase(storeFiles(folder).mail);
  ends.push(() => database.close());
  const store = createOutboxRepository(database);
  return { store, stateOf: (id: number) => store.get(id)?.row.state };
}

describe('a relay that accepts and hangs', () => {
  const limits = { connectMs: 1_000, greetingMs: 300, replyMs: 300, acceptMs: 300 };
  /** Whether it is known afterwards that the mail has not gone. */
  test.each<[HangStage, 'queued' | 'deferred' | 'unknown']>([
    ['greeting', 'queued'],
    ['EHLO', 'queued'],
    ['MAIL', 'deferred'],
    ['RCPT', 'deferred'],
    ['DATA', 'deferred'],
    ['content', 'unknown'],
  ])('at %s is one trouble, leaves its mail %s, and all others go out when it answers again', async (hangAt, state) => {
    const { folder, remove } = temporaryFolder('hang');
    ends.push(remove);
    const { store, stateOf } = openOutbox(folder);
    await store.add(
      Array.from({ length: 20 }, (_none, index) => mailNumber(index + 1)),
      'queued',
      Date.now(),
    );
    const server = await startHangingRelay();
    ends.push(() => server.stop());
    server.hangAt = hangAt;
    const delivery = deliverTo(server.port, store, limits);
    ends.push(delivery.stop);

    await expect.poll(() => store.trouble(), { timeout: 10_000 }).toMatchObject({ code: 'timeout' });
    expect(stateOf(1)).toBe(state);
    expect(delivery.logged()).toBe(1);

    server.hangAt = null;
    delivery.skip(10 * 60_000);
    const sent = () => store.counts().find((one) => one.state === 'sent')?.count ?? 0;
    await expect.poll(sent, { timeout: 20_000 }).toBe(state === 'unknown' ? 19 : 20);
    expect(store.trouble()).toBeNull();
    expect(server.taken).toBe(20);
  });
});

describe.skipIf(!hasProgram('smtp-sink'))('a relay that refuses or hangs up', () => {
  const limits = { connectMs: 5_000, greetingMs: 5_000, replyMs: 5_000, acceptMs: 5_000 };
  /** What becomes of the first of three mails, of the others, and whether all of them wait for the relay. */
  test.each<[args: string[], first: MailState, others: MailState, trouble: string | null]>([
    [['-r', 'rcpt'], 'deferred', 'deferred', null],
    [['-f', 'rcpt'], 'failed', 'failed', null],
    [['-r', 'data'], 'deferred', 'deferred', null],
    [['-f', 'data'], 'failed', 'failed', null],
    [['-r', '.'], 'deferred', 'deferred', null],
    [['-f', '.'], 'failed', 'failed', null],
    [['-f', 'mail'], 'deferred', 'queued', 'relay-refused'],
    [['-Q', 'ehlo'], 'queued', 'queued', 'relay-refused'],
    [['-q', 'connect'], 'queued', 'queued', 'connection-lost'],
    [['-q', 'rcpt'], 'deferred', 'queued', 'connection-lost'],
    [['-Q', 'data'], 'deferred', 'queued', 'relay-refused'],
    [['-q', '.'], 'unknown', 'queued', 'connection-lost'],
  ])('by %j leaves its mail %s and the others %s', async (args, first, others, trouble) => {
    const { folder, remove } = temporaryFolder('sink');
    ends.push(remove);
    const { store, stateOf } = openOutbox(folder);
    await store.add(
      [1, 2, 3].map((number) => mailNumber(number)),
      'queued',
      Date.now(),
    );
    const sink = await startSmtpSink(args);
    ends.push(sink.stop);
    const delivery = deliverTo(sink.port, store, limits);
    ends.push(delivery.stop);

    await expect.poll(() => [1, 2, 3].map(stateOf), { timeout: 10_000 }).toEqual([first, others, others]);
    await expect.poll(() => store.trouble()?.code ?? null).toBe(trouble);
    expect(delivery.logged()).toBe(trouble === null ? 0 : 1);
  });
});

const isPossible = canMount();

describe.skipIf(!isPossible)('a disk that is full while mails are queued', () => {
  test('leaves none of the mails of that step, says so, and takes them when there is space again', async () => {
    const disk = createSmallDisk(8)!;
    ends.push(disk.remove);
    const { store } = openOutbox(join(disk.folder, 'data'));
    await store.add([mailNumber(1)], 'queued', Date.now());
    disk.fill();

    const many = Array.from({ length: 200 }, (_none, index) => mailNumber(index + 2, `${index} ${'x'.repeat(10_000)}`));
    const failure = await store.add(many, 'queued', Date.now()).catch((error: unknown) => error);
    expect(toStoreError(failure)?.code ?? failure).toBe('disk-full');
    expect(store.counts()).toEqual([{ state: 'queued', count: 1 }]);

    disk.free();
    expect(await store.add(many, 'queued', Date.now())).toBe(200);
    expect(store.counts()).toEqual([{ state: 'queued', count: 201 }]);
  });
});
