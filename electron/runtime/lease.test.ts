import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { createLeaseRepository } from '../store/console/leaseRepository.ts';
import { consoleTables } from '../store/migrations/0001_console.ts';
import { createTypedQueries } from '../store/typedQueries.ts';
import { holdLease } from './lease.ts';

function createComputer() {
  const database = new DatabaseSync(':memory:');
  database.exec(consoleTables);
  const repository = createLeaseRepository(createTypedQueries(database));
  let time = 0;
  const beats = new Map<string, () => void>();
  return {
    start(holder: string) {
      const changes: boolean[] = [];
      const lease = holdLease(
        'background',
        holder,
        { ...repository, now: () => time, every: (_ms, beat) => (beats.set(holder, beat), () => beats.delete(holder)), log: () => {} },
        (held) => changes.push(held),
      );
      return { ...lease, changes };
    },
    setClock: (by: number) => (time += by),
    crash: (holder: string) => beats.delete(holder),
    pass(milliseconds: number) {
      for (const end = time + milliseconds; time < end; time += 4000) for (const beat of beats.values()) beat();
    },
  };
}

it('is held by one process at a time', () => {
  const computer = createComputer();
  const first = computer.start('desktop');
  const second = computer.start('headless');
  computer.pass(60_000);

  expect([first.isHeld(), second.isHeld()]).toEqual([true, false]);
});

it('goes to the next process when its holder ends, and when its holder crashes', () => {
  const computer = createComputer();
  const first = computer.start('desktop');
  const second = computer.start('headless');

  first.stop();
  computer.pass(5_000);
  expect(second.isHeld()).toBe(true);

  computer.crash('headless');
  const third = computer.start('command line');
  expect(third.isHeld()).toBe(false);
  computer.pass(20_000);
  expect(third.isHeld()).toBe(true);
});

it('goes to the next process when its holder crashed before the clock was set back, and not from one that lives', () => {
  const computer = createComputer();
  const first = computer.start('desktop');
  const second = computer.start('headless');
  computer.setClock(-86_400_000);
  computer.pass(60_000);
  expect([first.isHeld(), second.isHeld()]).toEqual([true, false]);

  computer.crash('desktop');
  computer.setClock(-86_400_000);
  computer.pass(8_000);
  expect(second.isHeld()).toBe(false);
  computer.pass(20_000);
  expect(second.isHeld()).toBe(true);
});

it('tells its holder when another process took it over', () => {
  const computer = createComputer();
  const sleeping = computer.start('desktop');
  computer.crash('desktop');
  computer.pass(20_000);
  const other = computer.start('headless');

  expect(other.isHeld()).toBe(true);
  expect(sleeping.changes).toEqual([true]);
});
