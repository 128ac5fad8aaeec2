import { AppError } from '../../../shared/contract/errors.ts';
import { MalformedMessage } from './berDecoding.ts';
import type { AnswerLimits, LdapConnection } from './connection.ts';
import type { DecodedEntry, EntryDecoder } from './entryDecoding.ts';
import type { EncodeRequest } from './requests.ts';
import { decodeResult, operation, type LdapResult } from './resultDecoding.ts';

/** All that a server sent in answer to one search request. */
export interface SearchAnswer {
  readonly entries: DecodedEntry[];
  readonly references: number;
  readonly result: LdapResult;
}

export interface SearchExchange {
  /** Rejects with AppError when the connection ends, or with the reason of the signal. */
  readonly answer: Promise<SearchAnswer>;
  /** The same as soon as it is there, before anybody who waits for it goes on; null until then. */
  readonly settled: () => SearchAnswer | null;
  /** Entries so far; for who gives up waiting. */
  readonly received: () => DecodedEntry[];
  abandon(): void;
}

/**
 * Sends a search and collects its answer. With `batches` every `size` entries are handed over as they come instead of being
 * collected; the answer then has the rest.
 */
export function startSearch(
  connection: LdapConnection,
  encode: EncodeRequest,
  limits: AnswerLimits,
  decoder: EntryDecoder,
  batches?: { readonly size: number; onBatch(entries: DecodedEntry[]): void },
): SearchExchange {
  let entries: DecodedEntry[] = [];
  let references = 0;
  let settled: SearchAnswer | null = null;
  let resolve: (answer: SearchAnswer) => void = () => undefined;
  let reject: (error: AppError) => void = () => undefined;
  const promise = new Promise<SearchAnswer>((onAnswer, onError) => {
    resolve = onAnswer;
    reject = onError;
  });
  // A page that is asked for ahead may fail before anybody looks at it.
  promise.catch(() => undefined);
  const messageId = connection.start(encode, limits, {
    onMessage(tag, cursor) {
      if (tag === operation.searchEntry) {
        entries.push(decoder.decode(cursor));
        if (batches !== undefined && entries.length >= batches.size) {
          batches.onBatch(entries);
          entries = [];
        }
        return false;
      }
      if (tag === operation.searchReference) {
        references += 1;
        return false;
      }
      if (tag !== operation.searchDone) throw new MalformedMessage(`Operation 0x${tag.toString(16)} is no answer to a search.`);
      settled = { entries, references, result: decodeResult(cursor) };
      resolve(settled);
      return true;
    },
    onFailed: (error) => reject(error),
  });
  return {
    answer: promise,
    settled: () => settled,
    received: () => entries,
    abandon() {
      connection.abandon(messageId);
      reject(new AppError('cancelled', 'The search was abandoned.'));
    },
  };
}
