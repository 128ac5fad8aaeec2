import type { Implementation } from '../../../shared/contract/define.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import { filterNameLimit, mostSavedFilters, type filtersContract, type SavedFilter } from '../../../shared/contract/filters.contract.ts';
import type { Call } from '../../runtime/call.ts';

/** Keeps filters by name in any letter case. */
export interface SavedFilters {
  /** By name. What an older version saved and cannot be read any more is left out. */
  list(): SavedFilter[];
  /** Answers whether it was saved: not when the name is taken and `replace` is not set, or when there are `most` already. */
  save(filter: SavedFilter, options: { readonly replace: boolean; readonly most: number }): 'saved' | 'taken' | 'full';
  /** Answers whether there was one. */
  remove(name: string): boolean;
}

export interface FilterServicePorts {
  readonly saved: SavedFilters;
  changed(): void;
  now(): number;
}

export function createFilterService({ saved, changed, now }: FilterServicePorts): Implementation<typeof filtersContract, Call> {
  return {
    async list() {
      return { filters: saved.list() };
    },

    async save({ name: typed, filter, replace }, { caller }) {
      const name = typed.trim();
      if (name === '' || name.length > filterNameLimit) {
        throw invalid(`A filter needs a name of at most ${filterNameLimit} characters.`, 'name');
      }
      if (filter.conditions.length === 0) throw invalid('A filter needs at least one condition.', 'filter');
      const outcome = saved.save({ name, filter, savedBy: caller.account, savedAt: now() }, { replace, most: mostSavedFilters });
      if (outcome === 'taken') throw new AppError('conflict', `There is already a filter “${name}”.`, { details: { name } });
      if (outcome === 'full') throw invalid(`At most ${mostSavedFilters} filters can be saved. Remove one first.`, 'name');
      changed();
      return null;
    },

    async remove({ name }) {
      if (!saved.remove(name.trim())) throw new AppError('not-found', `There is no saved filter “${name}”.`, { details: { name } });
      changed();
      return null;
    },
  };
}

function invalid(message: string, field: string): AppError {
  return new AppError('invalid-input', message, { details: { field } });
}
