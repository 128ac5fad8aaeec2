import type { UserTarget } from '../contract/userCommands.ts';
import type { UserFilter } from '../contract/userFilter.ts';

/** A filter with what it takes from elsewhere, so that it always says the same of the same users. */
export interface ResolvedFilter extends UserFilter {
  /** When "the last 7 days" end and PINs have expired or not; 0 where no condition asks. */
  readonly now: number;
  /** The company's rule, for users without their own; 0 where no condition asks, or when PINs do not expire. */
  readonly pinExpirationDays: number;
}

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

/** Whom a command is about, ready for those who look for them. */
export type ResolvedTarget =
  | { readonly ids: readonly number[] }
  | {
      readonly where: { readonly search: string; readonly importJobId?: string | undefined; readonly filter?: ResolvedFilter | undefined };
    };

export function resolveTarget(target: UserTarget, ports: FilterPorts): ResolvedTarget {
  return 'where' in target ? { where: resolveSelection(target.where, ports) } : target;
}
