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
        (result) => port.postMessage({ id, result } satisfies FromWorker, [...new Set(buffersOf(result))]),
        (error: unknown) => port.postMessage(failureOf(id, error)),
      )
      .finally(() => running.delete(id));
  });
}

/** Of typed arrays in an answer, which may share one; lists of rows have none. */
function buffersOf(result: unknown): ArrayBuffer[] {
  if (result instanceof Uint32Array) return [result.buffer as ArrayBuffer];
  if (typeof result !== 'object' || result === null || Array.isArray(result)) return [];
  return Object.values(result).flatMap(buffersOf);
}

function failureOf(id: number, thrown: unknown): FromWorker {
  const error = toStoreError(thrown) ?? thrown;
  if (error instanceof AppError) return { id, error: { code: error.code, message: error.message, details: error.details } };
  return { id, error: error instanceof Error ? { message: error.message, stack: error.stack } : { message: String(error) } };
}
