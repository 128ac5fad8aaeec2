import type { ReadSummary } from '../contract/common.ts';
import type { SkipReason } from '../contract/imports.contract.ts';

/**
 * One directory entry as it was read. `values[i]` belongs to the i-th attribute that was asked for and is empty where
 * the entry has none; values are raw bytes, because identifiers are binary and text may not be valid UTF-8.
 */
export interface Entry {
  readonly dn: string;
  readonly values: readonly (readonly Uint8Array[])[];
}

/** A person that belongs to the scope but cannot be read as one. */
export interface UnreadablePerson {
  readonly dn: string;
  readonly reason: Extract<SkipReason, 'member-not-readable' | 'member-elsewhere' | 'deleted-object' | 'not-a-user' | 'entry-too-large'>;
}

export interface PeoplePage {
  readonly entries: readonly Entry[];
  readonly unreadable: readonly UnreadablePerson[];
  /** How many people there will be in all, where the directory or a group said so. */
  readonly expected: number | null;
}

/** Pages of people; the value it returns says how much was read and whether that was all. */
export type PeopleReading = AsyncGenerator<PeoplePage, ReadSummary, void>;
