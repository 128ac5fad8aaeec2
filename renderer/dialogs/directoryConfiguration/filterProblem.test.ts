import { expect, it } from 'vitest';
import { filterProblem } from './filterProblem.ts';

it.each([
  '',
  '  (mail=*)  ',
  'mail=*',
  '(&(objectClass=user)(objectCategory=person))',
  '(|\n  (objectClass=organizationalUnit)\n  (objectClass=container)\n)',
  '(&(objectCategory=group)(groupType:1.2.840.113556.1.4.804:=-2147483648))',
  '(cn=M\\c3\\bcller \\28x\\29)',
  '(!(userAccountControl:1.2.840.113556.1.4.803:=2))',
  '(cn:dn:caseExactMatch:=Anna)',
  '(:dn:2.4.6.8.10:=Dino)',
  '(uid>=a)',
  '(cn=)',
])('accepts %s', (filter) => {
  expect(filterProblem(filter)).toBeNull();
});

it.each([
  ['mail', 4],
  ['(mail=*', 0],
  ['(mail)', 5],
  ['(&(mail=*)(cn=a)', 0],
  ['(mail=*))', 8],
  ['mail=*)', 6],
  ['(cn=a\\zz)', 5],
  ['(cn=a(b)', 5],
  ['(!(a=b)(c=d))', 7],
  ['(!)', 2],
  ['(&)', 2],
  ['(=x)', 1],
  ['(uid>=a*)', 7],
  ['(a=b)(c=d)', 5],
])('points at the problem in %s', (filter, position) => {
  expect(filterProblem(filter)).toEqual({ position });
});

it('survives a filter that is nested without end', () => {
  expect(filterProblem('(!'.repeat(100_000))).not.toBeNull();
});
