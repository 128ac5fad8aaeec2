import type { DirectorySettings, ImportScope } from '../../../shared/contract/directory.contract.ts';
import type { Entry, PeoplePage, UnreadablePerson } from '../../../shared/directory/entry.ts';
import { dnKey, isUnder } from './distinguishedNames.ts';
import type { DirectorySession } from './directoryPort.ts';
import { allOf } from './filters.ts';
import { effectiveFilters } from './kinds.ts';
import { createReadTally, type ReadTally } from './readTally.ts';

export interface PeopleRequest {
  readonly scope: ImportScope;
  /** Must hold besides the configured user filter; empty for none. Throws `filter-malformed` if it cannot be read. */
  readonly filter: string;
  /** `Entry.values` come in this order. */
  readonly attributes: readonly string[];
  readonly limit?: number;
}

/** What every way of finding people needs. */
export interface PeopleContext {
  readonly session: DirectorySession;
  readonly settings: DirectorySettings;
  readonly attributes: readonly string[];
  /** Configured user filter. */
  readonly userFilter: string;
  /** That and the filter of this read. */
  readonly filter: string;
  readonly hasOwnFilter: boolean;
  /** Top of the tree that this server keeps and the base DN belongs to: members may be anywhere in it. */
  readonly treeTop: string;
  readonly signal: AbortSignal;
  readonly tally: ReadTally;
  readonly delivery: Delivery;
}

/** Hands each person on once, and not more than were asked for. */
export interface Delivery {
  /** True when there were more than the limit, or when the time for the whole read is over. */
  readonly isFull: boolean;
  readonly remaining: number;
  /** Marks a name as dealt with; false if it was. */
  handle(dn: string): boolean;
  isHandled(dn: string): boolean;
  page(entries: readonly Entry[], unreadable?: readonly UnreadablePerson[], expected?: number | null): PeoplePage;
}

export function createPeopleContext(
  session: DirectorySession,
  settings: DirectorySettings,
  request: PeopleRequest,
  signal: AbortSignal,
): PeopleContext {
  const userFilter = allOf(effectiveFilters(settings).user);
  const tally = createReadTally();
  return {
    session,
    settings,
    attributes: request.attributes,
    userFilter,
    filter: allOf(userFilter, request.filter),
    hasOwnFilter: request.filter.trim() !== '',
    treeTop: treeTopOf(session, settings.baseDn),
    signal,
    tally,
    delivery: createDelivery(request.limit ?? Number.POSITIVE_INFINITY, performance.now() + settings.timeouts.totalMs, tally),
  };
}

function treeTopOf(session: DirectorySession, baseDn: string): string {
  const { namingContexts, defaultNamingContext } = session.rootDse;
  return [defaultNamingContext, ...namingContexts].find((top) => top !== '' && isUnder(baseDn, top)) ?? baseDn;
}

/** A read may consist of thousands of searches, each well within its time: `deadline` (of `performance.now()`) holds for all together. */
function createDelivery(limit: number, deadline: number, tally: ReadTally): Delivery {
  const handled = new Set<string>();
  let delivered = 0;
  let isFull = false;

  function handle(dn: string): boolean {
    const before = handled.size;
    return handled.add(dnKey(dn)).size > before;
  }

  return {
    get isFull() {
      if (!isFull && performance.now() > deadline) {
        isFull = true;
        tally.cut('total-time-limit');
      }
      return isFull;
    },
    get remaining() {
      return limit - delivered;
    },
    handle,
    isHandled: (dn) => handled.has(dnKey(dn)),
    page(found, unreadable = [], expected = null) {
      let entries = found.filter(({ dn }) => handle(dn));
      if (delivered + entries.length > limit) {
        isFull = true;
        tally.cut('display-limit');
        entries = entries.slice(0, limit - delivered);
      }
      delivered += entries.length;
      tally.count(entries.length);
      return { entries, unreadable, expected };
    },
  };
}
