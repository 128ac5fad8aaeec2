import type { ReadSummary } from '../../../shared/contract/common.ts';
import type { ErrorDetails } from '../../../shared/contract/errors.ts';
import type { Filter } from '../../../shared/directory/filterSyntax.ts';
import { asMilliseconds, toSeconds } from '../../../shared/lib/durations.ts';
import type { SearchPage, SearchRequest } from '../../services/directory/directoryPort.ts';
import type { AnswerLimits, LdapConnection } from './connection.ts';
import { createEntryDecoder, type DecodedEntry } from './entryDecoding.ts';
import { resultError } from './ldapErrors.ts';
import { abortable } from '../network/tcp.ts';
import { createProgressGuard } from './progressGuard.ts';
import { completeRanges } from './rangeRetrieval.ts';
import { searchRequest } from './requests.ts';
import type { SeenNames } from './seenNames.ts';
import { startSearch, type SearchAnswer } from './searchExchange.ts';

export type CutReason = NonNullable<ReadSummary['cutBy']>;

/** Outlives a lost connection: the second attempt starts at the beginning and leaves out what was delivered. */
export interface ReadProgress {
  readonly seen: SeenNames;
  delivered: number;
  referrals: number;
}

export interface PagedSearchOptions {
  readonly connection: LdapConnection;
  readonly request: SearchRequest;
  readonly filter: Filter;
  readonly pageSize: number;
  readonly limits: AnswerLimits;
  /** `performance.now()` at which the whole read ends. */
  readonly deadline: number;
  /** Aborts at the deadline or when the caller gives up. */
  readonly stop: AbortSignal;
  /** The caller's part of `stop`. */
  readonly signal: AbortSignal;
  readonly progress: ReadProgress;
  readonly details: ErrorDetails;
}

const cutByCode: Readonly<Record<number, CutReason>> = { 3: 'server-time-limit', 4: 'server-size-limit', 11: 'server-size-limit' };

/**
 * So many entries of a page are handed on at once. Fewer of them are alive at a time then than if a page was handed on as a whole, and
 * moving those that are alive is what the collector of garbage takes its time for.
 */
const handedOnAtOnce = 200;

/**
 * Reads page by page. The cookie alone decides whether there is more: RFC 2696 allows pages without entries. The next page is asked
 * for before the rest of this one is handed on, so that the server works while the caller does. Answers what cut the read short, or null.
 */
export async function* pagedSearch(options: PagedSearchOptions): AsyncGenerator<SearchPage, CutReason | null, void> {
  const { connection, request, limits, stop, signal, progress, details } = options;
  const decoder = createEntryDecoder(request.attributes);
  const limit = request.limit ?? Number.POSITIVE_INFINITY;
  // One more than wanted: only that tells "just enough" from "cut".
  const pageSize = Math.min(options.pageSize, limit + 1);
  const guard = createProgressGuard(pageSize);
  /** Of the page that is being read. */
  const waiting: DecodedEntry[][] = [];
  let wake: () => void = () => undefined;
  progress.referrals = 0;

  const onBatch = (entries: DecodedEntry[]) => {
    waiting.push(entries);
    wake();
  };
  const ask = (cookie: Buffer) => {
    const timeLimitSeconds = toSeconds(asMilliseconds(options.deadline - performance.now()));
    const plan = { ...request, filter: options.filter, timeLimitSeconds, page: { size: pageSize, cookie } };
    return startSearch(connection, searchRequest(plan), limits, decoder, { size: handedOnAtOnce, onBatch });
  };

  let exchange = ask(Buffer.alloc(0));
  try {
    for (;;) {
      const current = exchange;
      const before = progress.delivered;
      let answer = current.settled();
      while (answer === null) {
        const batch = waiting.shift();
        if (batch !== undefined) {
          if (yield* deliver(batch)) return 'display-limit';
        } else {
          const next = new Promise<void>((resolve) => (wake = resolve));
          if ((await waitFor(Promise.race([current.answer, next]), stop, signal)) === 'deadline') {
            yield* deliver([...waiting.flat(), ...current.received()]);
            return 'total-time-limit';
          }
        }
        answer = current.settled();
      }
      progress.referrals += answer.references;
      const { code, paging } = answer.result;
      const cut = cutByCode[code];
      if (code !== 0 && cut === undefined) throw resultError(answer.result, details);
      const rest = [...waiting.splice(0).flat(), ...answer.entries];
      const hasMore = code === 0 && paging !== null && paging.cookie.length > 0;
      const isEnough = progress.delivered + rest.length > limit;
      if (hasMore && !isEnough) exchange = ask(paging.cookie);

      if (yield* deliver(rest)) return 'display-limit';
      if (cut !== undefined) return cut;
      if (!hasMore) return null;
      const fresh = progress.delivered - before;
      if (guard.isStuck({ cookie: paging.cookie, estimate: paging.estimate, fresh, total: progress.delivered })) return 'paging-stuck';
      // Entries that the second attempt left out had made the page look like enough.
      if (exchange === current) exchange = ask(paging.cookie);
    }
  } finally {
    exchange.abandon();
  }

  /** Hands on what was not delivered yet. Answers true when the limit was reached and there was more. */
  async function* deliver(entries: DecodedEntry[]): AsyncGenerator<SearchPage, boolean, void> {
    let fresh = entries.filter(({ dn }) => progress.seen.add(dn));
    const isOver = progress.delivered + fresh.length > limit;
    if (isOver) fresh = fresh.slice(0, limit - progress.delivered);
    if (fresh.length > 0) {
      await completeRanges(connection, request.attributes, fresh, limits, details, stop);
      progress.delivered += fresh.length;
      yield { entries: fresh };
    }
    return isOver;
  }
}

/** Batches that may wait before the server is slowed down. */
const maxWaitingBatches = 2;

/** The same for servers without paging: one answer, cut into pages as it arrives. */
export async function* unpagedSearch(options: PagedSearchOptions): AsyncGenerator<SearchPage, CutReason | null, void> {
  const { connection, request, limits, stop, signal, progress, details } = options;
  const limit = request.limit ?? Number.POSITIVE_INFINITY;
  const waiting: DecodedEntry[][] = [];
  let wake: () => void = () => undefined;
  let answer: SearchAnswer | undefined;
  let failure: unknown;
  progress.referrals = 0;

  const timeLimitSeconds = toSeconds(asMilliseconds(options.deadline - performance.now()));
  const encode = searchRequest({ ...request, filter: options.filter, timeLimitSeconds, page: null });
  const exchange = startSearch(connection, encode, limits, createEntryDecoder(request.attributes), {
    size: options.pageSize,
    onBatch(entries) {
      waiting.push(entries);
      if (waiting.length >= maxWaitingBatches) connection.pause();
      wake();
    },
  });
  const watchEnd = async () => {
    try {
      answer = await exchange.answer;
      waiting.push(answer.entries);
    } catch (error) {
      failure = error;
    }
    wake();
  };
  void watchEnd();
  try {
    for (;;) {
      const batch = waiting.shift();
      if (waiting.length < maxWaitingBatches) connection.resume();
      if (batch === undefined) {
        if (failure !== undefined) throw failure;
        if (answer !== undefined) break;
        const next = new Promise<void>((resolve) => (wake = resolve));
        if ((await waitFor(next, stop, signal)) === 'deadline') return 'total-time-limit';
        continue;
      }
      let fresh = batch.filter(({ dn }) => progress.seen.add(dn));
      const isOver = progress.delivered + fresh.length > limit;
      if (isOver) fresh = fresh.slice(0, limit - progress.delivered);
      // The rest of a range cannot be asked for through a paused connection.
      connection.resume();
      await completeRanges(connection, request.attributes, fresh, limits, details, stop);
      progress.delivered += fresh.length;
      if (fresh.length > 0) yield { entries: fresh };
      if (isOver) return 'display-limit';
    }
    progress.referrals = answer.references;
    const { code } = answer.result;
    if (code === 0) return null;
    const cut = cutByCode[code];
    if (cut === undefined) throw resultError(answer.result, details);
    return cut;
  } finally {
    connection.resume();
    exchange.abandon();
  }
}

async function waitFor<T>(promise: Promise<T>, stop: AbortSignal, signal: AbortSignal): Promise<T | 'deadline'> {
  try {
    return await abortable(promise, stop);
  } catch (error) {
    signal.throwIfAborted();
    if (stop.aborted && error === stop.reason) return 'deadline';
    throw error;
  }
}
