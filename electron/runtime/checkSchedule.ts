import type { PastCheck } from '../../shared/contract/network.contract.ts';

const hourMs = 60 * 60 * 1000;
/** So often it is looked whether a check is due. */
const lookMs = 10 * 60 * 1000;

interface SchedulePorts {
  /** Hours between two checks; 0: none by itself. */
  everyHours(): number;
  latest(): readonly Pick<PastCheck, 'at'>[];
  check(signal: AbortSignal): Promise<unknown>;
  every(intervalMs: number, callback: () => void): () => void;
  now(): number;
  log(error: unknown): void;
}

/** Checks every so many hours until the returned function is called, counted from the last check of whoever made one. */
export function startCheckSchedule({ everyHours, latest, check, every, now, log }: SchedulePorts): () => void {
  const ended = new AbortController();
  let isChecking = false;

  async function look(): Promise<void> {
    if (isChecking) return;
    isChecking = true;
    try {
      const hours = everyHours();
      const last = Math.max(Number.NEGATIVE_INFINITY, ...latest().map(({ at }) => at));
      if (hours === 0 || now() - last < hours * hourMs) return;
      await check(ended.signal);
    } catch (error) {
      if (!ended.signal.aborted) log(error);
    } finally {
      isChecking = false;
    }
  }

  const stop = every(lookMs, () => void look());
  return () => {
    stop();
    ended.abort();
  };
}
