/**
 * PIN hashing: the cost of one hash, the rate of a job, and what other calls notice of it: those that need the thread, and those that
 * need the threads of files and names. The peer is scrypt called for all PINs at once, without the queue.
 */
import { randomBytes, scrypt } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { createSecretHashes } from '../../electron/services/hashes/secretHashes.ts';
import { createTestSealer } from '../../electron/services/pins/testing.ts';
import { Secret } from '../../shared/lib/secret.ts';

const count = Number(process.env['PINS'] ?? 1_000);
const sealer = createTestSealer();
const hashes = createSecretHashes(async () => sealer);
const percentile = (sorted: readonly number[], part: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;

/** How long a call takes that only needs the thread, and one that needs a thread of the pool, while `work` runs. */
async function watched(work: () => Promise<unknown>) {
  const thread: number[] = [];
  const pool: number[] = [];
  const over = new AbortController();
  const watch = (async () => {
    while (!over.signal.aborted) {
      const asked = performance.now();
      await new Promise((resolve) => setImmediate(resolve));
      thread.push(performance.now() - asked);
      const read = performance.now();
      await stat('.');
      pool.push(performance.now() - read);
      await sleep(5);
    }
  })();
  const startedAt = performance.now();
  await work();
  const seconds = (performance.now() - startedAt) / 1000;
  over.abort();
  await watch;
  const summary = (times: number[]) => {
    const sorted = times.toSorted((a, b) => a - b);
    return { p95: percentile(sorted, 0.95), worst: sorted.at(-1) ?? 0 };
  };
  return { seconds, thread: summary(thread), pool: summary(pool) };
}

async function one(): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < 20; i++) {
    const startedAt = performance.now();
    await hashes.hash('pin', new Secret('2749'), 'now');
    times.push(performance.now() - startedAt);
  }
  return percentile(
    times.toSorted((a, b) => a - b),
    0.5,
  );
}

const hashMs = await one();
let personMs = 0;
const queued = await watched(async () => {
  const job = Promise.all(Array.from({ length: count }, (_, i) => hashes.hash('pin', new Secret(String(i)), 'later')));
  await sleep(500);
  const startedAt = performance.now();
  await hashes.hash('pin', new Secret('2749'), 'now');
  personMs = performance.now() - startedAt;
  await job;
});
const unqueued = await watched(() =>
  Promise.all(
    Array.from(
      { length: count },
      (_, i) => new Promise((resolve) => scrypt(String(i), randomBytes(16), 32, { N: 2 ** 14, r: 8, p: 1 }, resolve)),
    ),
  ),
);

const result = {
  pins: count,
  hashMs,
  pinsPerSecond: count / queued.seconds,
  personBehindJobMs: personMs,
  otherCallsMs: { thread: queued.thread, pool: queued.pool },
  peer: { pinsPerSecond: count / unqueued.seconds, otherCallsMs: { thread: unqueued.thread, pool: unqueued.pool } },
};
process.stdout.write(`${JSON.stringify(result)}\n`);
