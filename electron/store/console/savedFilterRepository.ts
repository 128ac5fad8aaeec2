import { userFilter } from '../../../shared/contract/userFilter.ts';
import { usernameKey } from '../../../shared/lib/fold.ts';
import type { SavedFilters } from '../../services/filters/filterService.ts';
import type { TypedQueries } from '../typedQueries.ts';
import type { ConsoleSchema } from './schema.ts';

export function createSavedFilterRepository({ from, all, get, run, transaction }: TypedQueries<ConsoleSchema>): SavedFilters {
  return {
    list: () =>
      all(from.selectFrom('saved_filters').selectAll().orderBy('name_key')).flatMap(({ name, filter, saved_by, saved_at }) => {
        const parsed = userFilter.safeParse(JSON.parse(filter));
        return parsed.success ? [{ name, filter: parsed.data, savedBy: saved_by, savedAt: saved_at }] : [];
      }),

    save: ({ name, filter, savedBy, savedAt }, { replace, most }) =>
      transaction(() => {
        const key = usernameKey(name);
        const isTaken = get(from.selectFrom('saved_filters').select('name').where('name_key', '=', key)) !== undefined;
        if (isTaken && !replace) return 'taken';
        if (!isTaken && all(from.selectFrom('saved_filters').select('name')).length >= most) return 'full';
        const row = { name, filter: JSON.stringify(filter), saved_by: savedBy, saved_at: savedAt };
        run(
          from
            .insertInto('saved_filters')
            .values({ name_key: key, ...row })
            .onConflict((conflict) => conflict.column('name_key').doUpdateSet(row)),
        );
        return 'saved';
      }),

    remove: (name) => run(from.deleteFrom('saved_filters').where('name_key', '=', usernameKey(name))) > 0,
  };
}
