import { AbandonRequest, BindRequest, ExtendedRequest, PagedResultsControl, SearchRequest, UnbindRequest } from 'ldapts';
import type { Filter } from '../../../shared/directory/filterSyntax.ts';
import type { Secret } from '../../../shared/lib/secret.ts';
import type { Seconds } from '../../../shared/lib/durations.ts';
import { EncodedFilter } from './filterEncoding.ts';

const startTlsOid = '1.3.6.1.4.1.1466.20037';

/** Encodes a request under the message id that the connection gives it. */
export type EncodeRequest = (messageId: number) => Buffer;

/** Simple bind (RFC 4513 section 5.1); without a password an anonymous one. */
export function bindRequest(dn: string, password: Secret | null): EncodeRequest {
  return (messageId) => new BindRequest({ messageId, dn: password === null ? '' : dn, password: password?.reveal() ?? '' }).write();
}

export const startTlsRequest: EncodeRequest = (messageId) => new ExtendedRequest({ messageId, oid: startTlsOid }).write();

export function abandonRequest(abandonId: number): EncodeRequest {
  return (messageId) => new AbandonRequest({ messageId, abandonId }).write();
}

export const unbindRequest: EncodeRequest = (messageId) => new UnbindRequest({ messageId }).write();

export interface SearchPlan {
  readonly base: string;
  readonly scope: 'base' | 'one' | 'sub';
  readonly filter: Filter;
  readonly attributes: readonly string[];
  /** For the server. Without it ldapts writes 10 seconds. */
  readonly timeLimitSeconds: Seconds;
  /** Null: no paging control. */
  readonly page: { readonly size: number; readonly cookie: Buffer } | null;
}

/**
 * A search. `sizeLimit` is never sent: how much we want is our affair (abandon), and a limit of ours could not be told from one of the
 * server's. The paging control is critical, so that a server which does not know it says so instead of sending everything at once.
 */
export function searchRequest(plan: SearchPlan): EncodeRequest {
  // Duplicates are legal to ask for, and a name that comes twice in an answer is not legal to send: ask once.
  const attributes = [...new Map(plan.attributes.filter((name) => name !== '').map((name) => [name.toLowerCase(), name])).values()];
  return (messageId) =>
    new SearchRequest({
      messageId,
      baseDN: plan.base,
      scope: plan.scope,
      filter: new EncodedFilter(plan.filter),
      // RFC 4511 section 4.5.1.8: an empty list would mean all attributes, "1.1" means none.
      attributes: attributes.length === 0 ? ['1.1'] : attributes,
      timeLimit: Math.max(1, plan.timeLimitSeconds),
      derefAliases: 'never',
      controls: plan.page === null ? undefined : [new PagedResultsControl({ critical: true, value: plan.page })],
    }).write();
}
