import { setTimeout as delay } from 'node:timers/promises';
import type { LdapBackend, LdapSession } from './protocol/backend.ts';
import type { SearchPart, SearchRequest } from './protocol/messages.ts';
import { controlOid } from './protocol/oids.ts';
import { pagedResultsControl, readPagedResults } from './protocol/pagedResults.ts';
import { resultCode, type LdapResult, type ResultCode } from './protocol/resultCode.ts';
import { controlRefused } from './windowsMessages.ts';

/** Puts a misbehaving layer around a directory. Faults compose: each sees what the one inside it answers. */
export type Fault = (next: LdapBackend) => LdapBackend;

/**
 * A search as a fault sees it. Pages count from 1 for each paged search of a connection; a search without pages is page 1.
 * Reading the root DSE is not counted and never faulty.
 */
interface SearchCall {
  readonly request: SearchRequest;
  readonly page: number;
  readonly signal: AbortSignal;
  proceed(request?: SearchRequest): AsyncIterable<SearchPart>;
}

/** Where a fault strikes: on one page, or (default) on every page. */
export interface OnPage {
  readonly page?: number;
}

/** Cookie of a page that has no predecessor: given out by emptyPage on page 1, it means "from the start". */
const startCookie = Buffer.from('from the start');

/** Answers page `page` with no entry but a live cookie, as RFC 2696 allows. All entries come on the other pages. */
export function emptyPage({ page }: { readonly page: number }): Fault {
  return onSearch(({ request, page: current, proceed }) => {
    const cookie = readPagedResults(request.controls)?.cookie;
    if (cookie?.equals(startCookie) === true) return proceed(withCookie(request, Buffer.alloc(0)));
    // The cookie is handed back unused, so that the next request gets the page that was due here.
    if (cookie !== undefined && current === page) return answer({ code: resultCode.success }, cookie.length > 0 ? cookie : startCookie);
    return proceed();
  });
}

/** Answers page `page` and every one after it with the same entries and the same cookie: a loop without end. */
export function repeatCookie({ page }: { readonly page: number }): Fault {
  return onSession(() => {
    let repeated: readonly SearchPart[] | undefined;
    return async function* ({ page: current, proceed }) {
      if (current < page) return yield* proceed();
      repeated ??= await collect(proceed());
      return yield* repeated;
    };
  });
}

/** Ends the answer after `entries` entries with a code, although there are more. Default sizeLimitExceeded. */
export function cutAfter({
  entries,
  code = resultCode.sizeLimitExceeded,
}: {
  readonly entries: number;
  readonly code?: ResultCode;
}): Fault {
  return onSearch(async function* ({ proceed }) {
    let left = entries;
    for await (const part of proceed()) {
      if (part.kind === 'entry' && left === 0) return yield* answer({ code });
      if (part.kind === 'entry') left -= 1;
      yield part;
    }
    return undefined;
  });
}

/** Goes silent after `entries` entries and keeps the connection open. */
export function stallAfter({ entries }: { readonly entries: number }): Fault {
  return onSearch(async function* ({ proceed, signal }) {
    let left = entries;
    for await (const part of proceed()) {
      if (left === 0) return void (await untilAborted(signal));
      if (part.kind === 'entry') left -= 1;
      yield part;
    }
    return undefined;
  });
}

/** Cuts the connection instead of answering page `page`. `entries` of it still get through; default 0. */
export function dropConnection({ page, entries = 0 }: { readonly page: number; readonly entries?: number }): Fault {
  return onSearch(async function* ({ page: current, proceed }) {
    if (current !== page) return yield* proceed();
    let left = entries;
    for await (const part of proceed()) {
      if (part.kind !== 'entry' || left === 0) break;
      left -= 1;
      yield part;
    }
    yield { kind: 'disconnect' };
    return undefined;
  });
}

/** Sends bytes that are no LDAP instead of an answer. */
export function garbage({
  page,
  bytes = Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'),
}: OnPage & { readonly bytes?: Buffer } = {}): Fault {
  return onSearch(async function* ({ page: current, proceed, signal }) {
    if (page !== undefined && current !== page) return yield* proceed();
    yield { kind: 'raw', bytes };
    return void (await untilAborted(signal));
  });
}

/** Announces a message of almost 2 GB and sends nothing of it. */
export function hugeLength(where: OnPage = {}): Fault {
  return garbage({ ...where, bytes: Buffer.of(0x30, 0x84, 0x7f, 0xff, 0xff, 0xff, 0x02, 0x01) });
}

/** Lets each connection wait for its first answer, be it to a bind or a search. */
export function delayFirstAnswer({ delayMs }: { readonly delayMs: number }): Fault {
  return (next) => ({
    ...next,
    openSession(peer) {
      const session = next.openSession(peer);
      let wait: Promise<unknown> | undefined;
      const waitOnce = (signal: AbortSignal) => (wait ??= delay(delayMs, undefined, { signal }));
      return {
        ...session,
        bind: (request, signal) => waitOnce(signal).then(() => session.bind(request, signal)),
        search: async function* (request, signal) {
          await waitOnce(signal);
          yield* session.search(request, signal);
        },
      };
    },
  });
}

/**
 * Forgets the search behind a cookie, as a domain controller does that has thrown the result away or was replaced by another one.
 * A cookie from an earlier connection is refused without this fault as well.
 */
export function refuseCookie({ page }: { readonly page: number }): Fault {
  return onSearch(({ page: current, proceed }) =>
    current === page ? answer({ code: resultCode.unavailableCriticalExtension, message: controlRefused }) : proceed(),
  );
}

/** Sends searches elsewhere with result code 10. */
export function referSearches({ urls }: { readonly urls: readonly string[] }): Fault {
  return onSearch(() => answer({ code: resultCode.referral, referral: urls }));
}

/** Answers the first `times` requests (default: all, over all connections) with a code, for example `busy` or `unavailable`. */
export function answerWith({
  operation,
  times = Infinity,
  ...result
}: LdapResult & { readonly operation: 'bind' | 'search'; readonly times?: number }): Fault {
  let left = times;
  const isDue = () => (left -= 1) >= 0;
  if (operation === 'search') return onSearch(({ proceed }) => (isDue() ? answer(result) : proceed()));
  return (next) => ({
    ...next,
    openSession(peer) {
      const session = next.openSession(peer);
      return { ...session, bind: async (request, signal) => (isDue() ? result : session.bind(request, signal)) };
    },
  });
}

type SearchFault = (call: SearchCall) => AsyncIterable<SearchPart>;

function onSearch(fault: SearchFault): Fault {
  return onSession(() => fault);
}

/** Like onSearch, for faults that remember something for each connection. */
function onSession(createFault: () => SearchFault): Fault {
  return (next) => ({
    ...next,
    openSession(peer): LdapSession {
      const session = next.openSession(peer);
      const fault = createFault();
      let page = 0;
      return {
        ...session,
        search(request, signal) {
          if (request.baseDn === '') return session.search(request, signal);
          const isContinued = (readPagedResults(request.controls)?.cookie.length ?? 0) > 0;
          page = isContinued ? page + 1 : 1;
          return fault({ request, page, signal, proceed: (changed = request) => session.search(changed, signal) });
        },
      };
    },
  });
}

async function* answer(result: LdapResult, cookie?: Buffer): AsyncGenerator<SearchPart, undefined> {
  yield { kind: 'done', result, controls: cookie === undefined ? [] : [pagedResultsControl({ size: 0, cookie })] };
  return undefined;
}

function withCookie(request: SearchRequest, cookie: Buffer): SearchRequest {
  const size = readPagedResults(request.controls)?.size ?? 0;
  const others = request.controls.filter(({ oid }) => oid !== controlOid.pagedResults);
  return { ...request, controls: [...others, pagedResultsControl({ size, cookie })] };
}

async function collect(parts: AsyncIterable<SearchPart>): Promise<SearchPart[]> {
  const collected: SearchPart[] = [];
  for await (const part of parts) collected.push(part);
  return collected;
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
