/** A value that is costly to read and may change at any time, read again when it was read so long ago. */
export interface Recent<T> {
  read(): T;
  /** It has changed: the next read is a new one. */
  forget(): void;
}

/** `ticks`: milliseconds of a clock that nobody sets. What `read` throws is not kept. */
export function createRecent<T>(read: () => T, ticks: () => number, forMs = 100): Recent<T> {
  let known: { readonly value: T; readonly untilTicks: number } | undefined;
  return {
    read() {
      if (known === undefined || ticks() >= known.untilTicks) known = { value: read(), untilTicks: ticks() + forMs };
      return known.value;
    },
    forget: () => (known = undefined),
  };
}
