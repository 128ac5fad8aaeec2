import { isAppError } from '../../../shared/contract/errors.ts';
import type { Entry, PeoplePage } from '../../../shared/directory/entry.ts';
import { domainControllerCapability, inChainRule } from './activeDirectory.ts';
import { dnKey, isUnder } from './distinguishedNames.ts';
import type { DirectorySession } from './directoryPort.ts';
import { allOf, escapeValue } from './filters.ts';
import { readGroup, type Group } from './groupReader.ts';
import { readLeftMembers, readPrimaryMembers, searchPeople } from './groupWalk.ts';
import { isGroupClass } from './kinds.ts';
import type { PeopleContext } from './peopleContext.ts';
import { readAll, textsOf } from './reading.ts';

/** Only domain controllers know the rule; all since Windows Server 2003 SP2 do, and Samba. */
export function knowsInChain(session: DirectorySession): boolean {
  return session.rootDse.capabilities.has(domainControllerCapability);
}

/** The server could not answer in a way that reading the groups oneself could not better. */
export class InChainFailed extends Error {
  override readonly name = 'InChainFailed';
}

/**
 * Lets the server follow the nesting. People come first; then users who name one of the groups as their primary group, and members
 * that the search cannot see. Answers the depth of the nesting. Throws InChainFailed when the server fails, stops at a limit of
 * its own or takes longer than `patienceMs` for its first page; people who were delivered by then stay delivered.
 */
export async function* readInChain(context: PeopleContext, root: Group, patienceMs: number): AsyncGenerator<PeoplePage, number, void> {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(new InChainFailed('too slow')), patienceMs);
  const signal = AbortSignal.any([context.signal, patience.signal]);
  const isMember = `(memberOf:${inChainRule}:=${escapeValue(root.dn)})`;
  let nested: readonly Entry[];
  try {
    nested = await readOthers(context, isMember, signal);
    const pages = searchPeople(context, isMember, null, signal);
    for (;;) {
      const next = await pages.next();
      clearTimeout(timer);
      if (next.done === true) {
        const cutBy = next.value?.cutBy;
        if (cutBy === 'server-size-limit' || cutBy === 'server-time-limit') throw new InChainFailed(`cut by ${cutBy}`);
        context.tally.addAgain(next.value);
        break;
      }
      yield next.value;
    }
    if (context.delivery.isFull) return 0;
  } catch (error) {
    context.signal.throwIfAborted();
    if (error instanceof InChainFailed) throw error;
    if (isServerFailure(error)) throw new InChainFailed('refused', { cause: error });
    throw error;
  } finally {
    clearTimeout(timer);
  }
  const groups = [root];
  for (const entry of nested) {
    if (!isGroupClass(textsOf(entry, 0))) continue;
    const group = await readGroup(context, entry.dn);
    if (group !== null && dnKey(group.dn) !== dnKey(root.dn)) groups.push(group);
  }
  yield* readPrimaryMembers(context, groups);
  yield* readLeftMembers(context, leftMembers(context, groups));
  return depthOf(root, groups);
}

/** Groups and whatever else is a member without being a user. */
async function readOthers(context: PeopleContext, isMember: string, signal: AbortSignal): Promise<Entry[]> {
  const filter = allOf(isMember, '(objectClass=group)');
  const { entries, summary } = await readAll(
    context.session,
    { base: context.treeTop, scope: 'sub', filter, attributes: ['objectClass'] },
    signal,
  );
  if (!summary.complete) throw new InChainFailed(summary.cutBy);
  return entries;
}

/** A filter of this read leaves out many whom it is right to leave out; only names from other trees are looked at then. */
function leftMembers(context: PeopleContext, groups: readonly Group[]): string[] {
  const known = new Set(groups.map(({ dn }) => dnKey(dn)));
  const left = new Map<string, string>();
  for (const { members } of groups) {
    for (const dn of members) {
      if (context.delivery.isHandled(dn) || known.has(dnKey(dn))) continue;
      if (!context.hasOwnFilter || !isUnder(dn, context.treeTop)) left.set(dnKey(dn), dn);
    }
  }
  return [...left.values()];
}

/** Longest of the shortest ways from the root to a group. */
function depthOf(root: Group, groups: readonly Group[]): number {
  const byKey = new Map(groups.map((group) => [dnKey(group.dn), group]));
  const depths = new Map([[dnKey(root.dn), 0]]);
  for (const [key, depth] of depths) {
    for (const member of byKey.get(key)?.members ?? []) {
      const child = dnKey(member);
      // A Map that grows while it is walked is walked to its end.
      if (byKey.has(child) && !depths.has(child)) depths.set(child, depth + 1);
    }
  }
  return Math.max(...depths.values());
}

function isServerFailure(error: unknown): boolean {
  return (['directory-refused', 'directory-busy', 'timeout', 'time-limit', 'size-limit', 'paging-stuck'] as const).some((code) =>
    isAppError(error, code),
  );
}
