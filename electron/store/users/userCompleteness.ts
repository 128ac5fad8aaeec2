import { modes } from '../../../shared/contract/users.contract.ts';
import { needsPin } from '../../../shared/users/completeness.ts';

/** Columns of `users` on which completeness depends. */
export type MeansColumn = 'method' | 'mode' | 'phone' | 'phone_valid' | 'has_app' | 'has_token' | 'has_pin';

/** SQL: the modes that ask for a PIN as well, as a list. */
export const pinModes = modes
  .filter(needsPin)
  .map((mode) => `'${mode}'`)
  .join(', ');

/**
 * SQL (0 or 1) for the column `complete`: the twin of `missingOf` in shared/users/completeness.ts, and the only one. Every
 * writer of users sets the column by it. `column` answers the SQL of what a column is going to be, since an UPDATE sees the
 * row as it was.
 */
export function completeSql(column: (name: MeansColumn) => string = (name) => name): string {
  const dialable = `${column('phone')} <> '' AND ${column('phone_valid')} = 1`;
  return `(CASE ${column('method')} WHEN 'app' THEN ${column('has_app')} = 1 WHEN 'oath' THEN ${column('has_token')} = 1 ELSE ${dialable} END
    AND (${column('mode')} NOT IN (${pinModes}) OR ${column('has_pin')} = 1))`;
}
