import { AppError, isAppError } from '../../../shared/contract/errors.ts';
import type { ReadSummary } from '../../../shared/contract/common.ts';
import type { Entry } from '../../../shared/directory/entry.ts';
import type { DirectorySession, SearchRequest } from './directoryPort.ts';

const decoder = new TextDecoder();

/** Values of one attribute as text; bytes that are not UTF-8 become U+FFFD. */
export function textsOf(entry: Entry | undefined, index: number): string[] {
  return (entry?.values[index] ?? []).map((value) => decoder.decode(value));
}

export function textOf(entry: Entry | undefined, index: number): string {
  const value = entry?.values[index]?.[0];
  return value === undefined ? '' : decoder.decode(value);
}

/** Reads all that a search finds; for results that are known to be small or limited. */
export async function readAll(
  session: DirectorySession,
  request: SearchRequest,
  signal: AbortSignal,
): Promise<{ entries: Entry[]; summary: ReadSummary }> {
  const entries: Entry[] = [];
  const pages = session.search(request, signal);
  for (;;) {
    const next = await pages.next();
    if (next.done === true) return { entries, summary: next.value };
    for (const entry of next.value.entries) entries.push(entry);
  }
}

export type BaseRead = { readonly entry: Entry } | { readonly missing: 'none' | 'elsewhere' };

/**
 * Reads one entry by its name, if the filter fits. A name that leads to another server is `elsewhere`; no entry is `none`.
 * Throws AppError where a limit ended the read: then nobody knows whether there is an entry.
 */
export async function readBase(
  session: DirectorySession,
  dn: string,
  filter: string,
  attributes: readonly string[],
  signal: AbortSignal,
): Promise<BaseRead> {
  try {
    const { entries, summary } = await readAll(session, { base: dn, scope: 'base', filter, attributes }, signal);
    const [entry] = entries;
    if (entry !== undefined) return { entry };
    if (summary.cutBy !== undefined) throw stopped(dn, summary.cutBy);
    return { missing: summary.referrals > 0 ? 'elsewhere' : 'none' };
  } catch (error) {
    if (isAppError(error, 'referral')) return { missing: 'elsewhere' };
    if (isAppError(error, 'base-dn-missing') || isRefusal(error)) return { missing: 'none' };
    throw error;
  }
}

function stopped(base: string, cutBy: NonNullable<ReadSummary['cutBy']>): AppError {
  const code = cutBy === 'server-size-limit' ? 'size-limit' : 'time-limit';
  return new AppError(code, 'The directory stopped while one entry was read.', { details: { base, cutBy } });
}

/** Code 50: this entry may not be read. */
function isRefusal(error: unknown): boolean {
  return error instanceof AppError && error.code === 'directory-refused' && error.details?.['resultCode'] === 50;
}

/** Requests that are on their way at once through one connection. */
const inFlight = 32;

/** Maps items in parallel, in their order, a batch of results at a time. */
export async function* inBatches<T, R>(
  items: readonly T[],
  batchSize: number,
  work: (item: T) => Promise<R>,
): AsyncGenerator<R[], void, void> {
  for (let from = 0; from < items.length; from += batchSize) {
    const batch = items.slice(from, from + batchSize);
    const results: R[] = [];
    let next = 0;
    const worker = async () => {
      while (next < batch.length) {
        const index = next;
        next += 1;
        results[index] = await work(batch[index] as T);
      }
    };
    await Promise.all(Array.from({ length: Math.min(inFlight, batch.length) }, worker));
    yield results;
  }
}
