/**
 * How long the Outbox takes in a big store: windows of its list in each state, at its beginning and deep in it, a search, counts, the chart of the
 * last day, and the longest time that anything else had to wait meanwhile.
 * node e2e/bench/outbox.bench.ts [--mails N] [--rounds N]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readDayLimit } from '../../electron/services/email/dayLimit.ts';
import { lastDay } from '../../electron/services/email/lastDay.ts';
import { createOutboxRepository } from '../../electron/store/mail/outboxRepository.ts';
import { openDatabase } from '../../electron/store/database.ts';
import { storeFiles } from '../../electron/store/storeFiles.ts';
import type { MailState } from '../../shared/contract/outbox.contract.ts';

const { values: options } = parseArgs({
  options: { mails: { type: 'string', default: '1000000' }, rounds: { type: 'string', default: '40' } },
});
const mails = Number(options.mails);
const rounds = Number(options.rounds);
const folder = mkdtempSync(join(tmpdir(), 'mfa-outbox-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
const now = Date.now();

const database = openDatabase(storeFiles(folder).mail);
const filledAt = performance.now();
database.exec('BEGIN');
database
  .prepare(`INSERT INTO mail_contents (hash, template, language, subject, body) VALUES ('h', 'call-pin-new-user', 'en', 'Hello', ?)`)
  .run('Hello <$name$>, '.repeat(60));
// Nine of ten were sent, the last of them within the last day; the others wait or failed.
database
  .prepare(
    `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :mails)
    INSERT INTO mails (message_id, campaign, user_id, username, to_name, to_address, content_id, merge_values, state, created_at, updated_at, due_at)
    SELECT '<' || i || '@mfa.corp.example>', 'c' || (i / 100000), i, 'user' || i || '@corp.example', 'User ' || i, 'user' || i || '@corp.example', 1,
      '{"name":"User ' || i || '","first_name":"User","phone":"+1 425 555 0100","company_name":"Contoso","server_name":"MFA01"}',
      CASE WHEN i % 10 THEN 'sent' ELSE CASE (i / 10) % 4 WHEN 0 THEN 'held' WHEN 1 THEN 'failed' WHEN 2 THEN 'deferred' ELSE 'queued' END END,
      :now - (:mails - i) * 500, :now - (:mails - i) * 500, :now FROM n`,
  )
  .run({ mails, now });
database
  .prepare(`INSERT INTO mail_attempts SELECT id, updated_at, state, '250 ok' FROM mails WHERE state IN ('sent', 'failed', 'deferred')`)
  .run();
database.exec('COMMIT');
const fillMs = performance.now() - filledAt;
const store = createOutboxRepository(database);

/** The longest time in which nothing else had a turn. */
let worstWait = 0;
let lastTurn = performance.now();
let isDone = false;
function turn(): void {
  const at = performance.now();
  worstWait = Math.max(worstWait, at - lastTurn);
  lastTurn = at;
  if (!isDone) setImmediate(turn);
}

async function measured(work: (round: number) => unknown, times = rounds) {
  const took: number[] = [];
  const first = performance.now();
  lastTurn = first;
  worstWait = 0;
  for (let round = 0; round < times; round += 1) {
    const startedAt = performance.now();
    await work(round);
    took.push(performance.now() - startedAt);
    await new Promise(setImmediate);
  }
  const sorted = took.toSorted((one, other) => one - other);
  const at = (share: number) => Number(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!.toFixed(1));
  return {
    firstMs: Number(took[0]!.toFixed(1)),
    medianMs: at(0.5),
    p95Ms: at(0.95),
    worstMs: at(1),
    blockedMs: Number(worstWait.toFixed(1)),
  };
}

turn();
const limit = 100;
const results: Record<string, unknown> = { mails, fillMs: Math.round(fillMs) };
const lists: readonly [string, { search: string; state?: MailState }][] = [
  ['all', { search: '' }],
  ...(['sent', 'held', 'queued', 'cancelled'] as const).map((state): [string, { search: string; state: MailState }] => [
    state,
    { search: '', state },
  ]),
  ['search', { search: 'user77777' }],
  ['search in a state', { search: 'ser7777', state: 'held' }],
  ['search that finds all', { search: 'corp.example' }],
];
for (const [name, selection] of lists) {
  // The first time a text is looked for, all mails are looked through.
  const askedAt = (lastTurn = performance.now());
  worstWait = 0;
  const { total } = await store.list({ ...selection, offset: 0, limit });
  results[`${name}: first`] = { ms: Number((performance.now() - askedAt).toFixed(1)), blockedMs: Number(worstWait.toFixed(1)) };
  results[`${name}: top`] = { total, ...(await measured(() => store.list({ ...selection, offset: 0, limit }))) };
  const deep = (round: number) => Math.max(0, Math.floor((total * (round + 1)) / (rounds + 1)) - limit);
  results[`${name}: deep`] = await measured((round) => store.list({ ...selection, offset: deep(round), limit }));
  results[`${name}: count`] = await measured(() => store.count(selection));
}
results['places of 1,000'] = await measured((round) =>
  store.placesOf(
    { search: '' },
    Array.from({ length: 1000 }, (_none, at) => ((round * 7919 + at * 997) % mails) + 1),
  ),
);
results['ids of 100,000'] = await measured(
  (round) => store.idsAt({ search: '', state: 'sent' }, [{ from: round * 10, to: round * 10 + 100_000 }], 100_000),
  5,
);
const limited = { recipientsPerDay: 10_000, mode: 'relay' } as const;
results['stats'] = await measured(() => [store.counts(), store.sentSince(now - 86_400_000), readDayLimit(store, limited, now)]);
results['last day'] = await measured(() => lastDay(store, now));
results['release of all'] = await measured(() => store.release({ all: true }, now), 1);
isDone = true;
process.stdout.write(`${JSON.stringify(results)}\n`);
