import { expect, it } from 'vitest';
import { dnKey, isUnder, leafName, splitDn, withoutOverlap } from './distinguishedNames.ts';

it('cuts a name at commas that are not part of a value', () => {
  expect(splitDn('CN=Müller\\, Jürgen,OU="a,b" , DC=x')).toEqual(['CN=Müller\\, Jürgen', 'OU="a,b"', 'DC=x']);
  expect(splitDn('')).toEqual([]);
});

it('takes two spellings of one name for the same', () => {
  const spellings = ['CN=Müller\\, J,DC=x', 'cn = M\\C3\\BCller\\2C J , dc=X', 'cn="Müller, J",DC=x'];

  expect(new Set(spellings.map(dnKey)).size).toBe(1);
  expect(dnKey('CN=a+UID=b,DC=x')).toBe(dnKey('uid=B+cn=A,DC=x'));
  expect(dnKey('CN=a\\,b,DC=x')).not.toBe(dnKey('CN=a,CN=b,DC=x'));
  expect(dnKey('CN=a\\+b,DC=x')).not.toBe(dnKey('CN=a+CN=b,DC=x'));
});

it('shows the last part as people read it', () => {
  expect(leafName('CN=M\\C3\\BCller\\, J\\22r\\22gen,DC=x')).toBe('Müller, J"r"gen');
  expect(leafName('OU=People,DC=x')).toBe('People');
});

it('knows what lies below what', () => {
  expect(isUnder('CN=a,OU=People,DC=x', 'ou=people,dc=x')).toBe(true);
  expect(isUnder('OU=MorePeople,DC=x', 'OU=People,DC=x')).toBe(false);
  expect(isUnder('DC=x', 'DC=x')).toBe(true);
  expect(isUnder('CN=a\\,OU=People,DC=x', 'OU=People,DC=x')).toBe(false);
});

it('leaves out containers inside of others only when what lies below is read', () => {
  const dns = ['OU=a,DC=x', 'OU=b,OU=a,DC=x', 'ou=A,dc=x', 'OU=c,DC=x'];

  expect(withoutOverlap(dns, true).map(dnKey)).toEqual(['ou=a,dc=x', 'ou=c,dc=x']);
  expect(withoutOverlap(dns, false)).toHaveLength(3);
});
