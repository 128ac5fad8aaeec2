import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { openDatabase } from '../../electron/store/database.ts';
import { contentOf } from '../../shared/email/templateContent.ts';
import { createOutboxRepository } from '../../electron/store/mail/outboxRepository.ts';
import { storeFiles } from '../../electron/store/storeFiles.ts';
import { sinkStages, startMailSink, type SinkStage } from '../servers/mailSink.ts';
import { temporaryFolder, waitUntil } from '../support/commands.ts';

const { folder, remove } = temporaryFolder('outbox');
afterAll(remove);

const count = 1_000;
const kills = 4;
const connections = 4;

function mailNumber(number: number) {
  return {
    messageId: `<${number}@mfa.test>`,
    campaign: 'roll-out',
    userId: number,
    username: `user${number}`,
    toName: `User ${number}`,
    toAddress: `user${number}@corp.example`,
    template: 'call-standard-new-user',
    language: 'en',
    source: contentOf({ subject: 'Hello', body: 'Hello <$name$>' }),
    values: { name: `User ${number}` },
    pin: null,
  };
}

describe('an outbox whose process is killed', { timeout: 300_000 }, () => {
  test.each(sinkStages)('loses no mail and sends none twice, killed when the relay is at “%s”', async (killAt: SinkStage) => {
    const data = join(folder, killAt);
    mkdirSync(data);
    const database = openDatabase(storeFiles(data).mail);
    const store = createOutboxRepository(database);
    await store.add(
      Array.from({ length: count }, (_none, index) => mailNumber(index + 1)),
      'queued',
      Date.now(),
    );
    let child: ChildProcess | undefined;
    let killed = 0;
    // Connections are few, mails are many: each kill comes in the middle of what is left.
    let seen = 0;
    const every = killAt === 'connected' ? 3 : 120;
    const sink = await startMailSink((stage) => {
      if (stage !== killAt || killed === kills || child === undefined) return false;
      seen += 1;
      if (seen % every !== 0) return false;
      killed += 1;
      child.kill('SIGKILL');
      child = undefined;
      return true;
    });
    const stateOf = (state: string) => store.counts().find((one) => one.state === state)?.count ?? 0;
    const isDone = () => stateOf('sent') + stateOf('unknown') === count;

    while (!isDone()) {
      const running = spawn(process.execPath, [join(import.meta.dirname, 'outboxSender.ts'), data, String(sink.port)], { stdio: 'ignore' });
      child = running;
      const ended = once(running, 'exit');
      let hasEnded = false;
      void ended.then(() => (hasEnded = true));
      await waitUntil(
        () => hasEnded || isDone(),
        () => `Only ${stateOf('sent')} mails went out.`,
        120_000,
      );
      if (!hasEnded) running.kill('SIGKILL');
      await ended;
    }
    await sink.stop();

    const { mails } = await store.list({ search: '', offset: 0, limit: count });
    const times = (id: number) => sink.received.get(`<${id}@mfa.test>`) ?? 0;
    expect(killed).toBe(kills);
    expect(mails).toHaveLength(count);
    expect(
      mails.filter(({ id }) => times(id) > 1),
      'sent twice',
    ).toEqual([]);
    expect(
      mails.filter(({ id, state }) => state === 'sent' && times(id) === 0),
      'lost',
    ).toEqual([]);
    expect(
      mails.filter(({ state }) => state !== 'sent' && state !== 'unknown'),
      'left',
    ).toEqual([]);
    expect(stateOf('unknown')).toBeLessThanOrEqual(kills * connections);
    database.close();
  });
});
