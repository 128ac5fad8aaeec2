/** Fewest connections to begin with, where so many are allowed. */
const first = 2;
/** Rates are compared over windows of so many mails for each connection and of this length, or over the longest. */
const mailsEach = 8;
const shortestMs = 100;
const longestMs = 10_000;
/** More connections are worth it from this share of what they would bring if each was as fast as those before. */
const worthShare = 0.1;
/** A window may have met a disk that stalls: for fewer connections so many of them must speak, one after the other. */
const windowsForFewer = 3;
/** So long it is left at what was found best; twice as long each time that another look has changed nothing. */
const shortestRestMs = 15_000;
const longestRestMs = 4 * 60_000;

interface Measured {
  readonly level: number;
  readonly perMs: number;
}

/**
 * How many connections are used of those that are allowed. Many relays get slower in all when too many are open (nodemailer#656: 1.5 mails a
 * second instead of 7), and only the rate tells. It begins with two, doubles as long as that helps, goes back to half where it does not, and looks
 * again from time to time whether more, or fewer, do better. `ticks`: milliseconds of a clock that nobody sets.
 */
export function createGrowth(ticks: () => number) {
  let level = first;
  let most = first;
  let before: Measured | undefined;
  let forFewer = 0;
  /** Mails that are not counted: connections are opened with them, or closed after them. */
  let toSkip = 2 * first;
  let counted = 0;
  let since = ticks();
  let restMs = shortestRestMs;
  let restsUntil = -Infinity;
  let looksDown = false;

  function measure(skip: number): void {
    toSkip = skip;
    counted = 0;
    since = ticks();
  }
  function go(to: number): void {
    level = to;
    forFewer = 0;
    measure(2 * level);
  }
  function settle(at: number): void {
    before = undefined;
    restsUntil = ticks() + restMs;
    go(at);
  }
  const up = (): number => Math.min(most, 2 * level);
  const down = (): number => Math.max(Math.min(first, most), Math.ceil(level / 2));
  function look(perMs: number, isDown: boolean): void {
    const to = isDown ? down() : up();
    if (to === level) return settle(level);
    before = { level, perMs };
    go(to);
  }
  /** A window has ended. */
  function judge(perMs: number): void {
    if (before === undefined) {
      if (ticks() < restsUntil) return measure(0);
      const isDown = looksDown ? down() < level : up() === level;
      looksDown = !isDown;
      return look(perMs, isDown);
    }
    const isMore = level > before.level;
    const [fewer, more] = isMore ? [before, { level, perMs }] : [{ level, perMs }, before];
    const isWorth = more.perMs >= fewer.perMs * (1 + worthShare * (more.level / fewer.level - 1));
    if (!isWorth) {
      forFewer += 1;
      if (forFewer < windowsForFewer) return measure(0);
    }
    restMs = isWorth === isMore ? shortestRestMs : Math.min(longestRestMs, 2 * restMs);
    // What did well goes on in the same direction.
    if (isWorth === isMore) look(perMs, !isMore);
    else settle(before.level);
  }

  return {
    /** So many are used where `allowed` may be. */
    of(allowed: number): number {
      if (allowed !== most) {
        most = allowed;
        restMs = shortestRestMs;
        settle(Math.min(Math.max(level, first), most));
        if (level < most) restsUntil = -Infinity;
        looksDown = false;
      }
      return level;
    },
    /** The relay has taken a mail. Answers whether another number of connections is used from now on. */
    accepted(): boolean {
      if (toSkip > 0) {
        measure(toSkip - 1);
        return false;
      }
      counted += 1;
      const tookMs = ticks() - since;
      if (tookMs < shortestMs || (tookMs < longestMs && counted < mailsEach * level)) return false;
      const was = level;
      judge(counted / tookMs);
      return level !== was;
    },
    /** A connection had nothing to do, or nothing went out: what was measured says nothing about the relay. */
    idle: () => measure(2 * level),
  };
}
