import type { ParseArgsOptionsConfig } from 'node:util';
import type { UserFilter } from '../../shared/contract/userFilter.ts';
import { parseUserFilter } from '../../shared/users/filterText.ts';
import { text } from './text.ts';
import { textOption, UsageError, type VerbCall } from './verb.ts';

/** For verbs that are about the users whom a filter finds. */
export const whereOption: ParseArgsOptionsConfig = { where: { type: 'string' } };

/**
 * The filter in `--where FILTER`; undefined without `--where`. Throws UsageError that points at what cannot be read, also for
 * a filter without conditions, which would mean everybody.
 */
export async function readWhere(call: Pick<VerbCall, 'client' | 'options'>): Promise<UserFilter | undefined> {
  const typed = textOption(call, 'where');
  if (typed === undefined) return undefined;
  const parsed = parseUserFilter(typed);
  if ('error' in parsed) throw new UsageError(text.badFilter(typed, parsed.error));
  if (parsed.filter.conditions.length === 0) throw new UsageError(text.emptyFilter);
  return parsed.filter;
}
