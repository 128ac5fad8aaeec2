import { z } from 'zod';
import { jobRef } from './common.ts';
import { command, ownCommand, query } from './define.ts';

/** What may be in a support bundle. */
export const supportParts = [
  'readme',
  'versions',
  'settings',
  'status',
  'health',
  'network',
  'requirements',
  'store',
  'jobs',
  'audit',
  'log',
] as const;
export type SupportPart = (typeof supportParts)[number];

export const supportEntry = z.object({
  /** Name of the file in the bundle. */
  name: z.string(),
  bytes: z.number().int(),
  part: z.enum(supportParts),
});
export type SupportEntry = z.infer<typeof supportEntry>;

/** What tells somebody who helps how this console is and what it did: a zip file, looked at before it is saved. */
export const supportContract = {
  /**
   * Collects a bundle, which stays on the server for this account until it is discarded, the process ends, or an hour has passed. A job.
   * Secrets are never in it. People, their addresses and telephone numbers have pseudonyms, the same in every bundle of this console,
   * unless `withNames`.
   */
  prepare: command('manage', z.object({ withNames: z.boolean().default(false) }), jobRef),
  /** What is in a bundle that is ready. `not-found`. */
  contents: query('manage', jobRef, z.object({ bytes: z.number().int(), entries: z.array(supportEntry) })),
  /** A part of the zip file, in base64; `next` is null at the end. `not-found`. */
  part: query(
    'manage',
    jobRef.extend({ offset: z.number().int().min(0).default(0) }),
    z.object({ base64: z.string(), next: z.number().int().nullable() }),
  ),
  discard: ownCommand('manage', jobRef, z.null()),
};
