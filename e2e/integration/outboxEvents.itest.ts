import { afterAll, expect, test } from 'vitest';
import { startWebHost } from '../hosts/web.ts';
import { startMailReader } from '../servers/mailReader.ts';
import { collectMfactl } from '../support/mfactl.ts';
import { temporaryFolder } from '../support/commands.ts';
import { connectWebClient } from '../support/webClient.ts';
import { join } from 'node:path';

const { folder, remove } = temporaryFolder('outbox-events');
afterAll(remove);

test('a window is told when mails have gone, and what another process does with them', { timeout: 60_000 }, async () => {
  const relay = await startMailReader();
  const host = await startWebHost(folder);
  const client = await connectWebClient(host);
  try {
    const { settings, revision } = await client.email.get(null);
    const reached = { ...settings.relay, host: '127.0.0.1', port: relay.port, security: 'none' as const };
    await client.email.set({ settings: { ...settings, from: 'mfa@corp.example', ratePerSecond: 2, relay: reached }, revision });
    for (const username of ['anna@corp.example', 'bob@corp.example'])
      await client.users.add({ username, phone: '+14255550100', method: 'call', mode: 'standard', enabled: true });
    const { jobId } = await client.outbox.send({ target: { where: {} } });
    await expect.poll(async () => (await client.jobs.get({ jobId })).state).toBe('done');
    /** As a window has it, which reads anew when it is told to. */
    let shown = '';
    const read = async (): Promise<void> => {
      const { states } = await client.outbox.stats(null);
      shown = states.map(({ state, count }) => `${count} ${state}`).join(', ');
    };
    await read();
    expect(shown).toBe('2 held');
    client.outbox.onChanged(() => void read());

    expect(await collectMfactl(join(folder, 'data'), ['outbox', 'release', '--all'])).toMatchObject({ code: 0 });

    await expect.poll(() => shown, { timeout: 15_000 }).toBe('2 sent');
    expect(relay.received).toHaveLength(2);
  } finally {
    client.close();
    await host.stop();
    await relay.stop();
  }
});
