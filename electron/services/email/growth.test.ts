import { describe, expect, it } from 'vitest';
import { createGrowth } from './growth.ts';

/** Mails a second in all with so many connections, and how many are allowed. */
function relayOf(perSecond: (connections: number, atMs: number) => number, allowed: number) {
  const state = { ms: 0, allowed };
  const growth = createGrowth(() => state.ms);
  return {
    growth,
    state,
    /** Sends for so long; answers each number of connections that was used. */
    sendFor(durationMs: number): number[] {
      const seen = [growth.of(state.allowed)];
      for (const end = state.ms + durationMs; state.ms < end;) {
        state.ms += 1000 / perSecond(growth.of(state.allowed), state.ms);
        if (growth.accepted()) seen.push(growth.of(state.allowed));
      }
      return seen;
    },
  };
}
const minute = 60_000;

describe('the number of connections', () => {
  it.each<[string, (connections: number) => number, number, number[]]>([
    ['grows to what is allowed where each brings as much', (n) => 20 * n, 20, [2, 4, 8, 16, 20]],
    ['grows where more bring a little', (n) => 1000 * n ** 0.2, 4, [2, 4]],
    ['goes back where more bring nothing', () => 10, 20, [2, 4, 2]],
    ['goes back where more make all slower', (n) => 70 - 3 * n, 20, [2, 4, 2]],
    ['goes back to what was best', (n) => 20 * Math.min(n, 6), 20, [2, 4, 8, 16, 8]],
    ['is the one that is allowed', (n) => 20 * n, 1, [1]],
    ['does not begin with more than two', (n) => 20 * n, 3, [2, 3]],
    ['stays where two are allowed', (n) => 20 * n, 2, [2]],
  ])('%s', (_name, perSecond, allowed, expected) => {
    expect(relayOf(perSecond, allowed).sendFor(15_000)).toEqual(expected);
  });

  it('looks again after a while whether more help by then, and less and less often where they do not', () => {
    const relay = relayOf((n, at) => (at < 20 * minute ? 20 : 20 * n), 8);
    const looks = relay.sendFor(20 * minute).filter((used) => used === 4).length;
    expect(looks).toBeGreaterThan(5);
    expect(looks).toBeLessThan(10);
    expect(relay.sendFor(6 * minute).slice(0, 3)).toEqual([2, 4, 8]);
  });

  it('looks from time to time whether fewer do as well, and stays with them', () => {
    const relay = relayOf((n, at) => (at < 10_000 ? 20 * n : 40), 8);
    expect(relay.sendFor(10_000)).toEqual([2, 4, 8]);
    expect(relay.sendFor(25_000)).toEqual([8, 4, 2]);
  });

  it('returns to many where fewer do worse', () => {
    const relay = relayOf((n) => 20 * n, 8);
    relay.sendFor(10_000);
    expect(relay.sendFor(20_000)).toEqual([8, 4, 8]);
  });

  it('does not lose heart because of one stall', () => {
    let isStalled = false;
    const relay = relayOf((n) => {
      const stalls = n === 4 && !isStalled;
      isStalled ||= stalls;
      return stalls ? 1 : 20 * n;
    }, 4);
    expect(relay.sendFor(10_000)).toEqual([2, 4]);
  });

  it('judges nothing by times in which there was little to do', () => {
    const relay = relayOf((n) => 20 * n, 8);
    for (let mails = 0; mails < 1000; mails += 1) {
      relay.state.ms += 50;
      relay.growth.accepted();
      if (mails % 10 === 0) relay.growth.idle();
    }
    expect(relay.growth.of(8)).toBe(2);
  });

  it('holds what is allowed from the moment on in which that changes', () => {
    const relay = relayOf((n) => 20 * n, 16);
    relay.sendFor(10_000);
    relay.state.allowed = 3;
    expect(relay.sendFor(1000)).toEqual([3]);
    relay.state.allowed = 16;
    expect(relay.sendFor(10_000)).toEqual([3, 6, 12, 16]);
  });
});
