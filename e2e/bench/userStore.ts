import { existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { modesOf } from '../../shared/contract/users.contract.ts';
import { fold } from '../../shared/lib/fold.ts';
import { storeFiles } from '../../electron/store/storeFiles.ts';
import { indexSome } from '../../electron/store/users/searchIndex.ts';
import { createRandom } from '../../electron/store/users/testing.ts';
import { addUserFunctions } from '../../electron/store/users/userConnection.ts';

export interface BenchStore {
  readonly file: string;
  readonly bytes: number;
  /** Null when the store of an earlier run was taken. */
  readonly indexing: { readonly usersPerSecond: number; readonly longestTransactionMs: number } | null;
}

/** The first has a tenth of all users, the next a hundredth, and so on. */
const tags = ['staff', 'pilot', 'vip'];
const syllables = 'an be chi da el fra ger ha in jo ka li mo na ol pe ra sa to ur vi wa xi ya zu stein berg mann son ez'.split(' ');

/** A store of so many invented users, searchable, in a temporary folder; made once and used again. */
export function prepareUserStore(count: number): BenchStore {
  // The number goes up with what is in the store.
  const folder = join(tmpdir(), `mfa-bench-users-3-${count}`);
  const file = join(folder, 'store.db');
  if (existsSync(file)) return { file, bytes: statSync(file).size, indexing: null };
  mkdirSync(folder, { recursive: true });
  const unfinished = `${file}.part`;
  for (const suffix of ['', '-wal', '-shm']) rmSync(unfinished + suffix, { force: true });
  const database = new DatabaseSync(unfinished);
  database.exec('PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-64000');
  for (const migration of storeFiles(folder).users.migrations) database.exec(migration);
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
     directory_id, dn, import_job, imported_at, created_at, updated_at, has_pin, pin_set_at, pin_expiration_days, language_text)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?)`);
  const insertTag = database.prepare('INSERT INTO user_tags (user_id, tag_id) VALUES (?, ?)');
  const methods = ['call', 'text', 'app', 'oath'] as const;
  database.exec('BEGIN');
  for (const tag of tags) database.prepare(`INSERT INTO tags (name, name_key, color) VALUES (?, ?, 'blue')`).run(tag, tag);
  for (let index = 0; index < count; index++) {
    const first = firstNames[random(firstNames.length)] ?? '';
    const last = lastNames[random(lastNames.length)] ?? '';
    const username = `${first}.${last}${index}@corp.contoso.test`.toLowerCase();
    const phone = random(10) > 0 ? `+1425${1_000_000 + random(8_999_999)}` : '';
    const shown = random(20) > 0 ? username : '';
    const group = random(3) > 0 ? `Group ${random(200)}` : '';
    const backupPhone = random(5) > 0 ? '' : `+49301${random(9_999_999)}`;
    const [method, enabled, complete] = [methods[random(4)] ?? 'call', Number(random(9) > 0), Number(phone !== '')];
    const mode = modesOf[method][random(modesOf[method].length)] ?? 'standard';
    const dn = `CN=${first} ${last},OU=People,DC=corp,DC=contoso,DC=test`;
    const pinSetAt = random(3) > 0 ? null : 1_600_000_000_000 + random(1e9) * 100;
    const expirationDays = random(10) > 0 ? null : random(100);
    const language = random(20) > 0 ? '' : 'de';
    const [createdAt, updatedAt] = [1_700_000_000_000 + random(1e9), 1_700_000_000_000 + random(1e9)];
    // prettier-ignore
    insert.run(
      username, username, first, last, fold(`${last} ${first}`), shown, group, phone, backupPhone, method, mode, enabled, complete,
      random(50) > 0 ? `id${index}` : null, dn, `job-${index >> 17}`, createdAt, updatedAt, Number(pinSetAt !== null), pinSetAt, expirationDays, language,
    );
    tags.forEach((_tag, place) => {
      if (random(10 ** (place + 1)) === 0) insertTag.run(index + 1, place + 1);
    });
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
