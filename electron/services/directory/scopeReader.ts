import type { DirectorySettings } from '../../../shared/contract/directory.contract.ts';
import type { ReadSummary } from '../../../shared/contract/common.ts';
import type { Entry, PeopleReading, PeoplePage, UnreadablePerson } from '../../../shared/directory/entry.ts';
import { isDeletedDn } from './activeDirectory.ts';
import { withoutOverlap } from './distinguishedNames.ts';
import type { DirectorySession } from './directoryPort.ts';
import { InChainFailed, knowsInChain, readInChain } from './groupInChain.ts';
import { requireGroup } from './groupReader.ts';
import { walkGroup } from './groupWalk.ts';
import { readMember } from './memberReader.ts';
import { createPeopleContext, type PeopleContext, type PeopleRequest } from './peopleContext.ts';
import { inBatches } from './reading.ts';

export interface ReadPeopleOptions {
  /** So long the in-chain rule may take for its first page before the groups are read one by one. Default 20 s. */
  readonly inChainPatienceMs?: number;
}

const usersPerPage = 500;

/**
 * Reads the people that a scope means, each once, page by page. Members who cannot be read are named with the reason. Deleted objects
 * never come through. Throws AppError where nothing can be read: `filter-malformed`, `base-dn-missing`, connection failures.
 */
export async function* readPeople(
  session: DirectorySession,
  settings: DirectorySettings,
  request: PeopleRequest,
  signal: AbortSignal,
  options: ReadPeopleOptions = {},
): PeopleReading {
  const context = createPeopleContext(session, settings, request, signal);
  const { scope } = request;
  switch (scope.kind) {
    case 'users':
      yield* readUsers(context, scope.dns);
      return context.tally.summary();
    case 'containers':
      yield* readContainers(context, withoutOverlap(scope.dns, scope.below), scope.below);
      return context.tally.summary();
    case 'group':
      return context.tally.summary(yield* readGroupPeople(context, scope.dn, scope.recursive, options.inChainPatienceMs ?? 20_000));
  }
}

async function* readUsers(context: PeopleContext, dns: readonly string[]): AsyncGenerator<PeoplePage, void, void> {
  for await (const found of inBatches(withoutOverlap(dns, false), usersPerPage, (dn) => readMember(context, dn))) {
    const entries: Entry[] = [];
    const unreadable: UnreadablePerson[] = [];
    for (const member of found) {
      if (member === 'excluded') continue;
      if ('entry' in member) entries.push(member.entry);
      else unreadable.push('group' in member ? { dn: member.group, reason: 'not-a-user' } : member.unreadable);
    }
    yield context.delivery.page(entries, unreadable, dns.length);
    if (context.delivery.isFull) return;
  }
}

/** No person comes twice, because no container is below another one; so nothing needs to be remembered, however many they are. */
async function* readContainers(context: PeopleContext, bases: readonly string[], below: boolean): AsyncGenerator<PeoplePage, void, void> {
  const { session, attributes, filter, tally, signal, settings } = context;
  let remaining = context.delivery.remaining;
  for (const base of bases) {
    if (context.delivery.isFull) return;
    const limit = Number.isFinite(remaining) ? { limit: remaining } : {};
    const pages = session.search({ base, scope: below ? 'sub' : 'one', filter, attributes, ...limit }, signal);
    let summary: ReadSummary | undefined;
    try {
      while (summary === undefined) {
        const next = await pages.next();
        if (next.done === true) {
          summary = next.value;
          tally.add(summary);
        } else {
          const page = withoutDeleted(next.value.entries, settings);
          remaining -= page.entries.length;
          tally.count(page.entries.length);
          yield page;
        }
      }
    } finally {
      await pages.return({ entries: 0, complete: false, referrals: 0, milliseconds: 0 });
    }
    if (summary.cutBy === 'display-limit' || summary.cutBy === 'total-time-limit') return;
  }
}

function withoutDeleted(entries: readonly Entry[], settings: DirectorySettings): PeoplePage {
  if (settings.kind !== 'ad' || !entries.some(({ dn }) => isDeletedDn(dn))) return { entries, unreadable: [], expected: null };
  return {
    entries: entries.filter(({ dn }) => !isDeletedDn(dn)),
    unreadable: entries.filter(({ dn }) => isDeletedDn(dn)).map(({ dn }) => ({ dn, reason: 'deleted-object' })),
    expected: null,
  };
}

async function* readGroupPeople(
  context: PeopleContext,
  dn: string,
  recursive: boolean,
  patienceMs: number,
): AsyncGenerator<PeoplePage, Pick<ReadSummary, 'strategy' | 'groupDepth'>, void> {
  const root = await requireGroup(context, dn);
  if (!recursive) {
    yield* walkGroup(context, root, false);
    return { strategy: 'members', groupDepth: 0 };
  }
  if (!knowsInChain(context.session)) return { groupDepth: yield* walkGroup(context, root, true), strategy: 'walk' };
  try {
    return { groupDepth: yield* readInChain(context, root, patienceMs), strategy: 'in-chain' };
  } catch (error) {
    if (!(error instanceof InChainFailed)) throw error;
    return { groupDepth: yield* walkGroup(context, root, true), strategy: `walk, because in-chain was ${error.message}` };
  }
}
