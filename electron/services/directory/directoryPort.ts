import type { Certificate, DirectoryServer, DirectorySettings } from '../../../shared/contract/directory.contract.ts';
import type { ReadSummary } from '../../../shared/contract/common.ts';
import type { AppError } from '../../../shared/contract/errors.ts';
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

/** An entry with every attribute that may be read, under the server's names. */
export interface NamedEntry {
  readonly dn: string;
  readonly attributes: readonly { readonly name: string; readonly values: readonly Uint8Array[] }[];
}

/** What a server says about itself before anybody signs in (RFC 4512 section 5.1). */
export interface RootDse {
  readonly namingContexts: readonly string[];
  /** Active Directory: the domain of this controller. Else empty. */
  readonly defaultNamingContext: string;
  /** Empty if the server does not tell. */
  readonly supportedControls: ReadonlySet<string>;
  readonly capabilities: ReadonlySet<string>;
  readonly vendor: string;
}

/** One step on the way to a signed-in connection, for who wants to watch. */
export interface OpenEvent {
  readonly step: 'dns' | 'tcp' | 'tls' | 'bind' | 'rootdse';
  readonly server: DirectoryServer;
  readonly state: 'running' | 'passed' | 'failed';
  readonly milliseconds: number;
  readonly error?: AppError;
  readonly addresses?: readonly string[];
  /** Also when it was refused. */
  readonly certificate?: Certificate | null;
  /** Trusted by pin, not by its issuer. */
  readonly isPinned?: boolean;
  readonly rootDse?: RootDse;
}

export interface OpenOptions {
  observe?(event: OpenEvent): void;
  /** False: stop before the bind; what can be read anonymously can be read. Default true. */
  readonly signIn?: boolean;
}

/** A bound connection to one server. Reconnects and binds again when the server dropped it between two searches. */
export interface DirectorySession {
  readonly server: DirectoryServer;
  readonly certificate: Certificate | null;
  readonly rootDse: RootDse;
  /**
   * Reads page by page; never more than two pages are held. Returns how much was read and whether that was all:
   * limits that the server sets end the read, they do not throw. A lost connection is made again once and the read goes on
   * without repeating an entry. Throws AppError for everything else, and the signal's reason when that aborts.
   */
  search(request: SearchRequest, signal: AbortSignal): AsyncGenerator<SearchPage, ReadSummary, void>;
  /** One entry with all its attributes. Null if there is none or it may not be read. A lost connection is made again once. */
  readNamed(dn: string, signal: AbortSignal): Promise<NamedEntry | null>;
  close(): Promise<void>;
}

export interface DirectoryPort {
  /**
   * Tries the servers in their order, each for at most its connect timeout, and signs in to the first that answers. One that failed
   * a short while ago is tried last. A refused password is not tried on the next server: that would lock the account sooner.
   */
  open(target: DirectoryTarget, signal: AbortSignal, options?: OpenOptions): Promise<DirectorySession>;
}
