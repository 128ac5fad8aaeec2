import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { startWebHost } from '../hosts/web.ts';
import { temporaryFolder } from '../support/commands.ts';
import { collectMfactl } from '../support/mfactl.ts';
import { connectWebClient } from '../support/webClient.ts';

const { folder, remove } = temporaryFolder('many-mails');
const data = join(folder, 'data');
afterAll(remove);

const mfactl = (...words: string[]) => collectMfactl(data, words);

test('many mails are made and released only by somebody who says how many', { timeout: 60_000 }, async () => {
  const people = join(folder, 'people.csv');
  const rows = Array.from({ length: 101 }, (_none, at) => `user${at}@corp.example,+1425555${1000 + at}`);
  writeFileSync(people, ['username,phone', ...rows].join('\n'));
  expect(await mfactl('users', 'import-csv', people)).toMatchObject({ code: 0 });
  expect(await mfactl('email', 'set', '--from', 'mfa@corp.example', '--pickup-folder', join(folder, 'pickup'))).toMatchObject({ code: 0 });

  const unsaid = await mfactl('email', 'send', '--everybody');
  expect(unsaid).toMatchObject({ code: 2, err: expect.stringContaining('These are 101 mails') });
  expect(unsaid.err).toContain('--confirm 101');
  expect(await mfactl('email', 'send', '--everybody', '--confirm', '100')).toMatchObject({ code: 2 });
  expect((await mfactl('outbox', 'stats')).out).toContain('The outbox is empty.');
  expect(await mfactl('email', 'send', '--user', 'user1@corp.example')).toMatchObject({ code: 0 });
  expect((await mfactl('email', 'send', '--everybody', '--confirm', '101')).out).toContain('101 mails held.');

  expect(await mfactl('outbox', 'release', '--all')).toMatchObject({ code: 2, err: expect.stringContaining('--confirm 102') });
  expect((await mfactl('outbox', 'stats')).out).toMatch(/^held +102$/m);
  expect((await mfactl('outbox', 'release', '--all', '--confirm', '102')).out).toContain('Released: 102 mails.');
});

test('none is made when there would be more by now than were confirmed', { timeout: 60_000 }, async () => {
  const host = await startWebHost(folder);
  const client = await connectWebClient(host);
  try {
    const before = await client.outbox.count({});
    const { jobId } = await client.outbox.send({ target: { where: {} }, atMost: 100 });

    await expect.poll(async () => (await client.jobs.get({ jobId })).state).toBe('failed');
    expect((await client.jobs.get({ jobId })).error).toMatchObject({
      code: 'changed-meanwhile',
      message: expect.stringContaining('There would be 101 mails by now, and 100 were confirmed.'),
    });
    expect(await client.outbox.count({})).toEqual(before);
  } finally {
    client.close();
    await host.stop();
  }
});
