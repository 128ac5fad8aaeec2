import type { UserFilter } from '../../../shared/contract/userFilter.ts';
import type { ResolvedFilter } from './userReader.ts';

/** What filters take from elsewhere. */
export interface FilterPorts {
  now(): number;
  /** Days after which a PIN expires by the company's rule; 0: never. */
  pinExpirationDays(): number;
}

/** What was found for a filter with a time in it is good for so long. */
const minuteMs = 60_000;

/** The same selection, ready for the UserReader. */
export function resolveSelection<Selection extends { readonly filter?: UserFilter | undefined }>(
  selection: Selection,
  ports: FilterPorts,
): Omit<Selection, 'filter'> & { readonly filter?: ResolvedFilter | undefined } {
  const { filter, ...rest } = selection;
  if (!filter || filter.conditions.length === 0) return rest;
  const isExpiry = filter.conditions.some((condition) => condition.kind === 'flag' && condition.field === 'pinExpired');
  const isTimed = isExpiry || filter.conditions.some((condition) => condition.kind === 'time' && condition.days !== undefined);
  return {
    ...rest,
    filter: {
      ...filter,
      now: isTimed ? Math.floor(ports.now() / minuteMs) * minuteMs : 0,
      pinExpirationDays: isExpiry ? ports.pinExpirationDays() : 0,
    },
  };
}
