import { BerWriter, FilterParser } from 'ldapts';
import { describe, expect, it } from 'vitest';
import { createEntryStore } from '../data/entryStore.ts';
import { parseLdif } from '../data/ldif.ts';
import { createBerCursor } from '../protocol/ber.ts';
import { decodeFilter } from '../protocol/decodeFilter.ts';
import type { Filter } from '../protocol/messages.ts';
import { compileFilter } from './compileFilter.ts';
import { createEntryView } from './entryView.ts';
import { directoryNames } from './rootDse.ts';

const names = directoryNames('DC=x');
const store = createEntryStore(
  parseLdif(`dn: DC=x
objectClass: domain

dn: OU=Sales,DC=x
objectClass: organizationalUnit
objectCategory: CN=Organizational-Unit,CN=Schema,CN=Configuration,DC=x

dn: CN=Ann,OU=Sales,DC=x
objectClass: top
objectClass: person
objectClass: user
objectCategory: CN=Person,CN=Schema,CN=Configuration,DC=x
cn: Ann
sn: Müller
userAccountControl: 512
objectGUID:: AP8BAg==
objectSid:: AQUAAAAAAAUVAAAAAQAAAAIAAAADAAAABAAAAA==
whenChanged: 20240102080000.0Z
mail: ann@x.example
mail: ANN.MULLER@x.example

dn: CN=Bob,OU=Sales,DC=x
objectClass: top
objectClass: person
objectClass: user
objectCategory: CN=Person,CN=Schema,CN=Configuration,DC=x
cn: Bob (the) *star*
userAccountControl: 514
whenChanged: 20250102080000.0Z
manager: CN=Ann,OU=Sales,DC=x

dn: CN=Inner,DC=x
objectClass: group
cn: Inner
groupType: -2147483646
member: CN=Bob,OU=Sales,DC=x
member: CN=Outer,DC=x

dn: CN=Outer,DC=x
objectClass: group
cn: Outer
groupType: 2
member: cn=inner, dc=X
member: CN=Gone,DC=elsewhere
`),
);

function decode(text: string): Filter {
  const writer = new BerWriter();
  FilterParser.parseString(text).write(writer);
  return decodeFilter(createBerCursor(writer.buffer).next());
}

/** Leaf names of the entries that match, in order of the data. */
function matching(filter: Filter): string[] {
  const predicate = compileFilter(filter, { store, view: createEntryView(store), schema: names });
  return [...store.subtree('dc=x')].filter((entry) => predicate(entry) === true).map(({ dn }) => dn.split(',')[0]?.slice(3) ?? '');
}

describe('a filter', () => {
  it.each([
    ['equality without case', '(CN=ANN)', ['Ann']],
    ['equality with umlauts', '(sn=MÜLLER)', ['Ann']],
    ['equality on any of several values', '(mail=ann.muller@X.example)', ['Ann']],
    ['equality with escaped characters', '(cn=Bob \\28the\\29 \\2astar\\2a)', ['Bob']],
    ['equality on a SID written as text', '(objectSid=S-1-5-21-1-2-3-4)', ['Ann']],
    ['equality on a number with another spelling', '(userAccountControl=0512)', ['Ann']],
    ['equality on a name with another spelling', '(manager=cn=ann,  OU=sales,dc=x)', ['Bob']],
    ['a category by its short name', '(objectCategory=person)', ['Ann', 'Bob']],
    ['a category by the name of a class', '(objectCategory=user)', ['Ann', 'Bob']],
    ['a category by its full name', '(objectCategory=CN=Person,CN=Schema,CN=Configuration,DC=x)', ['Ann', 'Bob']],
    ['a category with two words', '(objectCategory=organizationalUnit)', ['Sales']],
    ['present', '(mail=*)', ['Ann']],
    ['present on a computed attribute', '(memberOf=*)', ['Bob', 'Inner', 'Outer']],
    ['initial substring', '(cn=a*)', ['Ann']],
    ['final substring', '(cn=*TER)', ['Outer']],
    ['middle substring', '(cn=*the*)', ['Bob']],
    ['substrings that may not overlap', '(cn=an*nn)', []],
    ['all substrings in order', '(cn=b*(*)*\\2a)'.replace('(*)', '\\28*\\29'), ['Bob']],
    ['substrings out of order', '(cn=*star*the*)', []],
    ['greater or equal on numbers', '(userAccountControl>=513)', ['Bob']],
    ['less or equal on numbers', '(userAccountControl<=512)', ['Ann']],
    ['greater or equal on times', '(whenChanged>=20240601000000.0Z)', ['Bob']],
    ['less or equal on text', '(sn<=n)', ['Ann']],
    ['approximately', '(cn~=ann)', ['Ann']],
    ['and', '(&(objectClass=user)(cn=bob*))', ['Bob']],
    ['or', '(|(cn=ann)(cn=outer))', ['Ann', 'Outer']],
    ['not', '(&(objectClass=user)(!(cn=ann)))', ['Bob']],
    ['not on an absent attribute', '(&(objectClass=user)(!(mail=*)))', ['Bob']],
    ['all bits', '(userAccountControl:1.2.840.113556.1.4.803:=2)', ['Bob']],
    ['all of several bits', '(userAccountControl:1.2.840.113556.1.4.803:=514)', ['Bob']],
    ['any bit', '(userAccountControl:1.2.840.113556.1.4.804:=3)', ['Bob']],
    ['a bit of a negative number', '(groupType:1.2.840.113556.1.4.803:=2147483648)', ['Inner']],
    ['in chain towards a group', '(memberOf:1.2.840.113556.1.4.1941:=CN=Outer,DC=x)', ['Bob', 'Inner', 'Outer']],
    ['in chain from a member', '(member:1.2.840.113556.1.4.1941:=CN=Bob,OU=Sales,DC=x)', ['Inner', 'Outer']],
    ['in chain on a target outside', '(member:1.2.840.113556.1.4.1941:=CN=Gone,DC=elsewhere)', ['Inner', 'Outer']],
    ['a rule by name', '(cn:caseExactMatch:=Ann)', ['Ann']],
    ['a rule with case', '(cn:caseExactMatch:=ANN)', []],
    ['extensible without a rule', '(cn:=ANN)', ['Ann']],
    ['extensible over the parts of the name', '(ou:dn:=sales)', ['Sales', 'Ann', 'Bob']],
    ['a rule over all attributes', '(:caseIgnoreMatch:=ANN)', ['Ann']],
  ])('matches by %s', (_name, filter, expected) => {
    expect(matching(decode(filter))).toEqual(expected);
  });

  it('matches bytes, and attributes by OID', () => {
    expect(matching({ kind: 'equality', attribute: 'objectGUID', value: Buffer.of(0, 0xff, 1, 2) })).toEqual(['Ann']);
    expect(matching({ kind: 'equality', attribute: 'objectGUID', value: Buffer.of(0, 0xfe, 1, 2) })).toEqual([]);
    expect(matching({ kind: 'equality', attribute: '2.5.4.3', value: Buffer.from('ann') })).toEqual(['Ann']);
  });

  it.each([
    ['an unknown attribute', '(colour=red)'],
    ['a number that is none', '(userAccountControl=many)'],
    ['a name that is none', '(manager=somebody)'],
    ['order on names', '(manager>=CN=A)'],
    ['substrings of names', '(member=CN=*)'],
    ['an unknown rule', '(cn:1.2.3.4:=ann)'],
    ['a bit rule on text', '(cn:1.2.840.113556.1.4.803:=2)'],
    ['a chain on text', '(cn:1.2.840.113556.1.4.1941:=CN=Outer,DC=x)'],
  ])('is undefined for %s, and so is its negation', (_name, filter) => {
    expect(matching(decode(filter))).toEqual([]);
    expect(matching(decode(`(!${filter})`))).toEqual([]);
  });

  it('lets the other side of "and" and "or" decide where one side is undefined', () => {
    expect(matching(decode('(|(colour=red)(cn=ann))'))).toEqual(['Ann']);
    expect(matching(decode('(!(&(colour=red)(cn=ann)))'))).not.toContain('Ann');
    expect(matching(decode('(!(&(colour=red)(cn=ann)))'))).toContain('Outer');
  });

  it('takes the empty "and" for true and the empty "or" for false', () => {
    expect(matching({ kind: 'and', parts: [] })).toHaveLength(6);
    expect(matching({ kind: 'or', parts: [] })).toEqual([]);
  });
});
