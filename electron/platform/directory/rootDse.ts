import type { ErrorDetails } from '../../../shared/contract/errors.ts';
import { parseFilter } from '../../../shared/directory/filterSyntax.ts';
import { toSeconds } from '../../../shared/lib/durations.ts';
import type { RootDse } from '../../services/directory/directoryPort.ts';
import type { AnswerLimits, LdapConnection } from './connection.ts';
import { createEntryDecoder } from './entryDecoding.ts';
import { resultError } from './ldapErrors.ts';
import { abortable } from '../network/tcp.ts';
import { searchRequest } from './requests.ts';
import { startSearch } from './searchExchange.ts';

const attributes = ['namingContexts', 'defaultNamingContext', 'supportedControl', 'supportedCapabilities', 'vendorName', 'vendorVersion'];

/** Reads the rootDSE. A server that hides it answers as if it were empty. Throws AppError only when it does not answer. */
export async function readRootDse(
  connection: LdapConnection,
  limits: AnswerLimits,
  details: ErrorDetails,
  signal: AbortSignal,
): Promise<RootDse> {
  const plan = {
    base: '',
    scope: 'base',
    filter: parseFilter('(objectClass=*)'),
    attributes,
    timeLimitSeconds: toSeconds(limits.firstAnswerMs),
    page: null,
  } as const;
  const { entries, result } = await abortable(
    startSearch(connection, searchRequest(plan), limits, createEntryDecoder(attributes)).answer,
    signal,
  );
  if (result.code === 51 || result.code === 52) throw resultError(result, details);
  const texts = (index: number) => (entries[0]?.values[index] ?? []).map((value) => Buffer.from(value).toString('utf8'));
  return {
    namingContexts: texts(0),
    defaultNamingContext: texts(1)[0] ?? '',
    supportedControls: new Set(texts(2)),
    capabilities: new Set(texts(3)),
    vendor: [texts(4)[0], texts(5)[0]].filter((text) => text !== undefined).join(' '),
  };
}
