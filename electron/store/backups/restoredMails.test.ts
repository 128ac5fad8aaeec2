import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mailTo } from '../mail/testing.ts';
import { createOutboxRepository } from '../mail/outboxRepository.ts';
import { openStore } from '../storeFiles.ts';
import { makeBackup } from './makeBackup.ts';
import { restoreBackup } from './restoreBackup.ts';

let folder: string;
const data = () => join(folder, 'data');
const file = () => join(folder, 'copy.mfabackup');
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'restored-mails-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function close({ console, users, mail }: ReturnType<typeof openStore>): void {
  for (const database of [console, users, mail]) database.close();
}

/** A backup with one mail in each state in which one can be. */
async function backUp(): Promise<void> {
  const store = openStore(data());
  const outbox = createOutboxRepository(store.mail);
  await outbox.add(
    [1, 2, 3, 4, 5].map((number) => mailTo(number)),
    'queued',
    1,
  );
  await outbox.add([mailTo(6, { campaign: 'held' })], 'held', 1);
  outbox.begin(2, 'somebody', 2);
  for (const [id, state] of [
    [3, 'deferred'],
    [4, 'sent'],
    [5, 'failed'],
  ] as const) {
    outbox.begin(id, 'somebody', 2);
    outbox.finish(id, 'somebody', { state, dueAt: 3, reply: 'said the relay' }, 3);
  }
  outbox.setTrouble({ since: 1, code: 'refused', message: 'Nobody there.', nextTryAt: 2 });
  store.users.exec(`INSERT INTO mail_intents VALUES ('unmade', 1, 0, 1, 1, 1)`);
  makeBackup({ dataFolder: data(), file: file(), version: '1', serverName: 'MFA01', now: 5, sealedKey: null });
  close(store);
}

const restore = () =>
  restoreBackup(
    { dataFolder: data(), file: file(), now: 7, keyBinding: 'key' },
    { account: 'admin', host: 'test', version: '1', serverName: 'MFA01' },
  );

describe('mails of a backup that is restored', () => {
  it('are not sent again by themselves, and say why; those that had gone or failed stay as they were', async () => {
    await backUp();

    expect(restore()).toMatchObject({ mails: 4 });

    const store = openStore(data());
    const outbox = createOutboxRepository(store.mail);
    const note = 'This mail waited when the backup of 1970-01-01T00:00:00.005Z was made. It may have gone since then.';
    const { mails } = await outbox.list({ search: '', offset: 0, limit: 10 });
    expect(mails.map(({ id, state, reply }) => [id, state, reply])).toEqual([
      [6, 'held', note],
      [5, 'failed', 'said the relay'],
      [4, 'sent', 'said the relay'],
      [3, 'unknown', note],
      [2, 'unknown', note],
      [1, 'unknown', note],
    ]);
    expect(outbox.due(10, new Set(), { releasedOnly: false, now: Number.MAX_SAFE_INTEGER })).toEqual([]);
    expect(outbox.trouble()).toBeNull();
    // The lists count by what changed too.
    expect(outbox.counts()).toEqual(expect.arrayContaining([{ state: 'unknown', count: 3 }]));
    // One after the other, and only by name: all of them at once would be mailed twice.
    expect(await outbox.retry({ all: true }, 9)).toBe(1);
    expect(await outbox.retry({ ids: [1] }, 9)).toBe(1);
    expect(outbox.due(10, new Set(), { releasedOnly: false, now: 10 }).map(({ id }) => id)).toEqual([1, 5]);
    close(store);
  });

  it('that were still to be made are known, to be held once they are', async () => {
    await backUp();
    restore();

    const store = openStore(data());
    expect(store.console.prepare(`SELECT value FROM settings WHERE name = 'heldCampaigns'`).get()).toEqual({ value: '["unmade"]' });
    close(store);
  });
});
