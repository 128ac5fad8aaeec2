import { z } from 'zod';

/** A password on its way in. The router blanks it in the audit log; services wrap it in `Secret` at once. */
export const secretText = z.string().min(1).max(1024).meta({ secret: true });

export const distinguishedName = z.string().trim().max(4096);

/** Milliseconds since 1970-01-01 UTC. */
export const instant = z.number().int();

export const jobRef = z.object({ jobId: z.string() });

/** Why a read of the directory ended before everything was read. */
export const cutReasons = [
  'display-limit',
  'server-size-limit',
  'server-time-limit',
  'total-time-limit',
  'paging-stuck',
  'connection-lost',
  'cancelled',
] as const;

/** Travels with every read of the directory: how much was read, and whether that was all. */
export const readSummary = z.object({
  /** Entries that the directory returned. */
  entries: z.number().int(),
  complete: z.boolean(),
  /** Present exactly when `complete` is false. */
  cutBy: z.enum(cutReasons).optional(),
  /** Search references that were ignored: parts of the tree that live on other servers. */
  referrals: z.number().int(),
  milliseconds: z.number(),
  /** How group members were found, where that was a choice. */
  strategy: z.string().optional(),
  /** Deepest level of nested groups that was followed; 0 where there were none. */
  groupDepth: z.number().int().optional(),
});
export type ReadSummary = z.infer<typeof readSummary>;

export const window = { offset: z.number().int().min(0).default(0), limit: z.number().int().min(1).max(1000).default(100) };

/** So many rows of a list can be asked for their places at once. */
export const mostPlaces = 10_000;
