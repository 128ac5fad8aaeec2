import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { startWebHost } from '../hosts/web.ts';
import { startMailReader } from '../servers/mailReader.ts';
import { temporaryFolder } from '../support/commands.ts';
import { collectMfactl } from '../support/mfactl.ts';
import { connectWebClient } from '../support/webClient.ts';

const { folder, remove } = temporaryFolder('day-limit');
afterAll(remove);

const mfactl = (line: string) => collectMfactl(join(folder, 'data'), line.split(' '));

test(
  'a limit of recipients in 24 hours holds over two hosts, of which one ends, and whoever raises it lets so many more go',
  {
    timeout: 120_000,
  },
  async () => {
    const relay = await startMailReader();
    const first = await startWebHost(folder);
    const client = await connectWebClient(first);
    const arrived = () => relay.received.length;
    const set = `email set --mode relay --from mfa@corp.example --host 127.0.0.1 --port ${relay.port} --security none --rate 0 --connections 4`;
    try {
      expect(await mfactl(`${set} --per-day 4`)).toMatchObject({ code: 0 });
      for (let user = 1; user <= 12; user += 1)
        await client.users.add({
          username: `user${user}@corp.example`,
          phone: '+14255550100',
          method: 'call',
          mode: 'standard',
          enabled: true,
        });
      const second = await startWebHost(folder);
      try {
        await client.outbox.send({ target: { where: {} } });
        await expect.poll(arrived, { timeout: 15_000 }).toBe(4);
        await sleep(2_500);
        expect(arrived()).toBe(4);
        expect((await mfactl('email show')).out).toMatch(/Recipients in 24 hours +4$/m);
        const { out } = await mfactl('outbox stats');
        expect(out).toMatch(/^Mails wait for the limit of recipients in 24 hours\. The next goes \d{4}-\d\d-\d\d \d\d:\d\d:00 UTC\.$/m);
        expect(out).toMatch(/^queued +8$/m);
        expect(out).toMatch(/^recipients in the last 24 hours: 4 of 4$/m);
        expect((await mfactl('status')).out).toMatch(/^info +mails-limited +8, /m);

        expect(await mfactl('email set --per-day 7')).toMatchObject({ code: 0 });
        await expect.poll(arrived, { timeout: 15_000 }).toBe(7);
        client.close();
        await first.stop();
        expect(await mfactl('email set --per-day 9')).toMatchObject({ code: 0 });
        await expect.poll(arrived, { timeout: 30_000 }).toBe(9);
        await sleep(2_500);
        expect(arrived()).toBe(9);
        expect(await mfactl('email set --per-day 0')).toMatchObject({ code: 0 });
        await expect.poll(arrived, { timeout: 15_000 }).toBe(12);
        expect((await mfactl('outbox stats')).out).not.toContain('recipients');
      } finally {
        await second.stop();
      }
    } finally {
      client.close();
      await first.stop();
      await relay.stop();
    }
  },
);
