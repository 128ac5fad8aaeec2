import { setImmediate as nextTurn } from 'node:timers/promises';
import { parentPort, Worker, workerData } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import { answerSlowly } from '../store/users/answerSlowly.ts';
import { keepSearchIndex } from '../store/users/keepSearchIndex.ts';
import { serveQueries } from '../store/users/serveQueries.ts';
import { openForIndexing, openForReading } from '../store/users/userConnection.ts';
import { createUserList } from '../store/users/userList.ts';
import type { SlowAnswer, SlowQuery, UserQuery } from '../store/users/userMessages.ts';
import { createUserRows } from '../store/users/userRows.ts';
import { createQueue } from '../store/users/workQueue.ts';
import { createWorkerClient } from '../store/users/workerClient.ts';

/**
 * Reads users for createUserReader. The quick lane answers; what would keep others waiting it gives to the slow lane,
 * a second thread of the same file that does one thing after the other. A third lane, started by startSearchIndexer in
 * one process only, brings the search index up to date.
 */
const { storeFile, lane } = workerData as { storeFile: string; lane: 'quick' | 'slow' | 'index' };
if (!parentPort) throw new Error('listWorker runs as a worker thread only.');
/** The log of changes is emptied some time after a commit; before that the lists in memory take the changes over. */
const refreshMs = 300;

if (lane === 'index') keepIndex(parentPort);
else if (lane === 'slow') serveSlowly(parentPort);
else serveQuickly(parentPort);

function serveQuickly(port: MessagePort): void {
  const database = openForReading(storeFile);
  const startSlowLane = () => new Worker(new URL(import.meta.url), { workerData: { storeFile, lane: 'slow' }, name: 'users, slow lane' });
  const slowLane = createWorkerClient<SlowQuery>('users', startSlowLane);
  const rows = createUserRows(database);
  const users = createUserList({
    database,
    slow: (query, signal) => slowLane.ask(query, signal) as Promise<SlowAnswer>,
    now: () => performance.now(),
  });
  serveQueries<UserQuery>(port, async (query, signal) => {
    if (query.kind === 'list') return users.list(query.window, signal);
    if (query.kind === 'count') return users.count(query.selection, signal);
    return rows.get(query.key);
  });
  setInterval(() => users.refresh(), refreshMs).unref();
}

function serveSlowly(port: MessagePort): void {
  const database = openForReading(storeFile);
  const queue = createQueue();
  serveQueries<SlowQuery>(port, (query, signal) => {
    const pause = async () => {
      await nextTurn();
      signal.throwIfAborted();
    };
    return queue.run(() => answerSlowly(database, query, pause), { isUrgent: query.kind !== 'order', signal });
  });
}

/** Ends, between two transactions, when it is told anything. */
function keepIndex(port: MessagePort): void {
  const stop = new AbortController();
  port.once('message', () => stop.abort());
  const database = openForIndexing(storeFile);
  const failed = (error: unknown) => port.postMessage(error instanceof Error ? error.message : String(error));
  void keepSearchIndex({ database, signal: stop.signal, failed }).finally(() => {
    database.close();
    port.close();
  });
}
