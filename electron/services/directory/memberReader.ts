import type { Entry, UnreadablePerson } from '../../../shared/directory/entry.ts';
import { isDeletedDn } from './activeDirectory.ts';
import { isUnder } from './distinguishedNames.ts';
import { isGroupClass } from './kinds.ts';
import type { PeopleContext } from './peopleContext.ts';
import { readBase, textOf, textsOf } from './reading.ts';

/** What stands behind the name of a member. `excluded`: a user whom the filter of this read leaves out. */
export type Member = { readonly entry: Entry } | { readonly group: string } | { readonly unreadable: UnreadablePerson } | 'excluded';

/** Reads a member by its name. One request for a user; others cost a second one, which says why they are not users. */
export async function readMember(context: PeopleContext, dn: string): Promise<Member> {
  const { session, signal } = context;
  const unreadable = (reason: UnreadablePerson['reason']): Member => ({ unreadable: { dn, reason } });
  if (isDeletedDn(dn)) return unreadable('deleted-object');
  const user = await readBase(session, dn, context.filter, context.attributes, signal);
  if ('entry' in user) return user;
  if (user.missing === 'elsewhere') return unreadable('member-elsewhere');
  const found = await readBase(session, dn, '(objectClass=*)', ['objectClass', 'isDeleted'], signal);
  if ('missing' in found) {
    return unreadable(found.missing === 'elsewhere' || !isKeptHere(context, dn) ? 'member-elsewhere' : 'member-not-readable');
  }
  const objectClasses = textsOf(found.entry, 0);
  if (textOf(found.entry, 1).toUpperCase() === 'TRUE') return unreadable('deleted-object');
  if (isGroupClass(objectClasses)) return { group: dn };
  // Stands for an account of a trusted domain (MS-ADTS 6.1.1.4.10).
  if (objectClasses.some((name) => name.toLowerCase() === 'foreignsecurityprincipal')) return unreadable('member-elsewhere');
  if (context.hasOwnFilter && 'entry' in (await readBase(session, dn, context.userFilter, ['1.1'], signal))) return 'excluded';
  return unreadable('not-a-user');
}

/** Without a list of naming contexts nobody can tell. */
function isKeptHere({ session, settings }: PeopleContext, dn: string): boolean {
  const { namingContexts } = session.rootDse;
  return namingContexts.length === 0 || [settings.baseDn, ...namingContexts].some((top) => top !== '' && isUnder(dn, top));
}
