import type { ParseArgsOptionsConfig } from 'node:util';
import { AppError } from '../../shared/contract/errors.ts';
import type { UserFilter } from '../../shared/contract/userFilter.ts';
import { parseUserFilter, savedFilterName } from '../../shared/users/filterText.ts';
import { usernameKey } from '../../shared/lib/fold.ts';
import { text } from './text.ts';
import { textOption, UsageError, type VerbCall } from './verb.ts';

/** For verbs that are about the users whom a filter finds. */
export const whereOption: ParseArgsOptionsConfig = { where: { type: 'string' } };

/**
 * The filter in `--where FILTER`, or what `--where saved:NAME` was saved as; undefined without `--where`. Throws UsageError that points at what cannot be read, also for
 * a filter without conditions, which would mean everybody; AppError `not-found` for a name that nobody saved.
 */
export async function readWhere(call: Pick<VerbCall, 'client' | 'options'>): Promise<UserFilter | undefined> {
  const typed = textOption(call, 'where');
  if (typed === undefined) return undefined;
  const name = savedFilterName(typed);
  if (name !== null) return readSaved(call, name);
  const parsed = parseUserFilter(typed);
  if ('error' in parsed) throw new UsageError(text.badFilter(typed, parsed.error));
  if (parsed.filter.conditions.length === 0) throw new UsageError(text.emptyFilter);
  return parsed.filter;
}

async function readSaved({ client }: Pick<VerbCall, 'client'>, name: string): Promise<UserFilter> {
  const { filters } = await client.filters.list({});
  const saved = filters.find((each) => usernameKey(each.name) === usernameKey(name.trim()));
  if (!saved) throw new AppError('not-found', text.noSavedFilter(name), { details: { name } });
  return saved.filter;
}
