export interface WorkQueue {
  /** Runs when everything before it is done; urgent work goes before other work. Rejects without running when aborted until then. */
  run<T>(work: () => Promise<T>, options: { readonly isUrgent: boolean; readonly signal: AbortSignal }): Promise<T>;
}

/** One thing after the other. */
export function createQueue(): WorkQueue {
  const urgent: (() => Promise<void>)[] = [];
  const other: (() => Promise<void>)[] = [];
  let isBusy = false;

  async function drain(): Promise<void> {
    if (isBusy) return;
    isBusy = true;
    for (let next = urgent.shift() ?? other.shift(); next; next = urgent.shift() ?? other.shift()) await next();
    isBusy = false;
  }

  return {
    run: (work, { isUrgent, signal }) =>
      new Promise((resolve, reject) => {
        (isUrgent ? urgent : other).push(async () => {
          try {
            signal.throwIfAborted();
            resolve(await work());
          } catch (error) {
            reject(error as Error);
          }
        });
        void drain();
      }),
  };
}
