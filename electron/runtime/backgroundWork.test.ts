import { expect, it } from 'vitest';
import { createBackgroundWork } from './backgroundWork.ts';

/** A clock that is moved by hand. */
function createClock() {
  let time = 0;
  const timers = new Set<{ at: number; interval: number; callback: () => void }>();
  return {
    every(interval: number, callback: () => void) {
      const timer = { at: time + interval, interval, callback };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    pass(milliseconds: number) {
      const end = time + milliseconds;
      for (;;) {
        const next = [...timers].filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at)[0];
        if (!next) break;
        time = next.at;
        next.at += next.interval;
        next.callback();
      }
      time = end;
    },
  };
}

function tryOut(forgetOld: (signal: AbortSignal) => Promise<void>) {
  const clock = createClock();
  const running = new Set<string>();
  const failures: unknown[] = [];
  const starter = (name: string) => () => (running.add(name), () => void running.delete(name));
  const start = createBackgroundWork({ every: clock.every, forgetOld, log: (error) => failures.push(error) }, [
    starter('index'),
    starter('delivery'),
  ]);
  return { clock, running, failures, start };
}

it('leaves the first second to whoever opens the console', () => {
  const { clock, running, start } = tryOut(async () => {});
  start();
  clock.pass(999);
  expect([...running]).toEqual([]);
  clock.pass(1);
  expect([...running]).toEqual(['index', 'delivery']);
});

it('ends what it has begun, and begins nothing when it was ended before', () => {
  const { clock, running, start } = tryOut(async () => {});
  start()();
  clock.pass(5_000);
  expect([...running]).toEqual([]);
  const stop = start();
  clock.pass(1_000);
  stop();
  expect([...running]).toEqual([]);
});

it('cleans the recycle bin after a minute and then each hour, also after a failure, until it is ended', () => {
  const signals: AbortSignal[] = [];
  const { clock, start } = tryOut((signal) => (signals.push(signal), Promise.reject(new Error('busy'))));
  const stop = start();
  clock.pass(61_000);
  expect(signals).toHaveLength(1);
  clock.pass(2 * 3_600_000);
  expect(signals).toHaveLength(3);
  stop();
  expect(signals[0]!.aborted).toBe(true);
  clock.pass(2 * 3_600_000);
  expect(signals).toHaveLength(3);
});
