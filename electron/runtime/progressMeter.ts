interface Sample {
  readonly at: number;
  readonly done: number;
}

/** Rate over the last seconds and the time that remains at that rate. */
export interface ProgressMeter {
  note(done: number, total: number | null): void;
  /** A new phase counts other items: what came before says nothing about it. */
  restart(): void;
  read(): { rate: number; remainingMs: number | null };
  /** Items a second over the whole of the longest phase. */
  average(): number;
}

const windowMs = 5_000;

export function createProgressMeter(now: () => number): ProgressMeter {
  let samples: Sample[] = [];
  let total: number | null = null;
  let first: Sample | undefined;
  let best = { milliseconds: 0, rate: 0 };

  function finishPhase(): void {
    const last = samples.at(-1);
    if (!first || !last || last.at - first.at <= best.milliseconds) return;
    best = { milliseconds: last.at - first.at, rate: ((last.done - first.done) / (last.at - first.at)) * 1000 };
  }

  return {
    note(done, newTotal) {
      const sample = { at: now(), done };
      first ??= sample;
      total = newTotal;
      samples.push(sample);
      const tooOld = samples.findLastIndex(({ at }) => at < sample.at - windowMs);
      if (tooOld > 0) samples = samples.slice(tooOld);
    },
    restart() {
      finishPhase();
      samples = [];
      first = undefined;
    },
    read() {
      const [oldest] = samples;
      const newest = samples.at(-1);
      if (!oldest || !newest || newest.at === oldest.at) return { rate: 0, remainingMs: null };
      const rate = ((newest.done - oldest.done) / (newest.at - oldest.at)) * 1000;
      const remainingMs = total !== null && rate > 0 ? (Math.max(0, total - newest.done) / rate) * 1000 : null;
      return { rate, remainingMs };
    },
    average() {
      finishPhase();
      return best.rate;
    },
  };
}
