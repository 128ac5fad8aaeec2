import type { UserColumn, UserDetail, UserRow } from '../../../shared/contract/users.contract.ts';

export interface UserSelection {
  readonly search: string;
  readonly importJobId?: string | undefined;
}

export interface UserWindow extends UserSelection {
  readonly sort: { readonly column: UserColumn; readonly descending: boolean };
  readonly offset: number;
  readonly limit: number;
}

export type UserKey = { readonly id: number } | { readonly username: string };

/**
 * Reads the list of users without blocking the caller's thread. Every answer is of one committed state of the store.
 * Rejects with the signal's reason when it aborts, and with an AppError when the store cannot be read.
 */
export interface UserReader {
  list(window: UserWindow, signal?: AbortSignal): Promise<UserRow[]>;
  /** Exact. May take a second over a million users; no window waits for it. */
  count(selection: UserSelection, signal?: AbortSignal): Promise<number>;
  /** Null when there is no such user. A username is compared by `usernameKey`. */
  get(key: UserKey, signal?: AbortSignal): Promise<UserDetail | null>;
}
