import type { Worker } from 'node:worker_threads';
import { AppError, errorCodes } from '../../../shared/contract/errors.ts';
import type { FromWorker, ToWorker } from './userMessages.ts';

export interface WorkerClient<Query> {
  /** Rejects with the signal's reason at once when it aborts; the worker is told and stops where it can. */
  ask(query: Query, signal?: AbortSignal): Promise<unknown>;
  /** Starts the worker ahead of its first question. */
  start(): void;
  close(): Promise<void>;
}

interface Waiting {
  resolve(result: unknown): void;
  reject(error: unknown): void;
}

/**
 * Asks a worker by messages. The worker starts with the first question, and again with the next one after it ended:
 * what it was asked until then is rejected with AppError `internal`. Does not keep the process alive by itself.
 * `work` is what the thread does, for that error: "reads users".
 */
export function createWorkerClient<Query>(work: string, start: () => Worker): WorkerClient<Query> {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | undefined;
  let lastId = 0;
  let isClosed = false;

  function running(): Worker {
    if (worker) return worker;
    const started = start();
    worker = started;
    let failure: unknown;
    started.unref();
    started.on('message', (message: FromWorker) => {
      const asked = waiting.get(message.id);
      waiting.delete(message.id);
      if ('error' in message) asked?.reject(toError(message.error));
      else asked?.resolve(message.result);
      // While it is being ended the process waits for it, whatever it still says.
      if (waiting.size === 0 && !isClosed) started.unref();
    });
    started.on('error', (error) => (failure = error));
    started.on('exit', () => {
      if (worker === started) worker = undefined;
      const error = new AppError('internal', `The thread that ${work} ended. The next request starts it again.`, { cause: failure });
      for (const asked of waiting.values()) asked.reject(error);
      waiting.clear();
    });
    return started;
  }

  return {
    ask(query, signal) {
      if (isClosed) return Promise.reject(new AppError('internal', `The thread that ${work} was closed.`));
      if (signal?.aborted) return Promise.reject(signal.reason as Error);
      const asked = running();
      const id = ++lastId;
      return new Promise((resolve, reject) => {
        const cancel = () => {
          if (!waiting.delete(id)) return;
          asked.postMessage({ id, cancel: true } satisfies ToWorker<Query>);
          reject(signal?.reason as Error);
        };
        signal?.addEventListener('abort', cancel, { once: true });
        const settled = () => signal?.removeEventListener('abort', cancel);
        waiting.set(id, {
          resolve: (result) => (settled(), resolve(result)),
          reject: (error) => (settled(), reject(error as Error)),
        });
        asked.ref();
        asked.postMessage({ id, query } satisfies ToWorker<Query>);
      });
    },

    start() {
      if (!isClosed) running();
    },

    async close() {
      isClosed = true;
      worker?.ref();
      await worker?.terminate();
    },
  };
}

function toError({ code, message, stack, details }: Extract<FromWorker, { error: unknown }>['error']): Error {
  const known = errorCodes.find((each) => each === code);
  if (known) return new AppError(known, message, { details });
  const error = new Error(message);
  if (stack) error.stack = stack;
  return error;
}
