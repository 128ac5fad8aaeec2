import type { MessagePort } from 'node:worker_threads';
import { AppError } from '../../../shared/contract/errors.ts';
import { toStoreError } from '../storeErrors.ts';
import type { FromWorker, ToWorker } from './userMessages.ts';

/** Answers the questions of a createWorkerClient at the other end of `port`. Answers in typed arrays are moved, not copied. */
export function serveQueries<Query>(port: MessagePort, answer: (query: Query, signal: AbortSignal) => Promise<unknown>): void {
  const running = new Map<number, AbortController>();

  port.on('message', (message: ToWorker<Query>) => {
    if ('cancel' in message) {
      running.get(message.id)?.abort();
      return;
    }
    const { id, query } = message;
    const controller = new AbortController();
    running.set(id, controller);
    answer(query, controller.signal)
      .then(
        (result) => post({ id, result }),
        (error: unknown) => post(failureOf(id, error)),
      )
      .finally(() => running.delete(id));
  });

  function post(message: FromWorker): void {
    port.postMessage(message);
  }
}

function failureOf(id: number, thrown: unknown): FromWorker {
  const error = toStoreError(thrown) ?? thrown;
  if (error instanceof AppError) return { id, error: { code: error.code, message: error.message, details: error.details } };
  return { id, error: error instanceof Error ? { message: error.message, stack: error.stack } : { message: String(error) } };
}
