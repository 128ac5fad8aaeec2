/** Wrong PINs and codes of one user since the last right one. */
export interface Attempts {
  readonly failures: number;
  /** Of the last one, in milliseconds since 1970. */
  readonly lastAt: number;
}

export interface AttemptStore {
  read(userId: number): Attempts | null;
  /** Reads and writes without anybody in between; null forgets the user. Survives a restart. */
  change(userId: number, next: (before: Attempts | null) => Attempts | null): void;
}

/** After so many in a row a user is locked. */
export const attemptsInARow = 5;
const firstLockMs = 15 * 60_000;
const dayMs = 86_400_000;

export type AttemptPermit =
  | { readonly allowed: false; readonly lockedUntil: number }
  | {
      readonly allowed: true;
      /** The secret was right. */
      accept(): void;
      /** It was wrong: answers what is left. */
      refuse(): { readonly attemptsLeft: number; readonly lockedUntil: number | null };
      /** Nobody could tell: nothing was tried. */
      giveBack(): void;
    };

/**
 * Until when a user is locked; null when he is not. 15 minutes after five failures, twice as long after every further five, at
 * most a day: somebody who guesses a PIN of four digits gets some 20 guesses on the first day and 5 on every other, of the 9,000
 * or so PINs that are not weak.
 */
export function lockedUntil(attempts: Attempts | null, now: number): number | null {
  if (!attempts || attempts.failures === 0 || attempts.failures % attemptsInARow !== 0) return null;
  const until = attempts.lastAt + Math.min(dayMs, firstLockMs * 2 ** (attempts.failures / attemptsInARow - 1));
  return until > now ? until : null;
}

/** Limits guessing, whichever process it goes through. */
export function createAttemptLimit(store: AttemptStore, now: () => number) {
  return {
    state(userId: number): { failures: number; lockedUntil: number | null } {
      const attempts = store.read(userId);
      return { failures: attempts?.failures ?? 0, lockedUntil: lockedUntil(attempts, now()) };
    },

    forget: (userId: number): void => store.change(userId, () => null),

    /**
     * To be called before a secret is looked at. The attempt counts as failed from here on, so that many at once get no more
     * guesses than one after the other.
     */
    begin(userId: number): AttemptPermit {
      const at = now();
      let before: Attempts | null = null;
      let until: number | null = null;
      let counted: Attempts = { failures: 1, lastAt: at };
      store.change(userId, (stored) => {
        before = stored;
        until = lockedUntil(stored, at);
        if (until !== null) return stored;
        counted = { failures: (stored?.failures ?? 0) + 1, lastAt: at };
        return counted;
      });
      if (until !== null) return { allowed: false, lockedUntil: until };
      return {
        allowed: true,
        accept: () => store.change(userId, () => null),
        refuse: () => ({
          attemptsLeft: (attemptsInARow - (counted.failures % attemptsInARow)) % attemptsInARow,
          lockedUntil: lockedUntil(counted, at),
        }),
        giveBack: () =>
          store.change(userId, (stored) => {
            if (stored?.failures === counted.failures) return before;
            return stored && { ...stored, failures: Math.max(0, stored.failures - 1) };
          }),
      };
    },
  };
}
