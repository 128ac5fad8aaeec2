import { describe, expect, it, test } from 'vitest';
import { givesUp, mailDelayMs, relayDelayMs } from './backoff.ts';
import { createPace } from './pace.ts';

describe('the pace of mails', () => {
  /** How many go in so many seconds, each booked when the one before has gone, some milliseconds after it might. */
  function goneIn(seconds: number, perSecond: number, lateMs: (count: number) => number): number {
    let now = 0;
    const pace = createPace(() => now);
    pace.book(perSecond);
    now += 3_600_000;
    const end = now + seconds * 1000;
    for (let count = 0; ; count += 1) {
      now += pace.book(perSecond);
      if (now >= end) return count;
      now += lateMs(count);
    }
  }

  test.each([0.5, 10, 30, 1000])('is exact to 5 % at %d a second, without a burst after a rest', (perSecond) => {
    expect(goneIn(1, perSecond, () => 0)).toBeLessThanOrEqual(Math.ceil(perSecond * 1.05));
    expect(goneIn(100, perSecond, () => 0) / 100).toBeGreaterThan(perSecond * 0.95);
    expect(goneIn(100, perSecond, () => 0) / 100).toBeLessThan(perSecond * 1.05);
  });

  it('keeps its pace where some mails are late, and in no second makes up for much of it', () => {
    const late = (count: number) => (count % 300 === 0 ? 200 : 2);
    expect(goneIn(100, 100, late) / 100).toBeGreaterThan(95);
    expect(goneIn(100, 100, late) / 100).toBeLessThan(101);
    expect(goneIn(1, 100, (count) => (count === 0 ? 500 : 0))).toBeLessThanOrEqual(55);
  });

  it('is free where no limit is set', () => {
    expect(createPace(() => 0).book(0)).toBe(0);
  });
});

describe('the delay after a failure', () => {
  it('doubles up to four hours for a mail and five minutes for a relay, a quarter more or less', () => {
    expect([1, 2, 3, 20].map((attempts) => mailDelayMs(attempts, 0.5) / 60_000)).toEqual([5, 10, 20, 240]);
    expect([1, 2, 20].map((failures) => relayDelayMs(failures, 0.5) / 1000)).toEqual([5, 10, 300]);
    expect([0, 1].map((random) => mailDelayMs(1, random) / 60_000)).toEqual([3.75, 6.25]);
  });

  it('ends after five days, but not because the clock was set forward', () => {
    const day = 24 * 3_600_000;
    expect(givesUp(20, 5 * day + 1)).toBe(true);
    expect(givesUp(20, 5 * day)).toBe(false);
    expect(givesUp(1, 365 * day)).toBe(false);
  });
});
