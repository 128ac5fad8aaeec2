/** When something that costs much to write is due: once the list has been at rest, and not too often. */
export interface Rest {
  /** Whether this version should be kept now. To be asked now and then. */
  isDue(version: number): boolean;
  /** This version was kept; -1 when that failed, which is tried again after the pause. */
  kept(version: number): void;
}

const restMs = 10_000;
/** With a million users 8 MB an order and some 120 MB of text are written. */
const pauseMs = 600_000;

export function createRest(now: () => number): Rest {
  let last: { readonly version: number; readonly at: number } | undefined;
  let seen = -1;
  let since = 0;

  return {
    isDue(version) {
      if (version !== seen) {
        seen = version;
        since = now();
      }
      if (now() - since < restMs) return false;
      return !last || (last.version !== version && now() - last.at >= pauseMs);
    },

    kept(version) {
      last = { version, at: now() };
    },
  };
}
