/**
 * How fast the list of users answers over a million users, in one run with plain SQL on the same store.
 * node e2e/bench/users.bench.ts [--users N] [--queries N] [--out FILE.json]
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { userColumns, type UserColumn } from '../../shared/contract/users.contract.ts';
import type { UserReader, UserSelection, UserWindow } from '../../electron/services/users/userReader.ts';
import { createRandom } from '../../electron/store/users/testing.ts';
import { createUserReader } from '../../electron/store/users/userReader.ts';
import { parseUserFilter } from '../../shared/users/filterText.ts';
import { resolveSelection } from '../../shared/users/resolveFilter.ts';
import { prepareUserStore } from './userStore.ts';

const workerFile = new URL('../../electron/workers/listWorker.ts', import.meta.url);
const { values: options } = parseArgs({
  options: {
    users: { type: 'string', default: '1000000' },
    queries: { type: 'string', default: '600' },
    out: { type: 'string' },
    first: { type: 'string' },
    window: { type: 'string' },
  },
});

/** Plain SQL takes about a second each. */
const plainQueries = 15;

/** From those that everybody has to those that nobody has, and such as have no trigram. */
const terms = {
  frequent: ['contoso', 'corp', 'an', 'berg', '@corp.contoso', 'e', '1425'],
  medium: ['bergmann', 'xiya', 'stein mann', 'group 17', 'zoë', '12 berg'],
  rare: ['12345', 'jurgen.muller', '425 123', 'дмитрий garcia', 'zz7', '99999@'],
  none: ['qqqq', 'nobody', 'contoso qqqq'],
  short: ['b', 'ü', 'xy', 'qz', '99', 'д'],
};

const everybody: UserWindow = { search: '', sort: { column: 'username', descending: false }, offset: 0, limit: 100 };

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

function summary(timesMs: readonly number[]) {
  const sorted = [...timesMs].sort((a, b) => a - b);
  const at = (share: number) => Number((sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0).toFixed(1));
  return { count: sorted.length, p50Ms: at(0.5), p95Ms: at(0.95), maxMs: at(1) };
}

/**
 * Half of the windows without a search, the others with one of all the terms above; any of the 11 columns in either
 * direction; a third at the top of the list, the others at any offset: over the whole list, or over a twentieth of it with a
 * search, which lies beyond the end for most terms.
 */
function mix(count: number, userCount: number, seed: number): UserWindow[] {
  const random = createRandom(seed);
  const all = Object.values(terms).flat();
  return Array.from({ length: count }, () => {
    const search = random(2) === 0 ? '' : (all[random(all.length)] ?? '');
    const column = userColumns[random(userColumns.length)] ?? 'username';
    return {
      search,
      sort: { column, descending: random(2) === 0 },
      offset: random(3) === 0 ? 0 : random(search ? userCount / 20 : userCount),
      limit: 100,
    };
  });
}

/**
 * Cold: the first window of its search or of its column since the reader was started, so that something must be found or
 * sorted first. Warm: all others.
 */
async function runNew(reader: UserReader, windows: readonly UserWindow[]) {
  const seen = new Set(['']);
  const [cold, warm]: [number[], number[]] = [[], []];
  for (const window of windows) {
    const parts = [window.search, `by ${window.sort.column}`];
    const isCold = parts.some((part) => !seen.has(part));
    for (const part of parts) seen.add(part);
    (isCold ? cold : warm).push(await timed(() => reader.list(window)));
  }
  return { all: summary([...cold, ...warm]), cold: summary(cold), warm: summary(warm) };
}

async function run(reader: UserReader, windows: readonly UserWindow[]) {
  const times: number[] = [];
  for (const window of windows) times.push(await timed(() => reader.list(window)));
  return summary(times);
}

/** One condition of each kind, and some together; few users and nearly all. */
const filters = [
  'enabled:no',
  'enabled:yes',
  'method:text/two-way-otp',
  'missing:pin',
  'tag:staff',
  '-tag:vip',
  'phone:none',
  'group:"Group 17"',
  'group:Group*',
  'email~contoso',
  'last~berg',
  'phone:+1425*',
  'dn~zz',
  'pin-expired:yes',
  'language-text:de',
  'origin:manual',
  'updated>=2023-11-20',
  'enabled:no method:text -tag:staff group:any email~berg',
  'any(phone:none missing:pin tag:vip)',
  'username:nobody*',
];

function selectionOf(text: string): UserSelection {
  const parsed = parseUserFilter(text);
  if ('error' in parsed) throw new Error(parsed.error.message);
  return resolveSelection({ search: '', filter: parsed.filter }, { now: Date.now, pinExpirationDays: () => 90 });
}

/** The first window and the count of each filter as a page asks for them, together; then windows at any offset by any column. */
async function runFilters(reader: UserReader) {
  const random = createRandom(9);
  const first: Record<string, { firstWindowMs: number; countMs: number; hits: number }> = {};
  const later: number[] = [];
  for (const text of filters) {
    const selection = selectionOf(text);
    const startedAt = performance.now();
    let [firstWindowMs, countMs] = [0, 0];
    const window = reader.list({ ...everybody, ...selection }).then(() => (firstWindowMs = performance.now() - startedAt));
    const hits = await reader.count(selection).finally(() => (countMs = performance.now() - startedAt));
    await window;
    first[text] = { firstWindowMs: Math.round(firstWindowMs), countMs: Math.round(countMs), hits };
    for (let index = 0; index < 15; index++) {
      const column = userColumns[random(userColumns.length)] ?? 'username';
      const sort = { column, descending: random(2) === 0 };
      later.push(await timed(() => reader.list({ ...selection, sort, offset: random(hits), limit: 100 })));
    }
  }
  const times = Object.values(first);
  return {
    first,
    firstWindow: summary(times.map(({ firstWindowMs }) => firstWindowMs)),
    count: summary(times.map(({ countMs }) => countMs)),
    windows: summary(later),
    allWindows: summary([...later, ...times.map(({ firstWindowMs }) => firstWindowMs)]),
  };
}

/** What the list would be without indexes of its own: one statement per window. */
function plainSql(file: string, windows: readonly UserWindow[]) {
  const database = new DatabaseSync(file, { readOnly: true });
  const columns: Partial<Record<UserColumn, string>> = { username: 'username_key', name: 'name_key' };
  const times = windows.map(({ search, sort, offset, limit }) => {
    const column = columns[sort.column] ?? sort.column.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    const words = search.split(' ').filter(Boolean);
    const where =
      words.map(() => `username || ' ' || name_key || ' ' || email || ' ' || user_group || ' ' || phone LIKE ?`).join(' AND ') || '1';
    const startedAt = performance.now();
    database
      .prepare(`SELECT * FROM users WHERE ${where} ORDER BY ${column} ${sort.descending ? 'DESC' : ''} LIMIT ? OFFSET ?`)
      .all(...words.map((word) => `%${word}%`), limit, offset);
    return performance.now() - startedAt;
  });
  database.close();
  return summary(times);
}

/** From the start of a process to its first answer, as that process measures it. */
function firstAnswer(file: string, window: UserWindow) {
  const times = Array.from({ length: 3 }, () =>
    Number(
      execFileSync(process.execPath, [fileURLToPath(import.meta.url), '--first', file, '--window', JSON.stringify(window)], {
        encoding: 'utf8',
      }),
    ),
  );
  return summary(times);
}

/** Another thread changes a fifth of the users in one transaction, and takes it back. */
function startBigTransaction(file: string): Promise<void> {
  const code = `const { DatabaseSync } = require('node:sqlite'); const database = new DatabaseSync(${JSON.stringify(file)}, { timeout: 5000 });
    database.exec("BEGIN IMMEDIATE; UPDATE users SET dn = dn || 'x', updated_at = updated_at + 1, name_key = name_key || 'x' WHERE id % 5 = 0; ROLLBACK"); database.close();`;
  return new Promise((resolve, reject) => new Worker(code, { eval: true }).on('exit', () => resolve()).on('error', reject));
}

async function bench() {
  const userCount = Number(options.users);
  const { file, bytes, indexing } = prepareUserStore(userCount);
  const first = {
    username: firstAnswer(file, everybody),
    email: firstAnswer(file, { ...everybody, sort: { column: 'email', descending: true } }),
    search: firstAnswer(file, { ...everybody, search: 'bergmann' }),
  };

  const windows = mix(Number(options.queries), userCount, 3);
  const reader = createUserReader({ workerFile, storeFile: file });
  const fromStart = await runNew(reader, windows);
  const warm = await run(reader, mix(Number(options.queries), userCount, 4));
  const again = await run(reader, windows);

  const filtered = await runFilters(reader);

  // As somebody who opens the list and types at once: the first count waits until the text has been read.
  const fresh = createUserReader({ workerFile, storeFile: file });
  await fresh.list(everybody);
  const typedAtOnce = await timed(() => fresh.count({ search: 'e' }));
  const typed: Record<string, { firstWindowMs: number; countMs: number; hits: number }> = {};
  for (const search of Object.values(terms).flat()) {
    const firstWindowMs = await timed(() => fresh.list({ ...everybody, search }));
    const startedAt = performance.now();
    const hits = await fresh.count({ search });
    typed[search] = { firstWindowMs: Math.round(firstWindowMs), countMs: Math.round(performance.now() - startedAt), hits };
  }
  const typing: number[] = [];
  for (const text of ['bergmann', 'jurgen.muller', 'stein mann', '4251234567']) {
    for (let length = 1; length <= text.length; length++) {
      typing.push(await timed(() => fresh.list({ ...everybody, search: text.slice(0, length) })));
      await fresh.count({ search: text.slice(0, length) });
    }
  }
  await fresh.close();

  let isWriting = true;
  const writing = startBigTransaction(file).finally(() => (isWriting = false));
  const meanwhile: number[] = [];
  for (const window of mix(100_000, userCount, 5)) {
    if (!isWriting) break;
    meanwhile.push(await timed(() => reader.list(window)));
  }
  await writing;

  const peer = plainSql(file, windows.slice(0, plainQueries));
  await reader.close();
  return {
    node: process.version,
    cpu: cpus()[0]?.model,
    cores: cpus().length,
    users: userCount,
    storeMb: Math.round(bytes / 2 ** 20),
    indexing,
    firstAnswer: first,
    list: { fromStart, warm, again, whileATransactionIsWritten: summary(meanwhile) },
    filters: filtered,
    firstCountOfAFrequentLetterMs: Math.round(typedAtOnce),
    typed,
    letterByLetter: summary(typing),
    plainSql: peer,
    ratioOfP50: {
      coldToPlainSql: Number((fromStart.cold.p50Ms / peer.p50Ms).toFixed(4)),
      warmToPlainSql: Number((warm.p50Ms / peer.p50Ms).toFixed(4)),
    },
    rssMb: Math.round(process.memoryUsage().rss / 2 ** 20),
  };
}

if (options.first !== undefined) {
  const reader = createUserReader({ workerFile, storeFile: options.first });
  const rows = await reader.list(JSON.parse(options.window ?? '') as UserWindow);
  if (rows.length === 0) throw new Error('No rows.');
  process.stdout.write(String(performance.now()));
  await reader.close();
} else {
  const result = await bench();
  if (options.out !== undefined) writeFileSync(options.out, `${JSON.stringify(result, null, 2)}\n`);
  process.stdout.write(`${JSON.stringify(result)}\n`);
}
