import { describe, expect, it, test } from 'vitest';
import { createDomains, domainOf } from './domains.ts';

describe('mails to one domain', () => {
  test.each([0.5, 3, 10, 300])(
    'go at %d a second, exact to 5 %% although nobody looks at the very moment, and without a burst',
    (ratePerSecond) => {
      let now = 0;
      const domains = createDomains(() => now);
      const limits = { connections: 0, ratePerSecond };
      domains.take('corp.example', limits);
      now += 3_600_000;
      const before = now;
      let taken = 0;
      let burst = 0;
      for (let step = 0; taken < 200; step += 1) {
        const isTaken = domains.take('corp.example', limits);
        if (isTaken) taken += 1;
        if (isTaken && now === before) burst += 1;
        // Up to a fifth of the interval late.
        else if (!isTaken) now += domains.waitMs(limits) + (step % 5) * (40 / ratePerSecond);
      }

      // After a rest the one that waits since then goes, and the next.
      expect(burst).toBeLessThanOrEqual(2);
      expect((now - before) / 1000).toBeGreaterThan((200 / ratePerSecond) * 0.95);
      expect((now - before) / 1000).toBeLessThan((200 / ratePerSecond) * 1.05);
    },
  );

  it('take so many connections, and those to others do not wait', () => {
    const domains = createDomains(() => 0);
    const limits = { connections: 2, ratePerSecond: 0 };
    const take = (address: string) => domains.take(domainOf(address), limits);
    expect([take('a@Slow.example'), take('b@slow.example'), take('c@slow.EXAMPLE'), take('a@corp.example')]).toEqual([
      true,
      true,
      false,
      true,
    ]);
    expect(domains.blocked(limits)).toEqual(['slow.example']);

    domains.giveBack('slow.example');
    expect(take('c@slow.example')).toBe(true);
  });

  it('have no limit where none is set', () => {
    const domains = createDomains(() => 0);
    const none = { connections: 0, ratePerSecond: 0 };
    expect(Array.from({ length: 1_000 }, () => domains.take('corp.example', none)).every(Boolean)).toBe(true);
    expect(domains.waitMs(none)).toBe(Infinity);
  });
});
