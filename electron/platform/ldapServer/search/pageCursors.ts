import { randomBytes } from 'node:crypto';
import type { SearchRequest } from '../protocol/messages.ts';
import type { Hit } from './findHits.ts';

/** A search that may be read further. */
export interface SearchCursor {
  readonly hits: Iterator<Hit, undefined>;
  /** The hit that was read ahead to learn whether there is more. */
  next?: Hit;
  /** Entries returned by earlier pages. */
  returned: number;
}

export interface PageCursors {
  /** Keeps the cursor and answers the cookie under which this search, and no other, may be continued once. */
  keep(cursor: SearchCursor, request: SearchRequest): Buffer;
  /** Takes the cursor out. Undefined where the cookie is unknown, used up, or belongs to another search. */
  take(cookie: Buffer, request: SearchRequest): SearchCursor | undefined;
}

/** Paged searches that one connection may have open, as MaxResultSetsPerConn of Active Directory. The oldest gives way. */
const maxOpenCursors = 10;

/** Cookies of one connection, RFC 2696. They are random, so that no connection can guess those of another. */
export function createPageCursors(): PageCursors {
  const open = new Map<string, { readonly cursor: SearchCursor; readonly search: string }>();
  return {
    keep(cursor, request) {
      const cookie = randomBytes(16);
      const [oldest] = open.keys();
      if (open.size >= maxOpenCursors && oldest !== undefined) open.delete(oldest);
      open.set(cookie.toString('hex'), { cursor, search: identify(request) });
      return cookie;
    },
    take(cookie, request) {
      const id = cookie.toString('hex');
      const kept = open.get(id);
      open.delete(id);
      return kept?.search === identify(request) ? kept.cursor : undefined;
    },
  };
}

/** RFC 2696 section 3: everything but the message id and the control itself has to stay the same from page to page. */
function identify({ baseDn, scope, filter, attributes, typesOnly }: SearchRequest): string {
  return JSON.stringify([baseDn, scope, filter, attributes, typesOnly]);
}
