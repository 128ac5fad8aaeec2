const minute = 60_000;
const hour = 60 * minute;

const patienceMs = 5 * 24 * hour;
const fewestAttempts = 10;

/**
 * A mail that the relay keeps putting off has failed after 5 days (RFC 5321 section 4.5.4.1), but not before some attempts: a clock that
 * was set forward makes every mail look old.
 */
export function givesUp(attempts: number, ageMs: number): boolean {
  return attempts >= fewestAttempts && ageMs > patienceMs;
}

/**
 * Milliseconds until a mail that was put off is tried again: 5 minutes, which is what greylisting wants, then twice as long each time up to 4 hours
 * (RFC 5321 section 4.5.4.1), and up to a quarter more or less, so that many do not come back at once. `random`: 0 to 1.
 */
export function mailDelayMs(attempts: number, random: number): number {
  return spread(Math.min(4 * hour, 5 * minute * 2 ** (Math.max(1, attempts) - 1)), random);
}

/** Milliseconds until a relay that does not answer is tried again: 5 s, then twice as long up to 5 minutes. */
export function relayDelayMs(failures: number, random: number): number {
  return spread(Math.min(5 * minute, 5_000 * 2 ** (Math.max(1, failures) - 1)), random);
}

const spread = (ms: number, random: number): number => Math.round(ms * (0.75 + random / 2));
