import { AppError, type ErrorDetails } from '../../../shared/contract/errors.ts';
import { parseFilter } from '../../../shared/directory/filterSyntax.ts';
import { toSeconds } from '../../../shared/lib/durations.ts';
import type { AnswerLimits, LdapConnection } from './connection.ts';
import { createEntryDecoder, type DecodedEntry } from './entryDecoding.ts';
import { resultError } from './ldapErrors.ts';
import { abortable } from '../network/tcp.ts';
import { searchRequest } from './requests.ts';
import { startSearch } from './searchExchange.ts';

const anyEntry = parseFilter('(objectClass=*)');

/**
 * Fetches the rest of attributes that came in part. Active Directory sends at most 1,500 values: `member` is empty then and
 * `member;range=0-1499` is filled (https://learn.microsoft.com/windows/win32/adsi/attribute-range-retrieval).
 */
export async function completeRanges(
  connection: LdapConnection,
  attributes: readonly string[],
  entries: readonly DecodedEntry[],
  limits: AnswerLimits,
  details: ErrorDetails,
  signal: AbortSignal,
): Promise<void> {
  for (const entry of entries) {
    for (const { index, next } of entry.openRanges ?? []) {
      const rest = await readRest(connection, entry.dn, attributes[index] ?? '', next, limits, details, signal);
      entry.values[index] = [...(entry.values[index] ?? []), ...rest];
    }
  }
}

async function readRest(
  connection: LdapConnection,
  dn: string,
  attribute: string,
  first: number,
  limits: AnswerLimits,
  details: ErrorDetails,
  signal: AbortSignal,
): Promise<Uint8Array[]> {
  const rest: Uint8Array[] = [];
  const decoder = createEntryDecoder([attribute]);
  const timeLimitSeconds = toSeconds(limits.firstAnswerMs);
  for (let next = first; ;) {
    const plan = {
      base: dn,
      scope: 'base',
      filter: anyEntry,
      attributes: [`${attribute};range=${next}-*`],
      timeLimitSeconds,
      page: null,
    } as const;
    const { entries, result } = await abortable(startSearch(connection, searchRequest(plan), limits, decoder).answer, signal);
    if (result.code !== 0) throw resultError(result, { ...details, dn });
    const [part] = entries;
    for (const value of part?.values[0] ?? []) rest.push(value);
    const following = part?.openRanges?.[0]?.next;
    if (following === undefined) return rest;
    if (following <= next)
      throw new AppError('paging-stuck', 'The directory repeats a part of an attribute.', { details: { ...details, dn, attribute } });
    next = following;
  }
}
