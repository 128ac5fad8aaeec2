import type { Secret } from '../../../../shared/lib/secret.ts';
import type { LdapResult } from './resultCode.ts';

/** A search filter of RFC 4511 section 4.5.1.7. Values stay bytes: only the attribute's syntax says what they mean. */
export type Filter =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Filter[] }
  | { readonly kind: 'not'; readonly part: Filter }
  | ValueAssertion
  | { readonly kind: 'present'; readonly attribute: string }
  | SubstringsFilter
  | ExtensibleFilter;

export interface ValueAssertion {
  readonly kind: 'equality' | 'greaterOrEqual' | 'lessOrEqual' | 'approx';
  readonly attribute: string;
  readonly value: Buffer;
}

export interface SubstringsFilter {
  readonly kind: 'substrings';
  readonly attribute: string;
  readonly initial?: Buffer;
  readonly any: readonly Buffer[];
  readonly final?: Buffer;
}

export interface ExtensibleFilter {
  readonly kind: 'extensible';
  readonly rule?: string;
  readonly attribute?: string;
  readonly value: Buffer;
  readonly includesDn: boolean;
}

export interface Control {
  readonly oid: string;
  readonly isCritical: boolean;
  readonly value?: Buffer;
}

export interface BindRequest {
  readonly kind: 'bind';
  readonly version: number;
  readonly name: string;
  readonly credentials: { readonly kind: 'simple'; readonly password: Secret } | { readonly kind: 'sasl'; readonly mechanism: string };
}

export type SearchScope = 'base' | 'one' | 'sub' | 'children';

export interface SearchRequest {
  readonly kind: 'search';
  readonly baseDn: string;
  readonly scope: SearchScope;
  /** Entries wanted; 0 = no wish. */
  readonly sizeLimit: number;
  /** Seconds allowed; 0 = no wish. */
  readonly timeLimitSeconds: number;
  readonly typesOnly: boolean;
  readonly filter: Filter;
  readonly attributes: readonly string[];
  readonly controls: readonly Control[];
}

export interface CompareRequest {
  readonly kind: 'compare';
  readonly dn: string;
  readonly attribute: string;
  readonly value: Buffer;
}

export interface ExtendedRequest {
  readonly kind: 'extended';
  readonly oid: string;
  readonly value?: Buffer;
}

export type LdapOperation =
  | BindRequest
  | SearchRequest
  | CompareRequest
  | ExtendedRequest
  | { readonly kind: 'unbind' }
  | { readonly kind: 'abandon'; readonly messageId: number }
  /** Add, delete, modify and rename: understood well enough to be refused. */
  | { readonly kind: 'write'; readonly responseTag: number }
  /** Well-formed, but with a value that the protocol does not have (a scope of 9, say). */
  | { readonly kind: 'invalid'; readonly responseTag: number; readonly reason: string };

export interface LdapRequest {
  readonly messageId: number;
  readonly operation: LdapOperation;
  readonly controls: readonly Control[];
}

export interface ReturnedAttribute {
  readonly name: string;
  readonly values: readonly Buffer[];
}

/** What a search answers, in order. `raw` and `disconnect` are no LDAP: fault simulation uses them. */
export type SearchPart =
  | { readonly kind: 'entry'; readonly dn: string; readonly attributes: readonly ReturnedAttribute[] }
  | { readonly kind: 'reference'; readonly urls: readonly string[] }
  | { readonly kind: 'done'; readonly result: LdapResult; readonly controls?: readonly Control[] }
  | { readonly kind: 'raw'; readonly bytes: Buffer }
  | { readonly kind: 'disconnect' };
