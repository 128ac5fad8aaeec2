import type { Certificate, DirectoryServer, DirectorySettings } from '../../../shared/contract/directory.contract.ts';
import type { ReadSummary } from '../../../shared/contract/common.ts';
import type { Entry } from '../../../shared/directory/entry.ts';
import type { Secret } from '../../../shared/lib/secret.ts';

/** How to reach a directory: what is configured, and the password that goes with it (null: anonymous). */
export interface DirectoryTarget {
  readonly settings: DirectorySettings;
  readonly password: Secret | null;
}

export interface SearchRequest {
  readonly base: string;
  readonly scope: 'base' | 'one' | 'sub';
  /** RFC 4515. Values are escaped by the caller through the escaping helper, never concatenated raw. */
  readonly filter: string;
  /** `values[i]` of each entry belongs to `attributes[i]`. Attributes that come in ranges arrive whole. */
  readonly attributes: readonly string[];
  /** Stop after so many entries; the read is then `cut by display-limit`. */
  readonly limit?: number;
}

export interface SearchPage {
  readonly entries: readonly Entry[];
}

/** A bound connection to one server. Reconnects and binds again when the server dropped it between two searches. */
export interface DirectorySession {
  readonly server: DirectoryServer;
  readonly certificate: Certificate | null;
  /**
   * Reads page by page; never more than one page is held. Returns how much was read and whether that was all:
   * limits that the server sets end the read, they do not throw. Throws AppError for everything else.
   */
  search(request: SearchRequest, signal: AbortSignal): AsyncGenerator<SearchPage, ReadSummary, void>;
  close(): Promise<void>;
}

export interface DirectoryPort {
  /** Tries the servers in their order, each for at most its connect timeout, and signs in to the first that answers. */
  open(target: DirectoryTarget, signal: AbortSignal): Promise<DirectorySession>;
}
