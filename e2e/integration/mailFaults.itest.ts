import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { composeMail } from '../../electron/platform/mail/composeMail.ts';
import { dropIntoFolder } from '../../electron/platform/mail/pickupFolder.ts';
import { createSmtpRelay } from '../../electron/platform/mail/smtpRelay.ts';
import { startDispatcher } from '../../electron/services/email/dispatcher.ts';
import type { NewMail } from '../../electron/services/email/outboxPorts.ts';
import { createPace } from '../../electron/services/email/pace.ts';
import { openDatabase } from '../../electron/store/database.ts';
import { createOutboxRepository } from '../../electron/store/mail/outboxRepository.ts';
import { storeFiles } from '../../electron/store/storeFiles.ts';
import { toStoreError } from '../../electron/store/storeErrors.ts';
import { defaultEmailSettings, type EmailSettings } from '../../shared/contract/email.contract.ts';
import { contentOf } from '../../shared/email/templateContent.ts';
import { startHangingRelay, type HangStage } from '../servers/hangingRelay.ts';
import { temporaryFolder } from '../support/commands.ts';
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
    const settings: EmailSettings = {
      ...defaultEmailSettings,
      ...{ mode: 'relay', from: 'mfa@corp.example', ratePerSecond: 0, connections: 1 },
      relay: { ...defaultEmailSettings.relay, host: '127.0.0.1', port: server.port, security: 'none' },
    };
    const relay = createSmtpRelay(limits);
    let skippedMs = 0;
    let logged = 0;
    const dispatcher = startDispatcher({
      steps: { commit: (steps) => Promise.resolve(store.carryOut(steps)) },
      ...{ store, compose: composeMail, drop: dropIntoFolder, settings: () => settings, sender: randomUUID() },
      files: { read: () => Promise.reject(new Error('There are no attachments here.')) },
      mayDeliver: () => true,
      pace: createPace(() => performance.now()),
      openRelay: () => relay.open({ relay: settings.relay, password: null }, new AbortController().signal),
      openPin: () => Promise.resolve(''),
      pinMailed: () => Promise.resolve(),
      now: () => Date.now() + skippedMs,
      ticks: () => performance.now() + skippedMs,
      random: () => 0.5,
      wait: (ms) => wait(ms),
      changed: () => undefined,
      log: () => (logged += 1),
    });
    ends.push(() => dispatcher.stop());

    await expect.poll(() => store.trouble(), { timeout: 10_000 }).toMatchObject({ code: 'timeout' });
    expect(stateOf(1)).toBe(state);
    expect(logged).toBe(1);

    server.hangAt = null;
    skippedMs = 10 * 60_000;
    const sent = () => store.counts().find((one) => one.state === 'sent')?.count ?? 0;
    await expect.poll(sent, { timeout: 20_000 }).toBe(state === 'unknown' ? 19 : 20);
    expect(store.trouble()).toBeNull();
    expect(server.taken).toBe(20);
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
