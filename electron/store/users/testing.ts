import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { UserRow } from '../../../shared/contract/users.contract.ts';
import { nameKey } from '../../../shared/directory/mappingKeys.ts';
import { usernameKey } from '../../../shared/lib/fold.ts';
import { storeFiles } from '../storeFiles.ts';
import { addUserFunctions } from './userConnection.ts';

export interface TestStore {
  readonly file: string;
  readonly database: DatabaseSync;
  /** Adds or replaces users, in one transaction, as every writer must do it. */
  write(people: readonly UserRow[], importJobId?: string): void;
  remove(ids: readonly number[]): void;
  close(): void;
}

/** A store file of its own, with the product's tables and a connection that writes. */
export function createTestStore(): TestStore {
  const folder = mkdtempSync(join(tmpdir(), 'users-'));
  const file = join(folder, 'store.db');
  const database = new DatabaseSync(file);
  database.exec('PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF');
  for (const migration of storeFiles(folder).users.migrations) database.exec(migration);
  addUserFunctions(database);
  const insert = database.prepare(`INSERT OR REPLACE INTO users
    (id, username, username_key, first_name, last_name, name_key, email, user_group, phone, phone_valid, extension, backup_phone,
     backup_phone_valid, method, mode, has_pin, must_change_pin, enabled, complete, import_job, created_at, updated_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const log = database.prepare('INSERT INTO users_unindexed (user_id) VALUES (?)');
  const inTransaction = (work: () => void) => {
    database.exec('BEGIN IMMEDIATE');
    work();
    database.exec('COMMIT');
  };

  return {
    file,
    database,
    write: (people, importJobId = '') =>
      inTransaction(() => {
        for (const user of people) {
          const name = nameKey(user.firstName, user.lastName);
          // prettier-ignore
          insert.run(
            user.id, user.username, usernameKey(user.username), user.firstName, user.lastName, name, user.email, user.userGroup,
            user.phone, Number(user.phoneValid), user.extension, user.backupPhone, Number(user.backupPhoneValid), user.method, user.mode,
            Number(user.hasPin), Number(user.mustChangePin), Number(user.enabled), Number(user.complete), importJobId, user.createdAt, user.updatedAt,
          );
          log.run(user.id);
        }
      }),
    remove: (ids) =>
      inTransaction(() => {
        for (const id of ids) {
          database.prepare('DELETE FROM users WHERE id = ?').run(id);
          log.run(id);
        }
      }),
    close() {
      database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Numbers from 0 below `most`, always the same for one seed. */
export function createRandom(seed: number): (most: number) => number {
  let state = seed;
  return (most) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * most);
  };
}

// prettier-ignore
const parts = [
  'an', 'ber', 'li', 'Mü', 'ller', 'ß', 'Zoë', 'ø', 'İ', 'ſ', 'ﬁ', 'Ａ', '王', '小明', '😀', 'م', 'ñ', 'n\u0303', 'Å', 'ά', 'Ж', "O'",
  '"', '\\', '%', '_', '*', '(', ')', '<script>', '\u200f', ',', ';', '-', '.', 'AND', 'NEAR', '^', ':', '{', '+',
];

/** Somebody invented, with everything in the text that quoting and folding can stumble over. */
export function inventUser(id: number, random: (most: number) => number): UserRow {
  const text = (most: number) =>
    Array.from({ length: random(most) + 1 }, () => parts[random(parts.length)]).join(random(6) === 0 ? ' ' : '');
  const maybe = (make: () => string) => (random(3) === 0 ? '' : make());
  const phone = maybe(() =>
    random(5) === 0
      ? `(425) 555-${String(random(10_000)).padStart(4, '0')} x${random(9)}`
      : `+1425555${String(random(10_000)).padStart(4, '0')}`,
  );
  const username = `${text(3)}${id}@corp.test`;
  return {
    id,
    username,
    firstName: maybe(() => text(3)),
    lastName: maybe(() => text(3)),
    email: maybe(() => (random(2) === 0 ? username : `${text(2)}@mail.test`)),
    userGroup: maybe(() => `Group ${parts[random(8)]}`),
    phone,
    phoneValid: phone.startsWith('+'),
    extension: '',
    backupPhone: maybe(() => `+4930${random(100_000)}`),
    backupPhoneValid: random(4) > 0,
    method: (['call', 'text', 'app', 'oath'] as const)[random(4)] ?? 'call',
    mode: 'standard',
    hasPin: id % 3 === 0,
    mustChangePin: id % 5 === 0,
    enabled: random(3) > 0,
    complete: phone.startsWith('+'),
    missing: [],
    createdAt: 1_700_000_000_000 + random(1000),
    updatedAt: 1_700_000_000_000 + random(1_000_000),
  };
}
