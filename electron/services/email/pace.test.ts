import { describe, expect, it, test } from 'vitest';
import { givesUp, mailDelayMs, relayDelayMs } from './backoff.ts';
import { createPace } from './pace.ts';

describe('the pace of mails', () => {
  test.each([0.5, 10, 30, 1000])('is exact to 5 % at %d a second, without a burst after a rest', (perSecond) => {
    let now = 0;
    const pace = createPace(() => now);
    pace.book(perSecond);
    now += 3_600_000;
    const before = now;
    for (let sent = 0; sent <= 200; sent += 1) now += pace.book(perSecond);

    expect((now - before) / 1000).toBeGreaterThan((200 / perSecond) * 0.95);
    expect((now - before) / 1000).toBeLessThan((200 / perSecond) * 1.05);
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
