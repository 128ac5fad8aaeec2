import type { ReadSummary } from '../../../shared/contract/common.ts';
import type { Entry, PeoplePage, UnreadablePerson } from '../../../shared/directory/entry.ts';
import { dnKey } from './distinguishedNames.ts';
import { anyOf, allOf, filterOf } from './filters.ts';
import { readGroup, type Group } from './groupReader.ts';
import { readMember, type Member } from './memberReader.ts';
import type { PeopleContext } from './peopleContext.ts';
import { inBatches, readAll, textsOf } from './reading.ts';

/** From so many members on one search by `memberOf` is tried before members are read one by one. */
const searchFromMembers = 100;
const uidsPerSearch = 50;
const membersPerPage = 500;

/**
 * Finds the members of a group by reading the groups themselves, breadth first. Works with every directory; circles end it because
 * no group is read twice. Answers the deepest level at which a group was found.
 */
export async function* walkGroup(context: PeopleContext, root: Group, recursive: boolean): AsyncGenerator<PeoplePage, number, void> {
  const visited = new Set([dnKey(root.dn)]);
  const queue: { dn: string; depth: number; group?: Group }[] = [{ dn: root.dn, depth: 0, group: root }];
  let deepest = 0;
  for (let next = queue.shift(); next !== undefined && !context.delivery.isFull; next = queue.shift()) {
    const { dn, depth } = next;
    const group = next.group ?? (await readGroup(context, dn));
    if (group === null) {
      yield context.delivery.page([], [{ dn, reason: 'member-not-readable' }]);
      continue;
    }
    deepest = depth;
    const found = yield* readGroupMembers(context, group, recursive ? null : group.members.length + group.memberUids.length);
    if (!recursive) continue;
    for (const child of found) {
      if (visited.has(dnKey(child))) continue;
      visited.add(dnKey(child));
      queue.push({ dn: child, depth: depth + 1 });
    }
  }
  return deepest;
}

/** Delivers the people of one group. Answers the groups among its members. */
async function* readGroupMembers(
  context: PeopleContext,
  group: Group,
  expected: number | null,
): AsyncGenerator<PeoplePage, string[], void> {
  const { delivery, settings } = context;
  const groups: string[] = [];
  // Without a list of members the link may be kept on the people alone.
  const hasNoList = group.members.length === 0 && group.memberUids.length === 0;
  if (hasNoList || group.members.length >= searchFromMembers)
    context.tally.addAgain(yield* searchPeople(context, filterOf`(memberOf=${group.dn})`, expected));

  const others = group.members.filter((dn) => !delivery.isHandled(dn));
  for await (const members of inBatches(others, membersPerPage, (dn) => readMember(context, dn))) {
    yield delivery.page(...sortOut(context, members, groups), expected);
    if (delivery.isFull) return groups;
  }
  for (let from = 0; from < group.memberUids.length && !delivery.isFull; from += uidsPerSearch) {
    yield await readByUid(context, group.memberUids.slice(from, from + uidsPerSearch), expected);
  }
  if (settings.kind === 'ad') yield* readPrimaryMembers(context, [group]);
  return groups;
}

/** `memberUid` holds login names. Who does not exist is named by that. */
async function readByUid(context: PeopleContext, uids: readonly string[], expected: number | null): Promise<PeoplePage> {
  const { session, attributes, treeTop, signal, delivery } = context;
  const filter = allOf(context.filter, anyOf(uids.map((uid) => filterOf`(uid=${uid})`)) ?? '');
  const found = await readAll(session, { base: treeTop, scope: 'sub', filter, attributes: [...attributes, 'uid'] }, signal);
  context.tally.addAgain(found.summary);
  const known = new Set(found.entries.flatMap((entry) => textsOf(entry, attributes.length)).map((uid) => uid.toLowerCase()));
  const missing = context.hasOwnFilter ? [] : uids.filter((uid) => !known.has(uid.toLowerCase()));
  return delivery.page(
    found.entries,
    missing.map((uid) => ({ dn: uid, reason: 'member-not-readable' })),
    expected,
  );
}

/** Users whose primary group it is: Active Directory does not list them in `member`. */
export async function* readPrimaryMembers(context: PeopleContext, groups: readonly Group[]): AsyncGenerator<PeoplePage, void, void> {
  const filters = groups.flatMap(({ relativeId }) => (relativeId === null ? [] : [filterOf`(primaryGroupID=${String(relativeId)})`]));
  for (let from = 0; from < filters.length && !context.delivery.isFull; from += uidsPerSearch) {
    context.tally.addAgain(yield* searchPeople(context, anyOf(filters.slice(from, from + uidsPerSearch)) ?? '', null));
  }
}

/** Delivers the people in the whole tree for whom a condition holds. Answers how the search ended; null when the limit ended it. */
export async function* searchPeople(
  context: PeopleContext,
  condition: string,
  expected: number | null,
  signal = context.signal,
): AsyncGenerator<PeoplePage, ReadSummary | null, void> {
  const { session, attributes, treeTop, delivery } = context;
  const pages = session.search({ base: treeTop, scope: 'sub', filter: allOf(context.filter, condition), attributes }, signal);
  try {
    for (;;) {
      const next = await pages.next();
      if (next.done === true) return next.value;
      yield delivery.page(next.value.entries, [], expected);
      if (delivery.isFull) return null;
    }
  } finally {
    // Ends the search where this reading is given up in the middle.
    await pages.return({ entries: 0, complete: true, referrals: 0, milliseconds: 0 });
  }
}

/** Names that were not people are marked as dealt with, so that they are not read again for the next group. */
function sortOut(context: PeopleContext, members: readonly Member[], groups: string[]): [Entry[], UnreadablePerson[]] {
  const entries: Entry[] = [];
  const unreadable: UnreadablePerson[] = [];
  for (const member of members) {
    if (member === 'excluded') continue;
    if ('entry' in member) entries.push(member.entry);
    else if ('group' in member) groups.push(member.group);
    else if (context.delivery.handle(member.unreadable.dn)) unreadable.push(member.unreadable);
  }
  return [entries, unreadable];
}

/** Reads members that a search in the tree did not bring: those elsewhere, deleted or hidden. */
export async function* readLeftMembers(context: PeopleContext, dns: readonly string[]): AsyncGenerator<PeoplePage, void, void> {
  for await (const members of inBatches(dns, membersPerPage, (dn) => readMember(context, dn))) {
    yield context.delivery.page(...sortOut(context, members, []));
    if (context.delivery.isFull) return;
  }
}
