import { setImmediate as nextTurn } from 'node:timers/promises';
import { parentPort, Worker, workerData } from 'node:worker_threads';
import { answerSlowly } from '../store/users/answerSlowly.ts';
import { serveQueries } from '../store/users/serveQueries.ts';
import { openForReading } from '../store/users/userConnection.ts';
import { createUserList } from '../store/users/userList.ts';
import type { SlowAnswer, SlowQuery, UserQuery } from '../store/users/userMessages.ts';
import { createUserRows } from '../store/users/userRows.ts';
import { createQueue } from '../store/users/workQueue.ts';
import { createWorkerClient } from '../store/users/workerClient.ts';

/**
 * Reads users for createUserReader. The quick lane answers; what would keep others waiting it gives to the slow lane,
 * a second thread of the same file that does one thing after the other.
 */
const { storeFile, lane } = workerData as { storeFile: string; lane: 'quick' | 'slow' };
if (!parentPort) throw new Error('listWorker runs as a worker thread only.');
const database = openForReading(storeFile);
/** The log of changes is emptied some time after a commit; before that the lists in memory take the changes over. */
const refreshMs = 300;

if (lane === 'slow') {
  const queue = createQueue();
  serveQueries<SlowQuery>(parentPort, (query, signal) => {
    const pause = async () => {
      await nextTurn();
      signal.throwIfAborted();
    };
    return queue.run(() => answerSlowly(database, query, pause), { isUrgent: query.kind !== 'order', signal });
  });
} else {
  const slowLane = createWorkerClient<SlowQuery>(
    'users',
    () => new Worker(new URL(import.meta.url), { workerData: { storeFile, lane: 'slow' }, name: 'users, slow lane' }),
  );
  const rows = createUserRows(database);
  const users = createUserList({
    database,
    slow: (query, signal) => slowLane.ask(query, signal) as Promise<SlowAnswer>,
    now: () => performance.now(),
  });
  serveQueries<UserQuery>(parentPort, async (query, signal) => {
    if (query.kind === 'list') return users.list(query.window, signal);
    if (query.kind === 'count') return users.count(query.selection, signal);
    return rows.get(query.key);
  });
  setInterval(() => users.refresh(), refreshMs).unref();
}
