import { Worker } from 'node:worker_threads';

export interface SearchIndexerOptions {
  /** workers/listWorker.ts, or what the bundler made of it. */
  readonly workerFile: string | URL;
  readonly storeFile: string;
  /** The index falls behind but searches stay right; to be logged. The thread goes on, or is started again after `restartMs`. */
  failed(message: string): void;
}

export interface SearchIndexer {
  /** Resolves when the thread has ended. */
  stop(): Promise<void>;
}

const restartMs = 5_000;

/**
 * Keeps the search index up to date in a thread of its own, until stopped. To be started by the process that holds the
 * lease, and stopped when it loses it; two at once do no harm but double work.
 */
export function startSearchIndexer({ workerFile, storeFile, failed }: SearchIndexerOptions): SearchIndexer {
  let isStopped = false;
  let restart: NodeJS.Timeout | undefined;
  let ended = Promise.resolve();
  let worker: Worker | undefined;

  function start(): void {
    const started = new Worker(workerFile, { workerData: { storeFile, lane: 'index' }, name: 'search index' });
    worker = started;
    started.unref();
    started.on('message', failed);
    started.on('error', (error) => failed(error instanceof Error ? error.message : String(error)));
    ended = new Promise((resolve) => {
      started.on('exit', () => {
        if (!isStopped) restart = setTimeout(start, restartMs).unref();
        resolve();
      });
    });
  }

  start();
  return {
    async stop() {
      isStopped = true;
      clearTimeout(restart);
      worker?.ref();
      worker?.postMessage('stop');
      await ended;
    },
  };
}
