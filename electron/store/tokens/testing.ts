import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { Secret } from '../../../shared/lib/secret.ts';
import { createSealer } from '../../services/vault/sealer.ts';
import { secretContext } from '../../../shared/tokens/secretContext.ts';
import type { StoredFacts } from '../../services/tokens/tokenPorts.ts';
import { openDatabase } from '../database.ts';
import { storeFiles } from '../storeFiles.ts';

export const testSealer = createSealer(new Uint8Array(32).fill(7));

/** A store of users in a folder of its own; `addUser` answers the id. */
export function openTestStore(): {
  readonly database: DatabaseSync;
  readonly file: string;
  addUser(username: string, method?: 'oath' | 'call'): number;
  user(id: number): Record<string, unknown>;
  close(): void;
} {
  const folder = mkdtempSync(join(tmpdir(), 'tokens-'));
  const { users } = storeFiles(folder);
  const database = openDatabase(users);
  return {
    database,
    file: users.file,
    addUser(username, method = 'oath') {
      const { lastInsertRowid } = database
        .prepare(
          `INSERT INTO users (username, username_key, method, mode, enabled, complete, created_at, updated_at)
           VALUES (?, lower(?), ?, ?, 1, 0, 0, 0)`,
        )
        .run(username, username, method, method === 'oath' ? 'token' : 'standard');
      return Number(lastInsertRowid);
    },
    user: (id) => database.prepare('SELECT * FROM users WHERE id = ?').get(id) ?? {},
    close() {
      database.close();
      rmSync(folder, { recursive: true });
    },
  };
}

export const factsOf = (serial: string, changes: Partial<StoredFacts> = {}): StoredFacts => ({
  serial,
  manufacturer: '',
  model: '',
  kind: 'totp',
  algorithm: 'SHA1',
  digits: 6,
  interval: 30,
  startsAt: null,
  expiresAt: null,
  ...changes,
});

/** A secret of these bytes, for `add` of the store. */
export const sealedOf = (bytes: Uint8Array | string, counter = 0) => ({
  seal: (id: number) => testSealer.seal(secretContext(id), new Secret(Buffer.from(bytes).toString('base64'))),
  counter,
});
