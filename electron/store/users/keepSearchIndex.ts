import type { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import { indexSome } from './searchIndex.ts';
import { readVersion } from './userSearch.ts';

export interface IndexerPorts {
  /** A writing connection with `addUserFunctions` and a busy timeout. */
  readonly database: DatabaseSync;
  readonly signal: AbortSignal;
  /** What went wrong with one round; the next one tries again. */
  failed(error: unknown): void;
}

/** How often the log is looked at while it is empty, and after a failure. */
const pollMs = 500;
/** Changes rest in the log for so long after the last commit, so that the lists in memory can take them over from it. */
const restMs = 1_000;
/** Others who want to write wait no longer than this for one round; and so long is left to them between two rounds. */
const roundMs = 25;
const gapMs = 4;

/** Keeps the search index up to date until the signal aborts. For the holder of the lease only, in a thread of its own. */
export async function keepSearchIndex({ database, signal, failed }: IndexerPorts): Promise<void> {
  let limit = 200;
  let version = -1;
  while (!signal.aborted) {
    try {
      const before = version;
      version = readVersion(database);
      if (version !== before) {
        await pause(restMs, signal);
        continue;
      }
      const startedAt = performance.now();
      const taken = indexSome(database, limit);
      const tookMs = performance.now() - startedAt;
      // What one round can do is known only from how long the last one took.
      if (taken === limit || tookMs > roundMs) limit = Math.max(50, Math.min(4_000, Math.round(limit * Math.min(2, roundMs / tookMs))));
      await pause(taken > 0 ? gapMs : pollMs, signal);
    } catch (error) {
      failed(error);
      await pause(pollMs, signal);
    }
  }
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await delay(milliseconds, undefined, { signal }).catch(() => undefined);
}
