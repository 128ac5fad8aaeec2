import { describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/contract/errors.ts';
import { importRequest, type ImportSummary } from '../../../shared/contract/imports.contract.ts';
import type { Call, FailedItem, JobDefinition } from '../../runtime/call.ts';
import type { ImportReports, ImportRun } from './importPorts.ts';
import { createImportService, type ImportPinning } from './importService.ts';

const request = importRequest.parse({ scope: { kind: 'containers', dns: ['ou=a', 'ou=b'], below: true } });
const call = {} as Call;

describe('createImportService', () => {
  it('starts jobs that are named after what they are about', async () => {
    const { service, jobs } = createBench();

    const { jobId } = await service.preview(request, call);
    await service.start({ request }, call);

    expect(jobId).toBe('job1');
    expect(jobs.map(({ definition }) => [definition.kind, definition.subject])).toEqual([
      ['import-preview', 'ou=a (+1)'],
      ['import', 'ou=a (+1)'],
    ]);
  });

  it('announces changed users after the commit, and only if somebody changed', async () => {
    const { service, runJob, changed, finish } = createBench();
    await service.start({ request }, call);
    const first = runJob(0);
    expect(changed).toEqual([]);
    finish({ ...summary('job1', 'applied'), counts: { add: 1, update: 0, unchanged: 0, skipped: 0, warnings: 0 } });
    await first;
    await service.start({ request }, call);
    const second = runJob(1);
    finish(summary('job2', 'applied'));
    await second;
    await service.preview(request, call);
    const third = runJob(2);
    finish({ ...summary('job3', 'preview'), counts: { add: 5, update: 0, unchanged: 0, skipped: 0, warnings: 0 } });
    await third;

    expect(changed).toEqual(['job1']);
  });

  it('makes the mails after the commit, only where they are wanted, and reads nothing where none could be made', async () => {
    const { service, runs, runJob, finish, queued } = createBench();
    await service.start({ request }, call);
    const plain = runJob(0);
    finish(summary('job1', 'applied'));
    await plain;
    await service.start({ request: { ...request, sendEmail: 'new' } }, call);
    const mailing = runJob(1);
    expect(queued).toEqual([]);
    finish(summary('job2', 'applied'));
    await mailing;

    expect(runs.map(({ mail }) => mail?.noted ?? null)).toEqual([null, { mailsUpdates: false }]);
    expect(queued).toEqual(['job2']);
    const unready = createBench({}, { hasFrom: false });
    await expect(unready.service.start({ request: { ...request, sendEmail: 'new' } }, call)).rejects.toMatchObject({
      code: 'mail-not-ready',
    });
    await expect(unready.service.preview({ ...request, sendEmail: 'new' }, call)).resolves.toMatchObject({ jobId: 'job1' });
  });

  it('gives new users their PINs after the commit and before the mails, and mails the others all the same', async () => {
    const pinned = { ...request, mode: 'pin' as const, sendEmail: 'new' as const };
    const steps: string[] = [];
    const bench = createBench({}, { assign: async (jobId) => void steps.push(`pins of ${jobId}, ${bench.queued.length} mails`) });
    await bench.service.start({ request: pinned }, call);
    const first = bench.runJob(0);
    expect(steps).toEqual([]);
    bench.finish(summary('job1', 'applied'));
    await first;
    expect([steps, bench.queued]).toEqual([['pins of job1, 0 mails'], ['job1']]);

    const broken = createBench({}, { assign: () => Promise.reject(new AppError('keychain-locked', 'The keychain is locked.')) });
    await broken.service.start({ request: pinned }, call);
    const second = broken.runJob(0);
    broken.finish(summary('job1', 'applied'));
    await second;
    expect(broken.queued).toEqual(['job1']);
    expect(broken.failed).toMatchObject([
      { code: 'pins-missing', text: 'Some new users have no initial PIN yet. The keychain is locked. Reset PIN gives them one.' },
    ]);
  });

  it('reads nothing where PINs could not be kept, and asks for none where none are needed', async () => {
    const bench = createBench({}, { hasVault: false, assign: () => Promise.reject(new Error('Nobody needs a PIN.')) });
    await expect(bench.service.start({ request: { ...request, mode: 'pin' } }, call)).rejects.toMatchObject({ code: 'keychain-locked' });
    expect(bench.jobs).toEqual([]);

    await bench.service.start({ request }, call);
    const running = bench.runJob(0);
    bench.finish(summary('job1', 'applied'));
    await running;
    expect(bench.failed).toEqual([]);
  });

  it('lets one import write at a time, with previews beside it', async () => {
    const { service, runJob, fail } = createBench();
    await service.start({ request }, call);
    const running = runJob(0);

    await expect(service.start({ request }, call)).rejects.toMatchObject({ code: 'conflict' });
    await expect(service.preview(request, call)).resolves.toEqual({ jobId: 'job2' });
    fail(new AppError('size-limit', 'cut'));
    await expect(running).rejects.toMatchObject({ code: 'size-limit' });
    await expect(service.start({ request }, call)).resolves.toEqual({ jobId: 'job3' });
  });

  it('applies a finished preview with the request of that preview', async () => {
    const { service, runs, runJob, finish } = createBench({ p1: summary('p1', 'preview'), a1: summary('a1', 'applied') });

    await service.start({ previewId: 'p1' }, call);
    const running = runJob(0);
    finish(summary('job1', 'applied'));
    await running;

    expect(runs).toEqual([{ jobId: 'job1', kind: 'import', request, previewId: 'p1', mail: null }]);
    await expect(service.start({ previewId: 'a1' }, call)).rejects.toMatchObject({ code: 'conflict' });
    await expect(service.start({ previewId: 'none' }, call)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('does not apply a preview that is still being read', async () => {
    const { service, runJob, finish } = createBench({ job1: summary('job1', 'preview') });
    await service.preview(request, call);
    const running = runJob(0);

    await expect(service.start({ previewId: 'job1' }, call)).rejects.toMatchObject({ code: 'conflict' });
    finish(summary('job1', 'preview'));
    await running;
    await expect(service.start({ previewId: 'job1' }, call)).resolves.toEqual({ jobId: 'job2' });
  });

  it('says "running" until the job has ended', async () => {
    const { service, runJob, finish } = createBench({ job1: summary('job1', 'applied') });
    await service.start({ request }, call);
    const running = runJob(0);

    await expect(service.summary({ jobId: 'job1' }, call)).resolves.toMatchObject({ state: 'running' });
    finish(summary('job1', 'applied'));
    await running;
    await expect(service.summary({ jobId: 'job1' }, call)).resolves.toMatchObject({ state: 'applied' });
  });
});

function summary(jobId: string, state: ImportSummary['state']): ImportSummary {
  return {
    jobId,
    state,
    request,
    counts: { add: 0, update: 0, unchanged: 0, skipped: 0, warnings: 0 },
    read: { entries: 0, complete: true, referrals: 0, milliseconds: 0 },
    startedAt: 0,
    milliseconds: 0,
  };
}

interface BenchOptions {
  readonly hasFrom?: boolean;
  readonly hasVault?: boolean;
  readonly assign?: ImportPinning['assign'];
}

function createBench(
  stored: Readonly<Record<string, ImportSummary>> = {},
  { hasFrom = true, hasVault = true, assign = () => Promise.resolve() }: BenchOptions = {},
) {
  const jobs: { id: string; definition: JobDefinition }[] = [];
  const runs: ImportRun[] = [];
  const changed: string[] = [];
  const queued: string[] = [];
  const failed: FailedItem[] = [];
  let settle: { resolve(summary: ImportSummary): void; reject(error: Error): void } | undefined;
  const notNeeded = (): never => {
    throw new Error('Not part of this test.');
  };
  const reports: ImportReports = {
    summary(jobId) {
      const found = stored[jobId];
      if (!found) throw new AppError('not-found', 'There is no such import.');
      return found;
    },
    rows: notNeeded,
    csv: notNeeded,
    discard: notNeeded,
    cleanUp: () => undefined,
  };
  const service = createImportService({
    jobs: {
      start(_, definition) {
        jobs.push({ id: `job${jobs.length + 1}`, definition });
        return Promise.resolve(`job${jobs.length}`);
      },
    },
    runner: {
      run(run) {
        runs.push(run);
        return new Promise((resolve, reject) => (settle = { resolve, reject }));
      },
    },
    reports,
    isRunning: () => false,
    fileName: (uploadId) => uploadId,
    forgetFile: () => {},
    usersChanged: (jobId) => changed.push(jobId),
    mails: {
      rules: () => ({ sendEmails: true, canEnroll: false }),
      begin(choice) {
        if (!hasFrom) throw new AppError('mail-not-ready', 'From is not set.');
        return { mailsUpdates: choice === 'new-and-updated' };
      },
      queue: (campaign) => (queued.push(campaign), Promise.resolve(1)),
    },
    pins: {
      requireReady: () => (hasVault ? Promise.resolve() : Promise.reject(new AppError('keychain-locked', 'The keychain is locked.'))),
      assign,
    },
    now: () => 0,
  });
  function runJob(index: number): Promise<void> {
    const { id, definition } = jobs[index]!;
    return definition.run({
      jobId: id,
      signal: new AbortController().signal,
      progress: () => undefined,
      itemsFailed: (items) => void failed.push(...items),
      itemsNoted: () => undefined,
    });
  }
  return {
    service,
    queued,
    failed,
    jobs,
    runs,
    changed,
    runJob,
    finish: (done: ImportSummary) => settle?.resolve(done),
    fail: (error: Error) => settle?.reject(error),
  };
}
