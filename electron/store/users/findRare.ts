import type { DatabaseSync } from 'node:sqlite';
import { digitsOf } from './userConnection.ts';
import { isNumber, storedFold } from './filterSql.ts';
import type { StoredFilter } from './filterSql.ts';
import { findFew } from './findUsers.ts';
import type { FewLimits } from './findUsers.ts';
import type { Search, SearchWord } from './userSearch.ts';

/** More would take longer than others may be kept waiting. */
const limits: FewLimits = { hits: 2_500, rows: 2_500 };

/** The fields of a filter that are part of the search text. */
const searched = new Set(['username', 'firstName', 'lastName', 'email', 'userGroup', 'phone', 'backupPhone']);

/**
 * Everybody whom a filter finds, where a text that it asks for is rare: the search index tells who has that text, and only they are
 * looked at. Null where no condition helps or too many have it; then everybody has to be looked at. In a read transaction.
 */
export function findRare(database: DatabaseSync, search: Search): Uint32Array<ArrayBuffer> | null {
  if (!search.filter || search.words.length > 0 || search.importJobId !== undefined) return null;
  const words = neededWords(search.filter);
  return words.length === 0 ? null : findFew(database, { ...search, words }, limits);
}

/** What the search text of each user whom the filter finds contains: of every word one spelling. */
function neededWords({ match, conditions }: StoredFilter): SearchWord[] {
  if (match === 'any' && conditions.length > 1) return [];
  return conditions.flatMap((condition) => {
    if (condition.kind !== 'text' || !searched.has(condition.field) || condition.values.length === 0 || condition.test.endsWith('-not'))
      return [];
    const isPhone = condition.field === 'phone' || condition.field === 'backupPhone';
    return [condition.values.flatMap((value) => [storedFold(value), ...(isPhone && isNumber(value) ? [digitsOf(value)] : [])])];
  });
}
