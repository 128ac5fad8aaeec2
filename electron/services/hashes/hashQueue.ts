/** `now`: somebody waits for the answer. `later`: part of a job over many users; goes on when nobody waits. */
export type HashLane = 'now' | 'later';

export interface HashQueue {
  /** Runs `work` when its turn comes. Rejects with the signal's reason when it aborts before that. */
  run<T>(lane: HashLane, work: () => Promise<T>, signal?: AbortSignal): Promise<T>;
}

interface Waiting {
  start(): void;
}

/**
 * Lets at most `width` hashes run at once. Node computes scrypt in the four threads that also resolve host names and read files;
 * the rest of them stays free for those, and what waits here costs nothing.
 */
export function createHashQueue(width: number): HashQueue {
  const lanes: Record<HashLane, Waiting[]> = { now: [], later: [] };
  let running = 0;

  function next() {
    while (running < width) {
      const waiting = lanes.now.shift() ?? lanes.later.shift();
      if (!waiting) return;
      running++;
      waiting.start();
    }
  }

  return {
    run(lane, work, signal) {
      return new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason as Error);
        const leave = () => {
          lanes[lane] = lanes[lane].filter((other) => other !== waiting);
          reject(signal?.reason as Error);
        };
        const waiting: Waiting = {
          start() {
            signal?.removeEventListener('abort', leave);
            void work()
              .then(resolve, reject)
              .finally(() => {
                running--;
                next();
              });
          },
        };
        signal?.addEventListener('abort', leave, { once: true });
        lanes[lane].push(waiting);
        next();
      });
    },
  };
}
