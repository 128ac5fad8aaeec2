import type { z } from 'zod';
import { restoreOutcome, type RestoreOutcome } from '../../../shared/contract/backups.contract.ts';

/** What a store that was restored remembers of it (store/backups/restoreBackup.ts). */
const record = restoreOutcome.shape.restored.unwrap().extend(restoreOutcome.pick({ at: true, file: true }).shape);

/** Null where this store was never restored. */
export function readRestored(saved: unknown): RestoreOutcome | null {
  const { data } = record.safeParse(saved);
  if (!data) return null;
  const { at, file, ...restored } = data;
  return { at, file, restored, error: null };
}

export type RestoreRecord = z.infer<typeof record>;
