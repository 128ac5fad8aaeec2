import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../store/database.ts';
import { storeFiles } from '../store/storeFiles.ts';

const userCount = 30_000;

describe('a bulk job whose process is killed', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'bulk-crash-'));
    const users = openDatabase(storeFiles(folder).users);
    users.exec(`
      INSERT INTO tags (name, name_key, color) VALUES ('VIP', 'vip', 'red');
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${userCount})
      INSERT INTO users (username, username_key, phone, phone_valid, method, mode, enabled, complete, created_at, updated_at)
      SELECT 'user' || i, 'user' || i, '+14255550100', 1, 'call', 'standard', 1, 1, 1, 1 FROM n`);
    users.close();
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  // Anywhere between the first part and the last: inside a transaction, in a commit, between two.
  it.each([0, 7, 31, 74])('has changed each user as a whole or not at all (killed %i ms after its first part)', async (afterMs) => {
    const done = await killedWhile(
      `writes.editSome(ids, { fields: { enabled: false, method: 'oath', mode: 'token' }, tags: { add: [1], remove: [] }, pin: 'keep' }, [], { account: 'admin', jobId: 'job' })`,
      afterMs,
    );

    const users = openDatabase(storeFiles(folder).users);
    const changed = `enabled = 0 AND method = 'oath' AND mode = 'token' AND complete = 0 AND revision = 2 AND id IN (SELECT user_id FROM user_tags)
      AND id IN (SELECT user_id FROM users_unindexed)`;
    const unchanged = `enabled = 1 AND method = 'call' AND mode = 'standard' AND complete = 1 AND revision = 1 AND id NOT IN (SELECT user_id FROM user_tags)`;
    expect(count(users, `SELECT count(*) FROM users WHERE NOT (${changed}) AND NOT (${unchanged})`)).toBe(0);
    expect(count(users, `SELECT count(*) FROM users WHERE ${changed}`)).toBeGreaterThanOrEqual(done);
    expect(users.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
    users.close();
  });

  it.each([0, 23])('has removed each user into the recycle bin, or not at all (killed %i ms after its first part)', async (afterMs) => {
    const done = await killedWhile(`writes.removeSome(ids, 'admin')`, afterMs);

    const users = openDatabase(storeFiles(folder).users);
    expect(count(users, 'SELECT count(*) FROM users')).toBe(userCount - count(users, 'SELECT count(*) FROM removed_users'));
    expect(count(users, 'SELECT count(*) FROM users WHERE id IN (SELECT id FROM removed_users)')).toBe(0);
    expect(count(users, 'SELECT count(*) FROM removed_users')).toBeGreaterThanOrEqual(done);
    users.close();
  });

  const count = (users: DatabaseSync, sql: string) => Number(Object.values(users.prepare(sql).get()!)[0]);

  /** Runs the write in parts in a process of its own and kills that; answers how many users it had said were done. */
  async function killedWhile(write: string, afterMs: number): Promise<number> {
    const child = spawn(process.execPath, ['--input-type=module', '-e', childCode(write)], { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    child.stdout.on('data', (chunk) => (said += String(chunk)));
    await once(child.stdout, 'data');
    await delay(afterMs);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const lines = said.split('\n').slice(0, -1);
    return Number(lines.at(-1));
  }

  function childCode(write: string): string {
    const module = JSON.stringify(new URL('../store/users/userWrites.ts', import.meta.url).href);
    return `
      import { writeSync } from 'node:fs';
      const { createUserWrites, openForWriting } = await import(${module});
      const writes = createUserWrites(openForWriting(${JSON.stringify(storeFiles(folder).users.file)}), Date.now);
      for (let at = 0; at < ${userCount}; at += 500) {
        const ids = Array.from({ length: 500 }, (_, index) => at + index + 1);
        await ${write};
        writeSync(1, String(at + 500) + '\\n');
      }
      setInterval(() => {}, 1_000);
    `;
  }
});
