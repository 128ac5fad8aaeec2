import { DatabaseSync } from 'node:sqlite';
import { beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../shared/contract/errors.ts';
import type { Job } from '../../shared/contract/jobs.contract.ts';
import { createJobsRepository } from '../store/console/jobsRepository.ts';
import { consoleTables } from '../store/migrations/0001_console.ts';
import { createTypedQueries } from '../store/typedQueries.ts';
import type { Call, JobDefinition } from './call.ts';
import { createJobs } from './jobs.ts';

const call: Call = {
  caller: { id: 'test', account: 'admin', access: new Set(['manage']) },
  signal: new AbortController().signal,
  ref: 'ref-1',
  note: () => {},
};

/** One computer: a clock that the test moves, and the store that its processes share. */
function createComputer() {
  const database = new DatabaseSync(':memory:');
  database.exec(consoleTables);
  let time = 1_000_000;
  let timers: { everyMs: number; next: number; callback(): void }[] = [];
  let ids = 0;

  return {
    advance(milliseconds: number) {
      for (const end = time + milliseconds; time < end; time += 50) {
        for (const timer of [...timers]) {
          if (timer.next > time) continue;
          timer.next = time + timer.everyMs;
          timer.callback();
        }
      }
    },
    startProcess(host: string) {
      const seen: Job[] = [];
      const own = new Set<object>();
      const jobs = createJobs({
        journal: createJobsRepository(createTypedQueries(database)),
        now: () => time,
        newId: () => `job-${++ids}`,
        every(everyMs, callback) {
          const timer = { everyMs, next: time + everyMs, callback };
          timers.push(timer);
          own.add(timer);
          return () => void (timers = timers.filter((other) => other !== timer));
        },
        changed: (job) => seen.push(job),
        describe: (error, ref) => ({ code: error instanceof AppError ? error.code : 'internal', message: String(error), ref }),
        host,
        log: () => {},
      });
      return { ...jobs, seen, kill: () => void (timers = timers.filter((timer) => !own.has(timer))) };
    },
  };
}

function steps(run: JobDefinition['run']): JobDefinition {
  return { kind: 'import', subject: 'OU=Sales', run };
}

describe('a job', () => {
  let computer: ReturnType<typeof createComputer>;
  beforeEach(() => void (computer = createComputer()));

  it('answers its id at once and goes on', async () => {
    const { starter, service } = computer.startProcess('desktop');
    let finish = () => {};

    const jobId = await starter.start(
      call,
      steps(() => new Promise<void>((resolve) => (finish = resolve))),
    );

    expect(await service.get({ jobId }, call)).toMatchObject({ id: jobId, state: 'running', startedBy: 'admin', host: 'desktop' });
    finish();
    await expect.poll(async () => (await service.get({ jobId }, call)).state).toBe('done');
  });

  it('shows rate and remaining time', async () => {
    const { starter, seen } = computer.startProcess('desktop');
    await starter.start(
      call,
      steps(async ({ progress }) => {
        progress({ phase: 'reading', done: 0, total: 1000 });
        for (let done = 100; done <= 500; done += 100) {
          computer.advance(1000);
          progress({ done });
        }
        computer.advance(300);
      }),
    );

    await expect.poll(() => seen.at(-1)?.state).toBe('done');

    const shown = seen.findLast(({ state }) => state === 'running');
    expect(shown).toMatchObject({ phase: 'reading', done: 500, total: 1000 });
    expect(shown?.rate).toBeCloseTo(100, -1);
    expect(shown?.remainingMs).toBeCloseTo(5000, -3);
  });

  it('is shown as it is now by the process that runs it', async () => {
    const { starter, service } = computer.startProcess('desktop');
    const jobId = await starter.start(
      call,
      steps(({ progress }) => {
        progress({ phase: 'reading', done: 7, total: 10 });
        return new Promise(() => {});
      }),
    );
    await Promise.resolve();

    expect(await service.get({ jobId }, call)).toMatchObject({ phase: 'reading', done: 7, total: 10 });
    expect((await service.list({ limit: 1, running: true }, call)).jobs).toMatchObject([{ phase: 'reading', done: 7 }]);
  });

  it('keeps the items that failed', async () => {
    const { starter, service } = computer.startProcess('desktop');
    const jobId = await starter.start(
      call,
      steps(async ({ itemsFailed }) => {
        itemsFailed([{ item: 'ada', code: 'username-taken', text: 'The username is taken.' }]);
        itemsFailed([{ item: 'bob', code: 'no-username', text: 'There is no username.' }]);
      }),
    );
    await expect.poll(async () => (await service.get({ jobId }, call)).state).toBe('done');

    expect(await service.get({ jobId }, call)).toMatchObject({ failures: 2 });
    expect(await service.items({ jobId, offset: 1, limit: 10 }, call)).toEqual({
      items: [{ seq: 2, item: 'bob', code: 'no-username', text: 'There is no username.' }],
      total: 2,
    });
  });

  it('ends as failed with the error and its ref', async () => {
    const { starter, service } = computer.startProcess('desktop');

    const jobId = await starter.start(
      call,
      steps(async () => Promise.reject(new AppError('size-limit', 'The server cut the read.'))),
    );

    await expect
      .poll(async () => service.get({ jobId }, call))
      .toMatchObject({ state: 'failed', error: { code: 'size-limit', ref: 'ref-1' } });
  });

  it('ends as cancelled when somebody cancels it', async () => {
    const { starter, service } = computer.startProcess('desktop');
    const jobId = await starter.start(
      call,
      steps(({ signal }) => new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)))),
    );
    await Promise.resolve();

    await service.cancel({ jobId }, call);

    await expect.poll(async () => (await service.get({ jobId }, call)).state).toBe('cancelled');
  });

  it('can be cancelled from another process', async () => {
    const desktop = computer.startProcess('desktop');
    const script = computer.startProcess('command line');
    const jobId = await desktop.starter.start(
      call,
      steps(({ signal }) => new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)))),
    );
    await Promise.resolve();

    await script.service.cancel({ jobId }, call);
    computer.advance(2000);

    await expect.poll(async () => (await script.service.get({ jobId }, call)).state).toBe('cancelled');
  });

  it('is called interrupted once its process gives no sign of life, and not before', async () => {
    const crashed = computer.startProcess('desktop');
    const jobId = await crashed.starter.start(
      call,
      steps(() => new Promise(() => {})),
    );
    crashed.kill();

    computer.advance(5_000);
    const early = computer.startProcess('headless');
    expect(await early.service.get({ jobId }, call)).toMatchObject({ state: 'running' });
    computer.advance(60_000);

    expect(await early.service.get({ jobId }, call)).toMatchObject({ state: 'interrupted', finishedAt: expect.any(Number) });
    expect(early.seen).toMatchObject([{ id: jobId, state: 'interrupted' }]);
  });

  it('is undone and recorded when the host ends', async () => {
    const { starter, service, stop } = computer.startProcess('desktop');
    const jobId = await starter.start(
      call,
      steps(({ signal }) => new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)))),
    );
    await Promise.resolve();

    await stop();

    expect(await service.get({ jobId }, call)).toMatchObject({ state: 'cancelled' });
  });

  it('that nobody knows is not found', async () => {
    const { service } = computer.startProcess('desktop');

    await expect(service.get({ jobId: 'nope' }, call)).rejects.toMatchObject({ code: 'not-found' });
    await expect(service.cancel({ jobId: 'nope' }, call)).rejects.toMatchObject({ code: 'not-found' });
  });
});
