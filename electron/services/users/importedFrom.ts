import type { UserSelection } from './userReader.ts';

/** Users who came from a directory and whose distinguished name there lies below `baseDn` (empty: all who came from one). */
export function importedFrom(baseDn: string): UserSelection {
  const isBelow = { kind: 'text' as const, field: 'dn' as const, test: 'contains' as const, values: [baseDn] };
  const conditions = [{ kind: 'origin' as const, is: 'import' as const }, ...(baseDn === '' ? [] : [isBelow])];
  return { search: '', filter: { match: 'all', conditions, now: 0, pinExpirationDays: 0 } };
}
