import type { UserFields } from '../../../shared/users/userFields.ts';

/** Tags that a user gets and loses. */
export interface TagChange {
  readonly add: readonly number[];
  readonly remove: readonly number[];
}

/** A PIN that was checked and hashed before (services/pins). */
export interface WritablePin {
  readonly record: string;
  readonly initial: Uint8Array | null;
  /** The record that the user had then. */
  readonly basedOn: string | null;
  readonly history: number;
}

export interface NewUser {
  readonly fields: UserFields;
  readonly tags: readonly number[];
  readonly pin: WritablePin | null;
}

export interface UserEdit {
  readonly id: number;
  /** Nothing is written when the user is not the one of this revision any more. */
  readonly revision: number;
  readonly fields: Partial<UserFields>;
  readonly tags: TagChange;
  /** Null: the PIN stays. */
  readonly pin: WritablePin | null;
}

/**
 * Writes users without blocking the caller's thread: each call is one transaction, committed when it resolves. What was
 * asked is done, whether or not somebody still waits. Every call keeps `complete` right and notes the users for lists and
 * search. Rejects with AppError `username-taken` (`details.takenBy`), `invalid-input` (an unknown tag), `store-busy` when
 * another process writes for too long, and with what the store says.
 */
export interface UserWriter {
  /** Answers the id. */
  add(user: NewUser): Promise<number>;
  /** `outdated` when the revision is another one, the PIN is another than when the new one was checked, or the user is gone; then nothing was written. */
  edit(edit: UserEdit): Promise<'written' | 'outdated'>;
}
