import type { Secret } from '../../../shared/lib/secret.ts';
import type { TokenAlgorithm, TokenColumn, TokenKind, TokenRow, TokenSelection } from '../../../shared/contract/tokens.contract.ts';

export interface TokenWindow extends TokenSelection {
  readonly sort: { readonly column: TokenColumn; readonly descending: boolean };
  readonly offset: number;
  readonly limit: number;
}

/** Reads the list of tokens without blocking the caller's thread. */
export interface TokenReader {
  list(window: TokenWindow, signal?: AbortSignal): Promise<TokenRow[]>;
  count(selection: TokenSelection, signal?: AbortSignal): Promise<number>;
  idsAt(
    list: Omit<TokenWindow, 'offset' | 'limit'> & { readonly ranges: readonly { readonly from: number; readonly to: number }[] },
    signal?: AbortSignal,
  ): Promise<number[]>;
  /** Where these tokens are in the list, in the order of the ids; null for those that are not in it. */
  placesOf(
    list: Omit<TokenWindow, 'offset' | 'limit'> & { readonly ids: readonly number[] },
    signal?: AbortSignal,
  ): Promise<(number | null)[]>;
  /** What users would lose with these tokens. */
  losses(ids: readonly number[], signal?: AbortSignal): Promise<TokenLosses>;
}

export interface TokenLosses {
  /** How many of the tokens belong to users. */
  readonly assigned: number;
  /** Users who would have no token any more. */
  readonly usersWithout: number;
  /** At most 20 of them; first those whose user would have none any more. */
  readonly first: { serial: string; username: string; isLast: boolean }[];
}

/** What the codes of a token are made of, and what is remembered of the last one. */
export interface TokenKey {
  readonly id: number;
  readonly serial: string;
  readonly kind: TokenKind;
  readonly algorithm: TokenAlgorithm;
  readonly digits: number;
  /** Seconds; 0 for HOTP. */
  readonly interval: number;
  /** Opens under `secretContext(id)`. */
  readonly sealed: Uint8Array;
  /** HOTP: the next counter. TOTP: the time step that was used last. */
  readonly counter: number;
  /** TOTP: by how many steps the token's clock is ahead. */
  readonly drift: number;
  readonly startsAt: number | null;
  readonly expiresAt: number | null;
}

/** What a code that was accepted tells about its token. */
export interface TokenPosition {
  readonly counter: number;
  readonly drift: number;
}

/** Columns of a token that an administrator sets, in the form in which they are kept. */
export interface StoredFacts {
  readonly serial: string;
  readonly manufacturer: string;
  readonly model: string;
  readonly kind: TokenKind;
  readonly algorithm: TokenAlgorithm;
  readonly digits: number;
  readonly interval: number;
  readonly startsAt: number | null;
  readonly expiresAt: number | null;
}

/**
 * Tokens in the store. Each method is one transaction, and whoever loses or gets his first token is kept right in it
 * (`has_token`, `complete`, `revision`, search index). All throw AppError `not-found` for a token or user that does not exist.
 */
export interface TokenStore {
  get(key: { readonly id: number } | { readonly serial: string }): TokenRow | null;
  /** Null when there is no such token. */
  key(id: number): TokenKey | null;
  keysOfUser(userId: number): TokenKey[];
  /** `seal` is told the id of the new token. Throws `serial-taken`. Answers the id. */
  add(facts: StoredFacts, secret: NewSecret, userId: number | null): number;
  /**
   * Writes what `decide` answers, which gets the token as it is, in one transaction; nothing when it throws. Throws `serial-taken`.
   */
  edit(id: number, decide: (current: TokenRow) => Partial<StoredFacts>, secret: NewSecret | null): void;
  remove(ids: readonly number[]): { removed: number; unassigned: number };
  /** Throws `token-assigned` when another user has it. With `position`, the code that proved it is used up. */
  assign(id: number, userId: number, spent: Spent | null): void;
  unassign(id: number): void;
  /** Writes down what a code told, unless that code or a later one was used meanwhile or the secret was replaced: then false. */
  spend(spent: Spent): boolean;
  /** As `spend`, but lets the position go back too. */
  reset(spent: Spent): boolean;
}

export interface NewSecret {
  seal(id: number): Uint8Array;
  /** HOTP: the counter of the next code. */
  readonly counter: number;
}

/** A code that was found right: the key it was checked with, and where the token is after it. */
export interface Spent {
  readonly key: TokenKey;
  readonly after: TokenPosition;
}

/** A part of services/vault: seals and opens the secrets of tokens. */
export interface TokenSealer {
  seal(context: string, secret: Secret): Uint8Array;
  open(context: string, sealed: Uint8Array): Secret;
}
