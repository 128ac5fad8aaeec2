import { z } from 'zod';
import { instant } from './common.ts';
import { query } from './define.ts';

export const auditEntry = z.object({
  id: z.number().int(),
  at: instant,
  /** Account of the operating system or of the session. */
  who: z.string(),
  /** `desktop`, `headless` or `command line`, with the computer's name. */
  host: z.string(),
  /** `service.method` */
  what: z.string(),
  outcome: z.enum(['done', 'failed']),
  /** Error code when it failed. */
  code: z.string(),
  /** The input as JSON, secrets blanked; for settings also what was there before. */
  details: z.string(),
  ref: z.string(),
});
export type AuditEntry = z.infer<typeof auditEntry>;

export const auditContract = {
  /** Newest first. `before` is the id to continue from. */
  list: query(
    'read',
    z.object({ limit: z.number().int().min(1).max(1000).default(100), before: z.number().int().optional() }),
    z.object({ entries: z.array(auditEntry) }),
  ),
};
