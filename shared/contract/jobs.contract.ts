import { z } from 'zod';
import { instant, jobRef, window } from './common.ts';
import { command, event, query } from './define.ts';
import { errorPayload } from './errors.ts';

export const jobStates = ['running', 'done', 'failed', 'cancelled', 'interrupted'] as const;

export const job = z.object({
  id: z.string(),
  /** `import`, `import-preview` … the renderer has a name for each. */
  kind: z.string(),
  /** What it is about, for people: the container, the group … */
  subject: z.string(),
  state: z.enum(jobStates),
  /** What it is doing: `reading`, `comparing`, `writing` … */
  phase: z.string(),
  done: z.number().int(),
  /** Null while nobody knows. */
  total: z.number().int().nullable(),
  /** Items a second, over the last seconds. */
  rate: z.number(),
  remainingMs: z.number().nullable(),
  startedAt: instant,
  finishedAt: instant.nullable(),
  startedBy: z.string(),
  /** Host process that runs it. */
  host: z.string(),
  cancellable: z.boolean(),
  /** Items that failed; each has a row in `items`. */
  failures: z.number().int(),
  error: errorPayload.nullable(),
});
export type Job = z.infer<typeof job>;

export const jobItem = z.object({ seq: z.number().int(), item: z.string(), code: z.string(), text: z.string() });
export type JobItem = z.infer<typeof jobItem>;

export const jobsContract = {
  /** Newest first. */
  list: query(
    'read',
    z.object({ limit: z.number().int().min(1).max(500).default(50), running: z.boolean().default(false) }),
    z.object({ jobs: z.array(job) }),
  ),
  get: query('read', jobRef, job),
  /** Asks a job to stop. What it had not committed is undone. */
  cancel: command('manage', jobRef, z.null()),
  items: query('read', jobRef.extend(window), z.object({ items: z.array(jobItem), total: z.number().int() })),
  changed: event('read', job),
};
