import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { uploadPartBytes } from '../../shared/contract/csv.contract.ts';
import { startWebHost, type WebHost } from '../hosts/web.ts';
import { startMailSink } from '../servers/mailSink.ts';
import { temporaryFolder } from '../support/commands.ts';
import { collectMfactl } from '../support/mfactl.ts';
import { connectWebClient, signInToHost, type WebSession } from '../support/webClient.ts';

let folder: string;
const ends: (() => unknown)[] = [];
beforeEach(() => {
  const temporary = temporaryFolder('restore');
  ({ folder } = temporary);
  ends.push(temporary.remove);
});
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const stored = (name: string) => join(folder, 'data', name);
const copy = () => join(folder, 'copy.mfabackup');
const mfactl = (...words: string[]) => collectMfactl(join(folder, 'data'), words);
const usersNow = async () => (JSON.parse((await mfactl('users', 'count', '--json')).out) as { count: number }).count;

async function startHost(): Promise<WebHost> {
  const host = await startWebHost(folder);
  ends.push(() => host.stop().catch(() => {}));
  return host;
}

/** One user, a backup of that, and another user since. */
async function withBackup(client: Awaited<ReturnType<typeof connectWebClient>>): Promise<{ createdAt: number }> {
  await client.users.add({ username: 'anna', method: 'call' });
  const made = await client.backups.create({ file: copy() });
  await client.users.add({ username: 'bob', method: 'call' });
  return made;
}

/** A client of the console that is there again, with what it says about the restore. */
async function whenRestored(session: WebSession) {
  for (;;) {
    await wait(200);
    const client = await connectWebClient(session).catch(() => null);
    const lastRestore = (await client?.app.status(null))?.lastRestore;
    if (client && lastRestore) return { client, lastRestore };
    client?.close();
  }
}

describe('a backup that is restored from within', { timeout: 120_000 }, () => {
  test('takes the place of the store while the host goes on, and who was signed in is signed in', async () => {
    const host = await startHost();
    const session = await signInToHost(host);
    const client = await connectWebClient(session);
    const { createdAt } = await withBackup(client);

    const { jobId } = await client.backups.restore({ from: { file: copy() }, createdAt });
    const again = await whenRestored(session);

    expect(again.lastRestore).toMatchObject({ file: copy(), error: null, restored: { createdAt, mails: 0 } });
    expect((await again.client.users.count({})).count).toBe(1);
    // Nothing of the old store goes on: its jobs are unknown, and the audit says who restored what.
    await expect(again.client.jobs.get({ jobId })).rejects.toMatchObject({ code: 'not-found' });
    const { entries } = await again.client.audit.list({ limit: 5 });
    expect(entries).toContainEqual(
      expect.objectContaining({ what: 'backups.restore', outcome: 'done', host: expect.stringContaining('headless') }),
    );
    // It does the background work again, and can be restored again: to what was there before.
    const keptIn = again.lastRestore.restored!.keptIn!;
    await expect.poll(async () => (await again.client.app.status(null)).leaseHolder, { timeout: 20_000 }).toBe(true);
    const kept = await again.client.backups.check({ from: { file: keptIn } });
    expect(kept.users).toBe(2);
    await again.client.backups.restore({ from: { file: keptIn }, createdAt: kept.createdAt });
    await expect.poll(async () => (await whenRestored(session)).lastRestore.file, { timeout: 30_000 }).toBe(keptIn);
    await host.stop();
    expect(await usersNow()).toBe(2);
    expect(readdirSync(stored('.')).filter((name) => /part$|pending/.test(name))).toEqual([]);
  });

  test('may come from the computer of the browser', async () => {
    const host = await startHost();
    const session = await signInToHost(host);
    const client = await connectWebClient(session);
    const { createdAt } = await withBackup(client);
    const bytes = readFileSync(copy());
    const { uploadId } = await client.csv.beginUpload({ name: basename(copy()), bytes: bytes.length });
    for (let offset = 0; offset < bytes.length; offset += uploadPartBytes) {
      await client.csv.appendUpload({ uploadId, offset, base64: bytes.subarray(offset, offset + uploadPartBytes).toString('base64') });
    }
    expect(await client.backups.check({ from: { uploadId } })).toMatchObject({ users: 1, createdAt });

    await client.backups.restore({ from: { uploadId }, createdAt });

    const { client: again, lastRestore } = await whenRestored(session);
    expect(lastRestore).toMatchObject({ file: 'copy.mfabackup', restored: { createdAt } });
    expect((await again.users.count({})).count).toBe(1);
  });

  test('is refused before anything is stopped where it is damaged or another one by now', async () => {
    const host = await startHost();
    const client = await connectWebClient(await signInToHost(host));
    const { createdAt } = await withBackup(client);
    const failure = async (at: number) => {
      const { jobId } = await client.backups.restore({ from: { file: copy() }, createdAt: at });
      await expect.poll(async () => (await client.jobs.get({ jobId })).state).toBe('failed');
      return (await client.jobs.get({ jobId })).error;
    };

    expect(await failure(createdAt - 1)).toMatchObject({ code: 'backup-changed' });
    const bytes = readFileSync(copy());
    bytes[30_000]! ^= 1;
    writeFileSync(copy(), bytes);
    expect(await failure(createdAt)).toMatchObject({ code: 'backup-damaged' });

    expect((await client.users.count({})).count).toBe(2);
    expect(readdirSync(stored('.')).filter((name) => /part$|pending/.test(name))).toEqual([]);
  });

  test('sends no mail a second time that went after it was made, and says how many wait for a word', async () => {
    const sink = await startMailSink();
    ends.push(sink.stop);
    const host = await startHost();
    const session = await signInToHost(host);
    const client = await connectWebClient(session);
    const { settings, revision } = await client.email.get(null);
    const relay = { ...settings.relay, host: '127.0.0.1', port: sink.port, security: 'none' as const };
    const chosen = { ...settings, mode: 'relay' as const, from: 'mfa@corp.example', ratePerSecond: 1, relay };
    await client.email.set({ settings: chosen, revision });
    const people = [1, 2, 3, 4, 5].map((number) => `user${number}@corp.example`);
    for (const username of people)
      await client.users.add({ username, phone: '+14255550100', method: 'call', mode: 'standard', enabled: true });
    await client.outbox.send({ target: { where: {} } });
    await expect.poll(() => sink.received.size, { timeout: 20_000 }).toBe(1);
    const { createdAt } = await client.backups.create({ file: copy() });
    await expect.poll(() => sink.received.size, { timeout: 20_000 }).toBe(people.length);
    await expect.poll(async () => (await client.outbox.stats(null)).sentLastDay, { timeout: 20_000 }).toBe(people.length);

    await client.backups.restore({ from: { file: copy() }, createdAt });

    const { client: again, lastRestore } = await whenRestored(session);
    const { mails } = lastRestore.restored!;
    expect(mails).toBeGreaterThan(2);
    await expect.poll(async () => (await again.app.status(null)).leaseHolder, { timeout: 20_000 }).toBe(true);
    // By this pace some would have gone by now.
    await wait(3_000);
    expect([...sink.received.values()]).toEqual(people.map(() => 1));
    const { states } = await again.outbox.stats(null);
    expect(states).toContainEqual({ state: 'unknown', count: mails });
    const { mails: listed } = await again.outbox.list({ state: 'unknown', limit: 10 });
    for (const { reply } of listed) expect(reply).toContain('It may have gone since then.');
  });

  test('is not restored under another program that has the store open: the console runs again as it was, and says so', async () => {
    const first = await startHost();
    const session = await signInToHost(first);
    const client = await connectWebClient(session);
    const { createdAt } = await withBackup(client);
    const second = await startHost();
    const other = await connectWebClient(await signInToHost(second));
    await expect(other.backups.restore({ from: { file: copy() }, createdAt })).rejects.toMatchObject({ code: 'store-in-use' });

    await client.backups.restore({ from: { file: copy() }, createdAt });

    const { client: again, lastRestore } = await whenRestored(session);
    expect(lastRestore).toMatchObject({ file: copy(), restored: null, error: { code: 'store-in-use' } });
    expect((await again.users.count({})).count).toBe(2);
    expect((await other.users.count({})).count).toBe(2);
  });

  test.each([0, 5, 20, 60, 150, 400])(
    'whose host is killed %i ms after it was asked leaves the one or the other whole',
    async (afterMs) => {
      const host = await startHost();
      const client = await connectWebClient(await signInToHost(host));
      const { createdAt } = await withBackup(client);

      await client.backups.restore({ from: { file: copy() }, createdAt });
      await wait(afterMs);
      await host.stop('SIGKILL');

      const count = await usersNow();
      expect([1, 2]).toContain(count);
      expect(readdirSync(stored('.')).filter((name) => /part$|pending/.test(name))).toEqual([]);
      expect(count === 2 || readdirSync(stored('backup')).some((name) => name.startsWith('before-restore-'))).toBe(true);
      expect(existsSync(stored('mail.db'))).toBe(true);
    },
  );
});
