import type { DirectorySettings } from '../../../shared/contract/directory.contract.ts';
import type { DirectorySession } from './directoryPort.ts';
import { allOf } from './filters.ts';
import { memberDn } from './groupReader.ts';
import { effectiveFilters } from './kinds.ts';
import { readMember } from './memberReader.ts';
import { createPeopleContext } from './peopleContext.ts';
import { inBatches, readAll, textsOf } from './reading.ts';

/** Groups that are asked whom they name, and members that are looked for; each member costs a request or two. */
const groupsToAsk = 20;
const membersToTry = 40;

/** What an account sees of the people that are known to exist. */
export interface VisiblePeople {
  /** Users under the base DN. Not counted beyond the number that was expected. */
  readonly seen: number;
  /** Members of groups that were looked for. */
  readonly named: number;
  /** Those of them that the server does not show, by their distinguished names. */
  readonly hidden: readonly string[];
}

/**
 * Compares what the account may see with two things that do not depend on its rights to people: how many are `expected`
 * (0: nobody knows), and whom the groups name. A directory hides what may not be read without a word.
 */
export async function comparePeople(
  session: DirectorySession,
  settings: DirectorySettings,
  expected: number,
  signal: AbortSignal,
): Promise<VisiblePeople> {
  const seen = await countPeople(session, settings, expected, signal);
  const named = await namedByGroups(session, settings, signal);
  const scope = { kind: 'containers' as const, dns: [settings.baseDn], below: true };
  const context = createPeopleContext(session, settings, { scope, filter: '', attributes: ['1.1'] }, signal);
  const hidden: string[] = [];
  for await (const members of inBatches(named, membersToTry, (dn) => readMember(context, dn))) {
    for (const member of members) {
      if (typeof member === 'object' && 'unreadable' in member && member.unreadable.reason === 'member-not-readable')
        hidden.push(member.unreadable.dn);
    }
  }
  return { seen, named: named.length, hidden };
}

/** Reads no attribute, and stops when there are as many as were expected. */
async function countPeople(session: DirectorySession, settings: DirectorySettings, expected: number, signal: AbortSignal): Promise<number> {
  if (expected === 0) return 0;
  const filter = allOf(effectiveFilters(settings).user);
  const pages = session.search({ base: settings.baseDn, scope: 'sub', filter, attributes: ['1.1'], limit: expected }, signal);
  for (let count = 0; ;) {
    const next = await pages.next();
    if (next.done === true) return count;
    count += next.value.entries.length;
  }
}

/** The first members of the first groups, each once. */
async function namedByGroups(session: DirectorySession, settings: DirectorySettings, signal: AbortSignal): Promise<string[]> {
  // Login names (RFC 2307) do not say where an entry lies.
  const attributes = settings.attributes.member.filter((name) => name.toLowerCase() !== 'memberuid');
  if (attributes.length === 0) return [];
  const filter = allOf(effectiveFilters(settings).group);
  const { entries } = await readAll(session, { base: settings.baseDn, scope: 'sub', filter, attributes, limit: groupsToAsk }, signal);
  const share = Math.max(2, Math.ceil(membersToTry / Math.max(1, entries.length)));
  const names = entries.flatMap((group) => attributes.flatMap((_name, index) => textsOf(group, index).map(memberDn)).slice(0, share));
  return [...new Set(names)].slice(0, membersToTry);
}
