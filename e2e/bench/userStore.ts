import { existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fold } from '../../shared/lib/fold.ts';
import { users } from '../../electron/store/migrations/0001_users.ts';
import { people } from '../../electron/store/migrations/0002_people.ts';
import { indexSome } from '../../electron/store/users/searchIndex.ts';
import { createRandom } from '../../electron/store/users/testing.ts';
import { addUserFunctions } from '../../electron/store/users/userConnection.ts';

export interface BenchStore {
  readonly file: string;
  readonly bytes: number;
  /** Null when the store of an earlier run was taken. */
  readonly indexing: { readonly usersPerSecond: number; readonly longestTransactionMs: number } | null;
}

const syllables = 'an be chi da el fra ger ha in jo ka li mo na ol pe ra sa to ur vi wa xi ya zu stein berg mann son ez'.split(' ');

/** A store of so many invented users, searchable, in a temporary folder; made once and used again. */
export function prepareUserStore(count: number): BenchStore {
  const folder = join(tmpdir(), `mfa-bench-users-${count}`);
  const file = join(folder, 'store.db');
  if (existsSync(file)) return { file, bytes: statSync(file).size, indexing: null };
  mkdirSync(folder, { recursive: true });
  const unfinished = `${file}.part`;
  for (const suffix of ['', '-wal', '-shm']) rmSync(unfinished + suffix, { force: true });
  const database = new DatabaseSync(unfinished);
  database.exec('PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-64000');
  database.exec(users);
  database.exec(people);
  addUserFunctions(database);
  fill(database, count);
  const indexing = indexAll(database, count);
  database.close();
  renameSync(unfinished, file);
  return { file, bytes: statSync(file).size, indexing };
}

function fill(database: DatabaseSync, count: number): void {
  const random = createRandom(1);
  const word = (length: number) => {
    const text = Array.from({ length }, () => syllables[random(syllables.length)]).join('');
    return text.charAt(0).toUpperCase() + text.slice(1);
  };
  const firstNames = [...Array.from({ length: 3000 }, () => word(2)), 'Jürgen', 'Zoë', 'Łukasz', 'Дмитрий'];
  const lastNames = [...Array.from({ length: 20_000 }, () => word(3)), 'Müller', 'García', 'Øster'];
  const insert = database.prepare(`INSERT INTO users
    (username, username_key, first_name, last_name, name_key, email, user_group, phone, phone_valid, backup_phone, method, mode, enabled, complete,
     directory_id, dn, import_job, imported_at, created_at, updated_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, 'standard', ?, ?, ?, ?, ?, 1, ?, ?)`);
  const methods = ['call', 'text', 'app', 'oath'];
  database.exec('BEGIN');
  for (let index = 0; index < count; index++) {
    const first = firstNames[random(firstNames.length)] ?? '';
    const last = lastNames[random(lastNames.length)] ?? '';
    const username = `${first}.${last}${index}@corp.contoso.test`.toLowerCase();
    const phone = random(10) > 0 ? `+1425${1_000_000 + random(8_999_999)}` : '';
    const shown = random(20) > 0 ? username : '';
    const group = random(3) > 0 ? `Group ${random(200)}` : '';
    const backupPhone = random(5) > 0 ? '' : `+49301${random(9_999_999)}`;
    const [method, enabled, complete] = [methods[random(4)] ?? 'call', Number(random(9) > 0), Number(phone !== '')];
    const dn = `CN=${first} ${last},OU=People,DC=corp,DC=contoso,DC=test`;
    const [createdAt, updatedAt] = [1_700_000_000_000 + random(1e9), 1_700_000_000_000 + random(1e9)];
    // prettier-ignore
    insert.run(
      username, username, first, last, fold(`${last} ${first}`), shown, group, phone, backupPhone, method, enabled, complete,
      `id${index}`, dn, `job-${index >> 17}`, createdAt, updatedAt,
    );
  }
  database.exec('INSERT INTO users_unindexed (user_id) SELECT id FROM users');
  database.exec('COMMIT');
}

function indexAll(database: DatabaseSync, count: number): BenchStore['indexing'] {
  const startedAt = performance.now();
  let longestTransactionMs = 0;
  for (let taken = 1; taken > 0;) {
    const before = performance.now();
    taken = indexSome(database, 1000);
    longestTransactionMs = Math.max(longestTransactionMs, performance.now() - before);
  }
  return {
    usersPerSecond: Math.round(count / ((performance.now() - startedAt) / 1000)),
    longestTransactionMs: Math.round(longestTransactionMs),
  };
}
