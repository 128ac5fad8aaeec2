import { describe, expect, it } from 'vitest';
import { dnKey, isWithin, parentKey, parseDn } from './distinguishedName.ts';

describe('the key of a name', () => {
  it.each([
    ['case', 'CN=Ann,DC=Contoso', 'cn=ANN,dc=contoso'],
    ['spaces around separators', 'CN=Ann,DC=x', ' CN = Ann , DC = x '],
    ['escaped commas', 'CN=Müller\\, Jürgen,DC=x', 'CN=Müller\\2C Jürgen,DC=x'],
    ['hexadecimal umlauts', 'CN=Müller,DC=x', 'CN=M\\C3\\BCller,DC=x'],
    ['composed and decomposed umlauts', 'CN=Zo\u00eb,DC=x', 'CN=Zoe\u0308,DC=x'],
    ['long and numeric types', 'CN=Ann,DC=x', 'commonName=Ann,0.9.2342.19200300.100.1.25=x'],
    ['the order in a multi-valued part', 'CN=Ann+UID=7,DC=x', 'UID=7+CN=Ann,DC=x'],
    ['an escaped trailing space', 'CN=Ann\\ ,DC=x', 'CN=Ann\\20,DC=x'],
    ['a superfluous escape', 'CN=a\\=b,DC=x', 'CN=a=b,DC=x'],
  ])('does not depend on %s', (_name, one, other) => {
    expect(dnKey(one)).toBeDefined();
    expect(dnKey(other)).toBe(dnKey(one));
  });

  it.each([
    ['a comma in the value and a new level', 'CN=a\\,ou=b,DC=x', 'CN=a,ou=b,DC=x'],
    ['a plus in the value and a second part', 'CN=a\\+uid=b,DC=x', 'CN=a+uid=b,DC=x'],
    ['an escaped leading space and none', 'CN=\\ Ann,DC=x', 'CN=Ann,DC=x'],
    ['a backslash and none', 'CN=a\\\\b,DC=x', 'CN=ab,DC=x'],
  ])('differs for %s', (_name, one, other) => {
    expect(dnKey(one)).not.toBe(dnKey(other));
  });

  it.each(['nonsense', 'CN', '=x', 'CN=x,,DC=y', 'CN=x\\', '1CN=x'])('does not exist for "%s"', (text) => {
    expect(dnKey(text)).toBeUndefined();
  });

  it('leads to the key of the parent, across escaped commas', () => {
    expect(parentKey(dnKey('CN=Müller\\, Jürgen,OU=a,DC=x') ?? '')).toBe('ou=a,dc=x');
    expect(parentKey('dc=x')).toBe('');
    expect(parentKey('')).toBeUndefined();
  });

  it('tells what lies within a subtree', () => {
    expect(isWithin('cn=a,dc=x', 'dc=x')).toBe(true);
    expect(isWithin('dc=x', 'dc=x')).toBe(true);
    expect(isWithin('cn=a,dc=xx', 'dc=x')).toBe(false);
  });
});

it('takes the empty name for the root', () => {
  expect(parseDn('')).toEqual([]);
  expect(dnKey('  ')).toBe('');
});
