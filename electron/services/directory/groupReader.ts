import { AppError } from '../../../shared/contract/errors.ts';
import type { Entry } from '../../../shared/directory/entry.ts';
import { relativeId } from './activeDirectory.ts';
import type { PeopleContext } from './peopleContext.ts';
import { readBase, textsOf } from './reading.ts';

export interface Group {
  readonly dn: string;
  /** Distinguished names from `member`, `uniqueMember` and the like; every value, however many. */
  readonly members: readonly string[];
  /** Login names from `memberUid` (RFC 2307). */
  readonly memberUids: readonly string[];
  /** By which users name it as their primary group; Active Directory only. */
  readonly relativeId: number | null;
}

/** Reads a group with all its members. Null if it cannot be read. */
export async function readGroup(context: PeopleContext, dn: string): Promise<Group | null> {
  const names = context.settings.attributes.member;
  const found = await readBase(context.session, dn, '(objectClass=*)', [...names, 'objectSid'], context.signal);
  return 'missing' in found ? null : groupOf(found.entry, names);
}

/** The same for the group that the administrator chose: throws `base-dn-missing` if it is not there. */
export async function requireGroup(context: PeopleContext, dn: string): Promise<Group> {
  const group = await readGroup(context, dn);
  if (group === null)
    throw new AppError('base-dn-missing', 'The directory has no such group, or the account may not read it.', { details: { base: dn } });
  return group;
}

/** The distinguished name in a value of `member` or `uniqueMember`. RFC 4517 section 3.3.21: the latter may carry a bit string behind it. */
export function memberDn(value: string): string {
  return value.replace(/#'[01]*'B$/, '');
}

/** `names` stand at the beginning of the entry's attributes, objectSid behind them. */
function groupOf(entry: Entry, names: readonly string[]): Group {
  const members: string[] = [];
  const memberUids: string[] = [];
  names.forEach((name, index) => {
    const values = textsOf(entry, index);
    if (name.toLowerCase() === 'memberuid') memberUids.push(...values);
    else for (const value of values) members.push(memberDn(value));
  });
  const sid = entry.values[names.length]?.[0];
  return { dn: entry.dn, members, memberUids, relativeId: sid === undefined ? null : relativeId(sid) };
}
