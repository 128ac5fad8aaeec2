import type { AlikeUsers, MailCampaign } from '../../../shared/email/mailPlan.ts';
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

/** Who writes, and in which job; empty where it is none. */
export interface ChangedBy {
  readonly account: string;
  readonly jobId: string;
}

export interface NewUser {
  readonly fields: UserFields;
  readonly tags: readonly number[];
  readonly pin: WritablePin | null;
  readonly by: ChangedBy;
  readonly mail?: MailCampaign | null;
}

export interface UserEdit {
  readonly id: number;
  /** Nothing is written when the user is not the one of this revision any more. */
  readonly revision: number;
  readonly fields: Partial<UserFields>;
  readonly tags: TagChange;
  /** Null: the PIN stays. */
  readonly pin: WritablePin | null;
  readonly by: ChangedBy;
  readonly mail?: MailCampaign | null;
}

/** The same for many users. */
export interface BulkChange {
  readonly fields: Partial<UserFields>;
  readonly tags: TagChange;
  /** `initial`: the PINs that come along are set. `none`: PINs are taken away. */
  readonly pin: 'keep' | 'initial' | 'none';
}

export interface InitialPin {
  readonly userId: number;
  readonly pin: WritablePin;
}

/** How it went with some users, all in one transaction. */
export interface SomeWritten {
  /** How many are different now. */
  readonly changed: number;
  /** Who was passed over, and why; `name` is the username, or the id where nobody knows it. */
  readonly refused: readonly { readonly name: string; readonly reason: RefusedReason; readonly holder?: string }[];
}

/**
 * `gone`: there is no such user, or none in the recycle bin. `pin-changed`: somebody else set a PIN at the same time.
 * `username-taken` and `directory-id-taken`: by `holder`, who was added meanwhile.
 */
export type RefusedReason = 'gone' | 'pin-changed' | 'username-taken' | 'directory-id-taken';

export interface RemovedUserRow {
  readonly id: number;
  readonly username: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly removedAt: number;
  readonly removedBy: string;
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
  /** Removes a device. False when the user has no such device. */
  removeDevice(userId: number, deviceId: number): Promise<boolean>;

  /** How many of these users exist, how many a change would change, and what those would be to the rules of mails. Writes nothing. */
  previewSome(
    ids: readonly number[],
    change: BulkChange,
  ): Promise<{ readonly matched: number; readonly changing: number; readonly mailed: readonly AlikeUsers[] }>;
  /** Changes what is given and nothing else; who is so already is left alone. `pins` for `initial`: who has none is passed over. */
  editSome(
    ids: readonly number[],
    change: BulkChange,
    pins: readonly InitialPin[],
    by: ChangedBy,
    mail?: MailCampaign | null,
  ): Promise<SomeWritten>;
  /** Into the recycle bin. `by` is the account that removes. */
  removeSome(ids: readonly number[], by: string): Promise<SomeWritten>;
  /** Out of the recycle bin, as they were. */
  restoreSome(ids: readonly number[]): Promise<SomeWritten>;
  /** Out of the recycle bin for good, with all that belongs to them; OATH tokens become free. */
  forgetSome(ids: readonly number[]): Promise<SomeWritten>;
  /** Who is in the recycle bin, last removed first. */
  removed(options: { search: string; offset: number; limit: number }): Promise<{ users: RemovedUserRow[]; total: number }>;
  /** Some of those who were removed before this instant. */
  removedBefore(instant: number, limit: number): Promise<number[]>;
}
