import { expect, it } from 'vitest';
import { canonicalName, canonicalParent } from './canonicalName.ts';

it.each([
  ['DC=corp,DC=contoso,DC=com', 'corp.contoso.com'],
  ['CN=Ada Byron, OU=Field,ou=Sales,dc=contoso,DC=example', 'contoso.example/Sales/Field/Ada Byron'],
  ['CN=Byron\\, Ada,DC=contoso,DC=example', 'contoso.example/Byron, Ada'],
  ['OU=Gesch\\c3\\a4ft,DC=contoso,DC=example', 'contoso.example/Geschäft'],
  ['OU=R/D,DC=contoso,DC=example', 'contoso.example/R\\/D'],
])('reads %s as %s', (dn, name) => {
  expect(canonicalName(dn)).toBe(name);
});

it.each(['o=Contoso', '3 users', '', 'no name at all, DC=com'])('leaves “%s” as it is', (text) => {
  expect(canonicalName(text)).toBe(text);
});

it('says where an entry lies, also when its own name holds commas', () => {
  expect(canonicalParent('CN=Byron\\, Ada,OU=Sales,DC=contoso,DC=example')).toBe('contoso.example/Sales');
});
