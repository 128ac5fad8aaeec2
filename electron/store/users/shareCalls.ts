/**
 * Calls that ask the same at the same time get the same answer: a window and the count of one search are found once.
 * The work is cancelled when all who wait for it have cancelled.
 */
export function shareCalls<Query, Answer>(
  call: (query: Query, signal: AbortSignal) => Promise<Answer>,
): (query: Query, signal?: AbortSignal) => Promise<Answer> {
  const running = new Map<string, { readonly answer: Promise<Answer>; readonly controller: AbortController; waiting: number }>();

  return (query, signal) => {
    if (signal?.aborted) return Promise.reject(signal.reason as Error);
    const key = JSON.stringify(query);
    let shared = running.get(key);
    if (!shared) {
      const controller = new AbortController();
      const started = { answer: call(query, controller.signal), controller, waiting: 0 };
      const forget = () => {
        if (running.get(key) === started) running.delete(key);
      };
      started.answer.then(forget, forget);
      running.set(key, started);
      shared = started;
    }
    const { answer, controller } = shared;
    const joined = shared;
    joined.waiting++;

    return new Promise((resolve, reject) => {
      const leave = () => {
        reject(signal?.reason as Error);
        if (--joined.waiting > 0) return;
        running.delete(key);
        controller.abort();
      };
      signal?.addEventListener('abort', leave, { once: true });
      answer.then(resolve, reject).finally(() => signal?.removeEventListener('abort', leave));
    });
  };
}
