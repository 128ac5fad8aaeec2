import type { DatabaseSync } from 'node:sqlite';
import type { ResolvedTarget } from '../../../shared/users/resolveFilter.ts';
import { settled } from './filterSql.ts';
import { findAll } from './findUsers.ts';
import { readIds } from './userConnection.ts';
import { parseSearch } from './userSearch.ts';

/**
 * Whom a command or an export is about, by username, in the read transaction that the caller holds. Ids without a user are
 * left out. `onStep` is called now and then; what it throws ends the search.
 */
export function idsOfTarget(database: DatabaseSync, target: ResolvedTarget, onStep: () => void): Uint32Array {
  if ('where' in target) {
    const search = parseSearch(settled(database, target.where));
    if (search.key === '') return readIds(database, 'SELECT id FROM users ORDER BY username_key');
    const found: number[] = [];
    for (const part of findAll(database, search)) {
      for (const id of part) found.push(id);
      onStep();
    }
    return byUsername(database, found);
  }
  return byUsername(database, target.ids);
}

function byUsername(database: DatabaseSync, ids: readonly number[]): Uint32Array {
  return readIds(database, 'SELECT id FROM users WHERE id IN (SELECT value FROM json_each(?)) ORDER BY username_key', JSON.stringify(ids));
}
