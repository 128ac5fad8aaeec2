import type { Implementation } from '../../shared/contract/define.ts';
import { AppError, isAppError, type ErrorPayload } from '../../shared/contract/errors.ts';
import type { Job, jobsContract } from '../../shared/contract/jobs.contract.ts';
import type { Call, FailedItem, JobDefinition, JobStarter } from './call.ts';
import { createProgressMeter } from './progressMeter.ts';

/** Where jobs are kept, so that they outlive window and process. Shared by all hosts of one data folder. */
export interface JobJournal {
  insert(job: Job, seenAt: number): void;
  /** Saves what is known now; answers whether somebody asked this job to stop. */
  update(job: Job, seenAt: number): { cancelRequested: boolean };
  addItems(jobId: string, items: readonly FailedItem[]): void;
  get(jobId: string): Job | undefined;
  list(options: { limit: number; running: boolean }): Job[];
  /** The newest job of this kind that runs no more. */
  lastEnded(kind: string): Job | undefined;
  items(
    jobId: string,
    options: { offset: number; limit: number },
  ): { items: { seq: number; item: string; code: string; text: string }[]; total: number };
  requestCancel(jobId: string): void;
  /** Marks running jobs without a sign of life since then as interrupted; answers them. */
  interruptOlderThan(seenAt: number, finishedAt: number): Job[];
}

export interface JobPorts {
  readonly journal: JobJournal;
  now(): number;
  newId(): string;
  every(intervalMs: number, callback: () => void): () => void;
  changed(job: Job): void;
  /** An error on its way into the journal: translates and writes the log line that `ref` finds. */
  describe(error: unknown, ref: string): ErrorPayload;
  readonly host: string;
  /** The journal could not be written. The job itself has ended; nobody else can be told. */
  log(error: unknown): void;
}

export interface Jobs {
  readonly starter: JobStarter;
  readonly service: Implementation<typeof jobsContract, Call>;
  /** Cancels what runs and waits until it is undone. */
  stop(): Promise<void>;
}

const showEveryMs = 250;
/** Also the sign of life, and how soon a cancel from another process is noticed. */
const saveEveryMs = 1_000;
const lostAfterMs = 20_000;

/** Runs long work, shows how it goes, and keeps an honest record of how it ended. */
export function createJobs(ports: JobPorts): Jobs {
  const running = new Map<string, { controller: AbortController; finished: Promise<void>; current(): Job }>();

  function markLost(): void {
    for (const job of ports.journal.interruptOlderThan(ports.now() - lostAfterMs, ports.now())) ports.changed(job);
  }
  markLost();
  const stopWatching = ports.every(lostAfterMs, markLost);

  function start(call: Call, definition: JobDefinition): Promise<string> {
    const meter = createProgressMeter(ports.now);
    const controller = new AbortController();
    let job: Job = {
      id: ports.newId(),
      kind: definition.kind,
      subject: definition.subject,
      state: 'running',
      phase: '',
      done: 0,
      total: null,
      rate: 0,
      remainingMs: null,
      startedAt: ports.now(),
      finishedAt: null,
      startedBy: call.caller.account,
      host: ports.host,
      cancellable: definition.cancellable ?? true,
      failures: 0,
      error: null,
    };
    ports.journal.insert(job, ports.now());
    ports.changed(job);
    call.note({ jobId: job.id });

    let shown = job;
    const stopShowing = ports.every(showEveryMs, () => {
      if (shown === job) return;
      shown = job = { ...job, ...meter.read() };
      ports.changed(job);
    });
    function save(at: number): void {
      try {
        if (ports.journal.update(job, at).cancelRequested) controller.abort();
      } catch (error) {
        ports.log(error);
      }
    }
    const stopSaving = ports.every(saveEveryMs, () => save(ports.now()));

    async function run(): Promise<void> {
      try {
        await definition.run({
          jobId: job.id,
          signal: controller.signal,
          progress({ phase = job.phase, done = job.done, total = job.total }) {
            if (phase !== job.phase) meter.restart();
            meter.note(done, total);
            job = { ...job, phase, done, total };
          },
          itemsNoted(items) {
            if (items.length > 0) ports.journal.addItems(job.id, items);
          },
          itemsFailed(items) {
            if (items.length > 0) ports.journal.addItems(job.id, items);
            job = { ...job, failures: job.failures + items.length };
          },
        });
        job = { ...job, state: 'done' };
      } catch (error) {
        // Something else may go wrong while a job is being cancelled; then it failed.
        const cancelled = controller.signal.aborted && (error === controller.signal.reason || isAppError(error, 'cancelled'));
        job = cancelled ? { ...job, state: 'cancelled' } : { ...job, state: 'failed', error: ports.describe(error, call.ref) };
      } finally {
        stopShowing();
        stopSaving();
        job = { ...job, rate: meter.average(), remainingMs: null, finishedAt: ports.now() };
        running.delete(job.id);
        save(ports.now());
        ports.changed(job);
      }
    }

    // Started in the next turn, so that the caller knows the id before the first event of the job.
    running.set(job.id, { controller, finished: Promise.resolve().then(run), current: () => job });
    return Promise.resolve(job.id);
  }

  /** What runs here is known better than the journal knows it, which is written once a second. */
  const freshest = (job: Job): Job => running.get(job.id)?.current() ?? job;

  function known(jobId: string): Job {
    const job = ports.journal.get(jobId);
    if (!job) throw new AppError('not-found', 'There is no such job.', { details: { jobId } });
    return freshest(job);
  }

  return {
    starter: { start },
    service: {
      async list(options) {
        return { jobs: ports.journal.list(options).map(freshest) };
      },
      async get({ jobId }) {
        return known(jobId);
      },
      async cancel({ jobId }) {
        const job = known(jobId);
        if (!job.cancellable) throw new AppError('conflict', 'This job can no longer be cancelled.', { details: { jobId } });
        ports.journal.requestCancel(jobId);
        running.get(jobId)?.controller.abort();
        return null;
      },
      async items({ jobId, offset, limit }) {
        known(jobId);
        return ports.journal.items(jobId, { offset, limit });
      },
    },
    async stop() {
      stopWatching();
      for (const { controller } of running.values()) controller.abort();
      await Promise.all([...running.values()].map(({ finished }) => finished));
    },
  };
}
