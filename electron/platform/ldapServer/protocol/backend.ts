import type { BindRequest, CompareRequest, SearchPart, SearchRequest } from './messages.ts';
import type { LdapResult } from './resultCode.ts';

/** What the protocol can tell about the other side. */
export interface LdapPeer {
  readonly address: string;
  /** True while the connection is encrypted. Changes to true after StartTLS. */
  isSecure(): boolean;
}

/**
 * What stands behind the protocol: the sample directory today, the front end that asks for a second factor later.
 * Faults wrap it (see faults.ts).
 */
export interface LdapBackend {
  /** Controls that may be critical. A critical control that is not listed is refused before the backend sees the request. */
  readonly supportedControls: readonly string[];
  /** Called once for each accepted connection. */
  openSession(peer: LdapPeer): LdapSession;
}

/** One connection's view of the backend. What must not outlive a connection (identity, page cookies) lives in here. */
export interface LdapSession {
  /** The signal fires when the connection closes. Rejections are answered as `other` (80). */
  bind(request: BindRequest, signal: AbortSignal): Promise<LdapResult>;
  /** The last part is `done`. The signal fires on abandon, unbind and close. */
  search(request: SearchRequest, signal: AbortSignal): AsyncIterable<SearchPart>;
  compare(request: CompareRequest, signal: AbortSignal): Promise<LdapResult>;
}
