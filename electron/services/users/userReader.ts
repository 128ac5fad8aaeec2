import type { MethodCount } from '../../../shared/contract/status.contract.ts';
import type { UserColumn, UserDetail, UserRow } from '../../../shared/contract/users.contract.ts';
import type { ResolvedFilter } from '../../../shared/users/resolveFilter.ts';

export interface UserSelection {
  readonly search: string;
  readonly importJobId?: string | undefined;
  readonly filter?: ResolvedFilter | undefined;
}

export interface SortedSelection extends UserSelection {
  readonly sort: { readonly column: UserColumn; readonly descending: boolean };
}

export interface PlaceRange {
  readonly from: number;
  readonly to: number;
}

export interface UserWindow extends SortedSelection {
  readonly offset: number;
  readonly limit: number;
}

export type UserKey = { readonly id: number } | { readonly username: string } | { readonly directoryId: string } | { readonly sid: string };

/**
 * Reads the list of users without blocking the caller's thread. Every answer is of one committed state of the store.
 * Rejects with the signal's reason when it aborts, and with an AppError when the store cannot be read.
 */
export interface UserReader {
  list(window: UserWindow, signal?: AbortSignal): Promise<UserRow[]>;
  /** Exact. May take a second over a million users; no window waits for it. */
  count(selection: UserSelection, signal?: AbortSignal): Promise<number>;
  /** Ids of the users at these places of the list, `to` excluded; places beyond its end are left out. */
  idsAt(selection: SortedSelection, ranges: readonly PlaceRange[], signal?: AbortSignal): Promise<Uint32Array>;
  /** Where these users are in the list, in the order of the ids; null for who is not in it. */
  placesOf(selection: SortedSelection, ids: readonly number[], signal?: AbortSignal): Promise<(number | null)[]>;
  /** Ids of everybody in the selection, smallest first. */
  ids(selection: UserSelection, signal?: AbortSignal): Promise<Uint32Array>;
  /** How many users there are of each method, at a version of the list. Looks at everybody. */
  methods(signal?: AbortSignal): Promise<{ readonly version: number; readonly methods: readonly MethodCount[] }>;
  /** Null when there is no such user, and where more than one has this SID. A username is compared by `usernameKey`. */
  get(key: UserKey, signal?: AbortSignal): Promise<UserDetail | null>;
}
