import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises';
import { parentPort, Worker, workerData } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import { answerSlowly } from '../store/users/answerSlowly.ts';
import { createOrderBuilder } from '../store/users/buildOrder.ts';
import { findInHalves, isFoundInHalves } from '../store/users/findInHalves.ts';
import { createFinder, finderLimits } from '../store/users/finder.ts';
import { createKeptFiles } from '../store/users/keptFiles.ts';
import { keepSearchIndex } from '../store/users/keepSearchIndex.ts';
import { serveQueries } from '../store/users/serveQueries.ts';
import { openForIndexing, openForReading } from '../store/users/userConnection.ts';
import { createUserList } from '../store/users/userList.ts';
import type { SlowAnswer, SlowQuery, UserQuery } from '../store/users/userMessages.ts';
import { createUserRows } from '../store/users/userRows.ts';
import { parseSearch } from '../store/users/userSearch.ts';
import { createQueue } from '../store/users/workQueue.ts';
import { createWorkerClient } from '../store/users/workerClient.ts';

type SlowLane = 'find' | 'half' | 'order';

/**
 * Reads users for createUserReader. The quick lane answers; what would keep others waiting it gives to threads of the
 * same file that do one thing after the other: one finds, one helps it where all users have to be looked at, one sorts, so that no
 * search waits for an order. The last lane, started by startSearchIndexer in one process only, brings the search index up to date.
 */
const { storeFile, lane } = workerData as { storeFile: string; lane: 'quick' | SlowLane | 'index' };
if (!parentPort) throw new Error('listWorker runs as a worker thread only.');
/** The log of changes is emptied some time after a commit; before that what is in memory takes the changes over. */
const refreshMs = 300;
/** A page that shows the first rows on the same computer needs the processor for about so long. */
const laterMs = 1_500;
const later = (work: () => void) => void setTimeout(work, laterMs).unref();
const neverAborts = new AbortController().signal;

if (lane === 'index') keepIndex(parentPort);
else if (lane === 'quick') serveQuickly(parentPort);
else serveSlowly(parentPort, lane);

/** The store is opened with the first question: the thread starts while the host still opens, and perhaps migrates, its store. */
function serveQuickly(port: MessagePort): void {
  let answer: ReturnType<typeof openQuickLane> | undefined;
  serveQueries<UserQuery>(port, async (query, signal) => (answer ??= openQuickLane())(query, signal));
}

function openQuickLane(): (query: UserQuery, signal: AbortSignal) => Promise<unknown> {
  const database = openForReading(storeFile);
  const laneOf = (name: SlowLane) =>
    createWorkerClient<SlowQuery>(
      'reads users',
      () => new Worker(new URL(import.meta.url), { workerData: { storeFile, lane: name }, name: `users, ${name} lane` }),
    );
  // The second half of a filter has a thread of its own: one that sorts meanwhile would keep it waiting.
  const [finds, others, orders] = [laneOf('find'), laneOf('half'), laneOf('order')];
  const asks = (thread: typeof finds) => (query: SlowQuery, signal?: AbortSignal) => thread.ask(query, signal) as Promise<SlowAnswer>;
  const rows = createUserRows(database);
  const users = createUserList({
    database,
    files: createKeptFiles({ storeFile, database }),
    slow(query, signal) {
      if (query.kind === 'found' && isFoundInHalves(query.selection))
        return findInHalves(asks(finds), asks(others), query.selection, signal);
      const isSearch = query.kind === 'found' || (query.kind === 'top' && parseSearch(query.selection).key !== '');
      return (isSearch ? finds : orders).ask(query, signal) as Promise<SlowAnswer>;
    },
    now: () => performance.now(),
    leastKept: 20_000,
    later,
  });
  setInterval(() => users.refresh(), refreshMs).unref();
  return async (query, signal) => {
    if (query.kind === 'get') return rows.get(query.key);
    if (query.kind === 'count') return users.count(query.selection, signal);
    if (query.kind === 'idsAt') return users.idsAt(query.selection, query.ranges, signal);
    if (query.kind === 'placesOf') return users.placesOf(query.selection, query.ids, signal);
    if (query.kind === 'methods') return others.ask({ kind: 'methods' }, signal);
    if (query.kind === 'ids') return users.ids(query.selection, signal);
    // Who looks at the list may search it next.
    return users.list(query.window, signal).finally(() => later(() => [finds, others].forEach((thread) => thread.start())));
  };
}

function serveSlowly(port: MessagePort, name: SlowLane): void {
  const database = openForReading(storeFile);
  const files = createKeptFiles({ storeFile, database });
  const finder = createFinder(database, finderLimits, { files, now: () => performance.now() });
  const orders = createOrderBuilder(database);
  const queue = createQueue();
  serveQueries<SlowQuery>(port, (query, signal) => {
    const pause = async () => {
      await nextTurn();
      signal.throwIfAborted();
    };
    return queue.run(() => answerSlowly({ database, finder, orders, files }, query, pause), {
      isUrgent: query.kind === 'found' || query.kind === 'top',
      signal,
    });
  });
  if (name === 'find')
    void keepPrepared(() =>
      queue.run(
        async () => {
          const goesOn = finder.prepare();
          if (!goesOn) finder.keepText();
          return goesOn;
        },
        { isUrgent: false, signal: neverAborts },
      ),
    );
}

/** Reads the search text before the first search needs it, and follows the changes. A failure is tried again; a search says what it was. */
async function keepPrepared(prepare: () => Promise<boolean>): Promise<void> {
  for (;;) {
    const goesOn = await prepare().catch(() => false);
    await (goesOn ? nextTurn() : delay(refreshMs));
  }
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
