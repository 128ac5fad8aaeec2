import { describe, expect, it } from 'vitest';
import { createDayLimit, freeAt } from './dayLimit.ts';
import type { MinuteCount } from './outboxPorts.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
/** `[minute, recipients]` each. */
const counts = (...pairs: [number, number][]): MinuteCount[] => pairs.map(([at, recipients]) => ({ minute: at, recipients }));

describe('the limit of recipients in 24 hours', () => {
  it.each<[string, MinuteCount[], number, number, number | null]>([
    ['nothing was sent', [], 1, 10, null],
    ['there is room', counts([5, 9]), 1, 10, null],
    ['it is used up: when the first minute has left', counts([5, 4], [7, 6]), 1, 10, 6 * minute + day],
    ['a minute that leaves makes too little room', counts([5, 1], [7, 6], [9, 3]), 3, 10, 8 * minute + day],
    ['it was lowered', counts([5, 400], [7, 600], [9, 3]), 1, 4, 8 * minute + day],
    ['a mail has more recipients than it allows: when no other counts', counts([5, 1], [7, 1]), 9, 4, 8 * minute + day],
    ['such a mail is the first', [], 9, 4, null],
  ])('where %s', (_name, minutes, recipients, perDay, expected) => {
    expect(freeAt(minutes, recipients, perDay)).toBe(expected);
  });

  function limited(sent: MinuteCount[]) {
    const clock = { now: 10 * day, ticks: 0 };
    const store = {
      recipientsBetween: (first: number, last: number) => sent.filter(({ minute: at }) => at >= first && at <= last),
    };
    const limit = createDayLimit(store, { now: () => clock.now, ticks: () => clock.ticks });
    function takeAll(recipients: number, perDay: number): number {
      let taken = 0;
      for (; taken < 1000 && limit.fits(recipients, perDay); taken += 1) limit.take(recipients);
      return taken;
    }
    return { clock, limit, takeAll };
  }
  const present = 10 * 24 * 60;

  it('lets through what the last 24 hours leave, and not one more', () => {
    expect(limited(counts([present - 24 * 60 - 1, 50], [present - 24 * 60, 3], [present, 4])).takeAll(1, 10)).toBe(3);
    expect(limited(counts([present, 4])).takeAll(3, 10)).toBe(2);
    expect(limited(counts([present, 10])).takeAll(1, 10)).toBe(0);
    expect(limited(counts([present, 10])).takeAll(1, 0)).toBe(1000);
  });

  it('counts what is in hand, and frees within a second what was not taken by the relay', () => {
    const sent = counts([present, 4]);
    const { clock, limit, takeAll } = limited(sent);
    expect(takeAll(1, 10)).toBe(6);
    // Four were taken, one was put off, one is still in hand.
    sent[0] = { minute: present, recipients: 8 };
    for (let ended = 0; ended < 5; ended += 1) limit.done(1);
    expect(limit.fits(1, 10)).toBe(false);
    clock.ticks += 1_000;
    expect(takeAll(1, 10)).toBe(1);
  });

  it('holds at once when it is changed, also for what was taken without one', () => {
    const { limit, takeAll } = limited(counts([present, 4]));
    for (let taken = 0; taken < 3; taken += 1) limit.take(1);
    expect(takeAll(1, 8)).toBe(1);
    expect(takeAll(1, 10)).toBe(2);
    expect(limit.fits(1, 5)).toBe(false);
  });

  it('counts what was sent before the clock was set back by hours, and not by years', () => {
    expect(limited(counts([present + 300, 10])).takeAll(1, 10)).toBe(0);
    expect(limited(counts([present + 400 * 24 * 60, 10])).takeAll(1, 10)).toBe(10);
  });
});
