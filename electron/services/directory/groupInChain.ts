import { isAppError } from '../../../shared/contract/errors.ts';
import type { ReadSummary } from '../../../shared/contract/common.ts';
import type { PeoplePage } from '../../../shared/directory/entry.ts';
import { domainControllerCapability, inChainRule } from './activeDirectory.ts';
import { dnKey, isUnder } from './distinguishedNames.ts';
import type { DirectorySession } from './directoryPort.ts';
import { allOf, anyOf, escapeValue, filterOf } from './filters.ts';
import { readGroup, type Group } from './groupReader.ts';
import { readLeftMembers, readPrimaryMembers, searchPeople } from './groupWalk.ts';
import type { PeopleContext } from './peopleContext.ts';
import { readAll } from './reading.ts';

/** Only domain controllers know the rule; all since Windows Server 2003 SP2 do, and Samba. */
export function knowsInChain(session: DirectorySession): boolean {
  return session.rootDse.capabilities.has(domainControllerCapability);
}

/** The server could not answer in a way that reading the groups oneself could not better. */
export class InChainFailed extends Error {
  override readonly name = 'InChainFailed';
}

/** Up to so many nested groups people are looked for by the groups' names; beyond, the server follows the nesting for each of them. */
const maxNamedGroups = 100;
const groupsPerSearch = 10;

/**
 * Lets the server follow the nesting. People come first; then users who name one of the groups as their primary group, and members
 * that the search cannot see. Answers the depth of the nesting. Throws InChainFailed when the server fails, stops at a limit of
 * its own or takes longer than `patienceMs` for its first page; people who were delivered by then stay delivered.
 *
 * The rule finds the groups; people are then found by plain `memberOf`, which has an index. Asking the rule about people makes the
 * server test each of them: Samba took 3.0 s for 39 of 2,600 people that way, 0.6 s this way.
 */
export async function* readInChain(context: PeopleContext, root: Group, patienceMs: number): AsyncGenerator<PeoplePage, number, void> {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(new InChainFailed('too slow')), patienceMs);
  const signal = AbortSignal.any([context.signal, patience.signal]);
  let groupDns: readonly string[];
  try {
    groupDns = await readNestedGroups(context, root, signal);
    for (const condition of memberConditions(root, groupDns)) {
      const pages = searchPeople(context, condition, null, signal);
      for (let next = await pages.next(); ; next = await pages.next()) {
        clearTimeout(timer);
        if (next.done === true) {
          takeWhole(context, next.value);
          break;
        }
        yield next.value;
      }
      if (context.delivery.isFull) return 0;
    }
  } catch (error) {
    context.signal.throwIfAborted();
    if (isServerFailure(error)) throw new InChainFailed('refused', { cause: error });
    throw error;
  } finally {
    clearTimeout(timer);
  }
  const groups = [root];
  for (const dn of groupDns) {
    const group = await readGroup(context, dn);
    if (group !== null) groups.push(group);
  }
  yield* readPrimaryMembers(context, groups);
  yield* readLeftMembers(context, leftMembers(context, groups));
  return depthOf(root, groups);
}

function memberConditions(root: Group, nested: readonly string[]): string[] {
  if (nested.length > maxNamedGroups) return [chainTo(root)];
  const all = [root.dn, ...nested].map((dn) => filterOf`(memberOf=${dn})`);
  const conditions: string[] = [];
  for (let from = 0; from < all.length; from += groupsPerSearch) conditions.push(anyOf(all.slice(from, from + groupsPerSearch)) ?? '');
  return conditions;
}

function chainTo(root: Group): string {
  return `(memberOf:${inChainRule}:=${escapeValue(root.dn)})`;
}

/** Groups that are members of the root, directly or through others. */
async function readNestedGroups(context: PeopleContext, root: Group, signal: AbortSignal): Promise<string[]> {
  const filter = allOf('(objectClass=group)', chainTo(root));
  const { entries, summary } = await readAll(context.session, { base: context.treeTop, scope: 'sub', filter, attributes: [] }, signal);
  takeWhole(context, summary);
  return entries.map(({ dn }) => dn).filter((dn) => dnKey(dn) !== dnKey(root.dn));
}

/** Where the server stopped, the groups are read one by one; where our own time was over, nothing more is, and the tally says so. */
function takeWhole(context: PeopleContext, summary: ReadSummary | null): void {
  const cutBy = summary?.cutBy;
  if (cutBy !== undefined && cutBy !== 'total-time-limit') throw new InChainFailed(`cut by ${cutBy}`);
  context.tally.addAgain(summary);
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
