import type { Selectable } from 'kysely';
import type { ErrorPayload } from '../../../shared/contract/errors.ts';
import type { Job } from '../../../shared/contract/jobs.contract.ts';
import type { JobJournal } from '../../runtime/jobs.ts';
import type { TypedQueries } from '../typedQueries.ts';
import type { ConsoleSchema } from './schema.ts';

type JobRecord = Selectable<ConsoleSchema['jobs']>;

/** How many finished jobs are kept. */
const kept = 1_000;

export function createJobsRepository({ from, get, all, run, transaction }: TypedQueries<ConsoleSchema>): JobJournal {
  const next = (table: 'jobs') => (get(from.selectFrom(table).select(({ fn }) => fn.max('seq').as('last')))?.last ?? 0) + 1;

  return {
    insert(job, seenAt) {
      transaction(() => {
        const seq = next('jobs');
        run(from.insertInto('jobs').values({ ...toRecord(job), id: job.id, seq, cancel_requested: 0, seen_at: seenAt }));
        run(
          from
            .deleteFrom('jobs')
            .where('seq', '<=', seq - kept)
            .where('state', '!=', 'running'),
        );
      });
    },
    update(job, seenAt) {
      run(
        from
          .updateTable('jobs')
          .set({ ...toRecord(job), seen_at: seenAt })
          .where('id', '=', job.id),
      );
      const row = get(from.selectFrom('jobs').select('cancel_requested').where('id', '=', job.id));
      return { cancelRequested: row?.cancel_requested === 1 };
    },
    addItems(jobId, items) {
      transaction(() => {
        const last =
          get(
            from
              .selectFrom('job_items')
              .select(({ fn }) => fn.max('seq').as('last'))
              .where('job_id', '=', jobId),
          )?.last ?? 0;
        for (const [index, item] of items.entries())
          run(from.insertInto('job_items').values({ job_id: jobId, seq: last + 1 + index, ...item }));
      });
    },
    get(jobId) {
      const record = get(from.selectFrom('jobs').selectAll().where('id', '=', jobId));
      return record && toJob(record);
    },
    list({ limit, running }) {
      const jobs = from.selectFrom('jobs').selectAll().orderBy('seq', 'desc').limit(limit);
      return all(running ? jobs.where('state', '=', 'running') : jobs).map(toJob);
    },
    lastEnded(kind) {
      const ended = from.selectFrom('jobs').selectAll().where('kind', '=', kind).where('state', '!=', 'running');
      const record = get(ended.orderBy('seq', 'desc').limit(1));
      return record && toJob(record);
    },
    items(jobId, { offset, limit }) {
      const items = from.selectFrom('job_items').where('job_id', '=', jobId);
      const total = get(items.select(({ fn }) => fn.countAll<number>().as('total')))?.total ?? 0;
      return { items: all(items.select(['seq', 'item', 'code', 'text']).orderBy('seq').limit(limit).offset(offset)), total };
    },
    requestCancel(jobId) {
      run(from.updateTable('jobs').set({ cancel_requested: 1 }).where('id', '=', jobId).where('state', '=', 'running'));
    },
    interruptOlderThan(seenAt, finishedAt) {
      return transaction(() => {
        const lost = all(from.selectFrom('jobs').selectAll().where('state', '=', 'running').where('seen_at', '<', seenAt));
        const ended = { state: 'interrupted', finished_at: finishedAt, remaining_ms: null } as const;
        for (const { id } of lost) run(from.updateTable('jobs').set(ended).where('id', '=', id));
        return lost.map((record) => toJob({ ...record, ...ended }));
      });
    },
  };
}

function toRecord(job: Job): Omit<JobRecord, 'id' | 'seq' | 'cancel_requested' | 'seen_at'> {
  const { kind, subject, state, phase, done, total, rate, failures } = job;
  return {
    ...{ kind, subject, state, phase, done, total, rate, failures },
    remaining_ms: job.remainingMs,
    started_at: job.startedAt,
    finished_at: job.finishedAt,
    started_by: job.startedBy,
    host: job.host,
    cancellable: Number(job.cancellable),
    error: job.error && JSON.stringify(job.error),
  };
}

function toJob(record: JobRecord): Job {
  const { id, kind, subject, phase, done, total, rate, host, failures } = record;
  return {
    ...{ id, kind, subject, phase, done, total, rate, host, failures },
    state: record.state as Job['state'],
    remainingMs: record.remaining_ms,
    startedAt: record.started_at,
    finishedAt: record.finished_at,
    startedBy: record.started_by,
    cancellable: record.cancellable === 1,
    error: record.error === null ? null : (JSON.parse(record.error) as ErrorPayload),
  };
}
