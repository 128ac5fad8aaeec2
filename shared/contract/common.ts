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

/** Ranges of places in a list, `to` excluded: what is selected in it. */
export const placeRanges = z
  .array(z.object({ from: z.number().int().min(0), to: z.number().int().min(0) }))
  .min(1)
  .max(10_000);
/** The rows at some places of a list. */
export const idsOfRows = z.object({ ids: z.array(z.number().int()) });

/** Rows of a list that are asked for their places. */
export const placedIds = z.array(z.number().int()).min(1).max(10_000);
/** Where rows are in a list, in the order of their ids; null for those that are not in it. */
export const placesOfRows = z.object({ places: z.array(z.number().int().nullable()) });
