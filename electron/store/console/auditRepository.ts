import type { AuditEntry } from '../../../shared/contract/audit.contract.ts';
import type { TypedQueries } from '../typedQueries.ts';
import type { ConsoleSchema } from './schema.ts';

export interface AuditRepository {
  append(entry: Omit<AuditEntry, 'id'>): void;
  /** Newest first, continuing below the entry `before`. */
  list(options: { limit: number; before?: number | undefined }): AuditEntry[];
}

/** Append-only: there is no way to change or remove an entry through this module. */
export function createAuditRepository({ from, all, run }: TypedQueries<ConsoleSchema>): AuditRepository {
  return {
    append(entry) {
      run(from.insertInto('audit').values({ id: null, ...entry }));
    },
    list({ limit, before = Number.MAX_SAFE_INTEGER }) {
      return all(from.selectFrom('audit').selectAll().where('id', '<', before).orderBy('id', 'desc').limit(limit)) as AuditEntry[];
    },
  };
}
