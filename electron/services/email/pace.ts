/** Lets through so many a second, evenly: in any second at most 4 % more. */
export interface Pace {
  /** Milliseconds to wait before the next one may go; it is booked with that. `perSecond` 0: no limit. */
  book(perSecond: number): number;
}

/** So late one may come without losing its place: timers are. */
const lateMs = 10;
/** What a slow disk or relay has cost is made up, by so much shorter intervals. A longer gap was a rest. */
const longestStallMs = 500;
const madeUpShare = 0.03;

/** `now` in milliseconds, of a clock that is never set. */
export function createPace(now: () => number): Pace {
  let free = 0;
  let lost = 0;
  return {
    book(perSecond) {
      if (perSecond === 0) return 0;
      const at = now();
      const start = Math.max(at - lateMs, free);
      const gap = start - free;
      lost = gap > longestStallMs ? 0 : Math.min(longestStallMs, lost + gap);
      const interval = 1000 / perSecond;
      const madeUp = Math.min(lost, interval * madeUpShare);
      lost -= madeUp;
      free = start + interval - madeUp;
      return Math.max(0, start - at);
    },
  };
}
