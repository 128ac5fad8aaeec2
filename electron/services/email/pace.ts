/** Lets through so many a second, evenly, with no burst of those that were not used. */
export interface Pace {
  /** Milliseconds to wait before the next one may go; it is booked with that. `perSecond` 0: no limit. */
  book(perSecond: number): number;
}

/** `now` in milliseconds, of a clock that is never set. */
export function createPace(now: () => number): Pace {
  let free = 0;
  return {
    book(perSecond) {
      if (perSecond === 0) return 0;
      const at = now();
      const start = Math.max(at, free);
      free = start + 1000 / perSecond;
      return start - at;
    },
  };
}
