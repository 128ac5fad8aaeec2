import { z } from 'zod';
import { instant } from './common.ts';
import { command, event, query } from './define.ts';
import { userFilter } from './userFilter.ts';

export const filterNameLimit = 80;
export const mostSavedFilters = 200;

export const savedFilter = z.object({
  name: z.string(),
  filter: userFilter,
  savedBy: z.string(),
  savedAt: instant,
});
export type SavedFilter = z.infer<typeof savedFilter>;

const typedName = z.string().max(8192);

/** Filters of users that were saved by name, for all administrators. Two names that differ in letter case only are one. */
export const filtersContract = {
  /** By name. */
  list: query('read', z.object({}), z.object({ filters: z.array(savedFilter) })),
  /** `conflict` when the name is taken and `replace` is not set; `invalid-input` for a name or a filter without content. */
  save: command('manage', z.object({ name: typedName, filter: userFilter, replace: z.boolean().default(false) }), z.null()),
  /** `not-found` when there is none of this name. */
  remove: command('manage', z.object({ name: typedName }), z.null()),
  /** A filter was saved or removed. */
  changed: event('read', z.object({})),
};
