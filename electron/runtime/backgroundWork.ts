/** Begins something that goes on until the returned function is called. */
export type Starter = () => () => void;

export interface BackgroundWorkPorts {
  /** Calls back again and again until the returned function is called. */
  every(intervalMs: number, callback: () => void): () => void;
  /** Deletes for good who has been in the recycle bin for too long. */
  forgetOld(signal: AbortSignal): Promise<void>;
  /** The recycle bin could not be cleaned up; the next round tries again. */
  log(error: unknown): void;
}

/** Whoever has just opened the console waits for its first window, and nobody waits for this. */
const workAfterMs = 1_000;
/** How often users are looked for who have been in the recycle bin for too long. */
const forgetEveryMs = 60 * 60 * 1000;
const firstForgetMs = 60 * 1000;

/** What the holder of the lease does beside answering calls, all of it begun and ended together, a second after it was asked for. */
export function createBackgroundWork({ every, forgetOld, log }: BackgroundWorkPorts, starters: readonly Starter[]): Starter {
  function after(milliseconds: number, callback: () => void): () => void {
    const stop = every(milliseconds, () => {
      stop();
      callback();
    });
    return stop;
  }

  const startForgetting: Starter = () => {
    const ended = new AbortController();
    const forget = (): void => void forgetOld(ended.signal).catch(log);
    let stop = after(firstForgetMs, () => {
      stop = every(forgetEveryMs, forget);
      forget();
    });
    return () => {
      ended.abort();
      stop();
    };
  };

  return () => {
    let stops: (() => void)[] = [];
    stops = [after(workAfterMs, () => (stops = [startForgetting, ...starters].map((start) => start())))];
    return () => stops.forEach((stop) => stop());
  };
}
