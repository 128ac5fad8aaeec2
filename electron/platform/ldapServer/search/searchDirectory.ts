import { setImmediate as nextTurn } from 'node:timers/promises';
import { dnKey, isWithin, parentKey, parseDn } from '../data/distinguishedName.ts';
import type { Entry, EntryStore } from '../data/entryStore.ts';
import { parseGuid, parseSid } from '../data/windowsIds.ts';
import { BerError } from '../protocol/ber.ts';
import type { Control, ReturnedAttribute, SearchPart, SearchRequest } from '../protocol/messages.ts';
import { controlOid } from '../protocol/oids.ts';
import { pagedResultsControl, readPagedResults, type PagedResults } from '../protocol/pagedResults.ts';
import { resultCode, type LdapResult } from '../protocol/resultCode.ts';
import { badName, controlRefused, elsewhere, noObject } from '../windowsMessages.ts';
import { compileFilter } from './compileFilter.ts';
import type { EntryView } from './entryView.ts';
import { findHits, isDeleted, referralUrls } from './findHits.ts';
import type { PageCursors, SearchCursor } from './pageCursors.ts';
import type { DirectoryNames } from './rootDse.ts';
import { compileSelection } from './selectAttributes.ts';

export interface SearchLimits {
  /** Entries in one answer, paged or not. */
  readonly maxPageSize: number;
  /** Values of one attribute in one answer. */
  readonly maxValues: number;
  readonly maxDurationMs: number;
  readonly keepsRangedAttribute: boolean;
}

export interface SearchSurroundings {
  readonly store: EntryStore;
  readonly view: EntryView;
  readonly names: DirectoryNames;
  readonly limits: SearchLimits;
  readonly cursors: PageCursors;
  /** Unix time. */
  now(): number;
}

/** Answers one search request, or one page of it. */
export async function* searchDirectory(
  request: SearchRequest,
  surroundings: SearchSurroundings,
  signal: AbortSignal,
): AsyncGenerator<SearchPart, undefined> {
  const { cursors } = surroundings;
  const base = findBase(request, surroundings);
  if ('code' in base) return yield* finish(base);

  let page: PagedResults | undefined;
  try {
    page = readPagedResults(request.controls);
  } catch (error) {
    if (!(error instanceof BerError)) throw error;
    return yield* finish({ code: resultCode.protocolError, message: error.message });
  }
  const isContinued = page !== undefined && page.cookie.length > 0;
  const cursor = isContinued && page !== undefined ? cursors.take(page.cookie, request) : startSearch(base, request, surroundings);
  if (cursor === undefined) return yield* finish({ code: resultCode.unavailableCriticalExtension, message: controlRefused });
  // A size of zero ends a paged search early, RFC 2696 section 3.
  if (page !== undefined && page.size <= 0) return yield* finish({ code: resultCode.success }, lastPage());

  const outcome = yield* readEntries(cursor, request, page, surroundings, signal);
  if (outcome !== 'page-full') return yield* finish({ code: outcome }, page === undefined ? [] : lastPage());
  return yield* finish({ code: resultCode.success }, [pagedResultsControl({ size: 0, cookie: cursors.keep(cursor, request) })]);
}

function* finish(result: LdapResult, controls: readonly Control[] = []): Generator<SearchPart, undefined> {
  yield { kind: 'done', result, controls };
  return undefined;
}

function lastPage(): Control[] {
  return [pagedResultsControl({ size: 0, cookie: Buffer.alloc(0) })];
}

type Outcome = 'page-full' | typeof resultCode.success | typeof resultCode.sizeLimitExceeded | typeof resultCode.timeLimitExceeded;

async function* readEntries(
  cursor: SearchCursor,
  request: SearchRequest,
  page: PagedResults | undefined,
  { view, limits, now }: SearchSurroundings,
  signal: AbortSignal,
): AsyncGenerator<SearchPart, Outcome> {
  const select = compileSelection(request.attributes, view, { typesOnly: request.typesOnly, ...limits });
  const wantedMs = request.timeLimitSeconds === 0 ? Infinity : request.timeLimitSeconds * 1000;
  const deadline = now() + Math.min(wantedMs, limits.maxDurationMs);
  const sizeLimit = request.sizeLimit === 0 ? Infinity : request.sizeLimit;
  const room = Math.min(page?.size ?? Infinity, limits.maxPageSize);
  let sent = 0;

  for (;;) {
    const hit = cursor.next ?? cursor.hits.next().value;
    cursor.next = undefined;
    if (hit === undefined) return resultCode.success;
    if (now() >= deadline) return resultCode.timeLimitExceeded;
    if (hit.kind === 'pause') {
      await nextTurn();
      if (signal.aborted) return resultCode.success;
    } else if (hit.kind === 'reference') {
      yield hit;
    } else if (cursor.returned >= sizeLimit) {
      return resultCode.sizeLimitExceeded;
    } else if (sent >= room) {
      cursor.next = hit;
      return page === undefined ? resultCode.sizeLimitExceeded : 'page-full';
    } else {
      yield { kind: 'entry', dn: hit.entry.dn, attributes: select(hit.entry) };
      sent += 1;
      cursor.returned += 1;
    }
  }
}

function startSearch(base: Entry, request: SearchRequest, { store, view, names }: SearchSurroundings): SearchCursor {
  const has = (oid: string) => request.controls.some((control) => control.oid === oid);
  const matches = compileFilter(request.filter, { store, view, schema: names });
  const references = has(controlOid.manageDsaIt) ? 'show' : has(controlOid.domainScope) ? 'omit' : 'report';
  const hits = findHits({ store, base, scope: request.scope, matches, showsDeleted: has(controlOid.showDeleted), references });
  return { hits, returned: 0 };
}

/** Answers an entry that is not in the tree: the root DSE or the subschema. */
export async function* searchSingle(
  dn: string,
  attributes: readonly ReturnedAttribute[],
  request: SearchRequest,
): AsyncGenerator<SearchPart, undefined> {
  const wanted = new Set(request.attributes.map((name) => name.toLowerCase()));
  const wantsAll = wanted.size === 0 || wanted.has('*') || wanted.has('+');
  const selected = attributes.filter(({ name }) => wantsAll || wanted.has(name.toLowerCase()));
  const shown = request.typesOnly ? selected.map(({ name }) => ({ name, values: [] })) : selected;
  if (request.scope === 'base') yield { kind: 'entry', dn, attributes: shown };
  return yield* finish({ code: resultCode.success });
}

function findBase(request: SearchRequest, { store, names }: SearchSurroundings): Entry | LdapResult {
  const byId = findById(request.baseDn, names.baseDn, store);
  if (byId !== undefined) return byId;
  const key = dnKey(request.baseDn);
  if (key === undefined) return { code: resultCode.invalidDnSyntax, message: badName(request.baseDn) };
  const baseKey = dnKey(names.baseDn) ?? '';
  const found = store.find(key);
  const showsDeleted = request.controls.some(({ oid }) => oid === controlOid.showDeleted);
  if (found !== undefined && (showsDeleted || !isDeleted(found))) {
    const showsReferrals = request.controls.some(({ oid }) => oid === controlOid.manageDsaIt);
    const urls = showsReferrals ? undefined : referralUrls(found);
    return urls === undefined ? found : { code: resultCode.referral, matchedDn: found.dn, referral: urls };
  }
  if (isWithin(key, baseKey)) return noSuchObject(key, store);
  return foreignObject(request.baseDn);
}

/** `<GUID=…>` and `<SID=…>` name an entry wherever it has been moved, [MS-ADTS] 3.1.1.3.1.2.4. */
function findById(name: string, baseDn: string, store: EntryStore): Entry | undefined {
  const match = /^<(GUID|SID)=([^>]+)>$/i.exec(name);
  if (match === null) return undefined;
  const [, kind = '', text = ''] = match;
  const isGuid = kind.toUpperCase() === 'GUID';
  const wanted = isGuid ? parseGuid(text) : parseSid(text);
  if (wanted === undefined) return undefined;
  for (const entry of store.subtree(dnKey(baseDn) ?? '')) {
    if (entry.attributes.get(isGuid ? 'objectguid' : 'objectsid')?.values[0]?.equals(wanted) === true) return entry;
  }
  return undefined;
}

/** A referral object answers for everything below it. */
function noSuchObject(key: string, store: EntryStore): LdapResult {
  const best = nearestAncestor(key, store);
  const urls = best === undefined ? undefined : referralUrls(best);
  if (best !== undefined && urls !== undefined) return { code: resultCode.referral, matchedDn: best.dn, referral: urls };
  return { code: resultCode.noSuchObject, matchedDn: best?.dn, message: noObject(best?.dn ?? '') };
}

function nearestAncestor(key: string, store: EntryStore): Entry | undefined {
  for (let above = parentKey(key); above !== undefined; above = parentKey(above)) {
    const entry = store.find(above);
    if (entry !== undefined) return entry;
  }
  return undefined;
}

/** Windows refers names of other domains to the server that DNS has for them. */
function foreignObject(dn: string): LdapResult {
  const levels = (parseDn(dn) ?? []).map(([part]) => part);
  const domain = levels.filter((part) => part?.type === 'dc').map((part) => part?.value ?? '');
  if (domain.length === 0 || levels.at(-1)?.type !== 'dc') return { code: resultCode.noSuchObject, message: noObject('') };
  const dnsName = domain.join('.');
  const escaped = encodeURIComponent(dn).replaceAll('%2C', ',').replaceAll('%3D', '=');
  return { code: resultCode.referral, message: elsewhere(dnsName), referral: [`ldap://${dnsName}/${escaped}`] };
}
