import { expect, it } from 'vitest';
import { defaultCompanySettings } from '../../../shared/contract/companySettings.ts';
import { importRequest } from '../../../shared/contract/imports.contract.ts';
import {
  buildRequest,
  chooseScope,
  enablesNobody,
  gridScope,
  initialOptions,
  scopeKindFor,
  scopeKindsOf,
  type Selection,
} from './importForm.ts';

const nothing: Selection = { container: null, group: null, users: new Set() };
const sales = 'OU=Sales,DC=contoso,DC=com';

it('offers group scopes only beside the groups', () => {
  expect(scopeKindsOf('groups')).toEqual(['users', 'group', 'group-recursive']);
  expect(scopeKindsOf('containers')).not.toContain('group');
  expect(scopeKindsOf('search')).toEqual(['users']);
});

it('keeps the meaning of the scope when the view changes', () => {
  expect(scopeKindFor('groups', 'container-below')).toBe('group-recursive');
  expect(scopeKindFor('containers', 'group')).toBe('container');
  expect(scopeKindFor('search', 'group')).toBe('users');
});

it('says what must be selected before an import can start', () => {
  expect(chooseScope('users', nothing)).toEqual({ missing: 'users' });
  expect(chooseScope('container-below', { ...nothing, users: new Set(['CN=a']) })).toEqual({ missing: 'container' });
  expect(chooseScope('group', { ...nothing, container: sales })).toEqual({ missing: 'group' });
});

it('imports the whole container although only some of its users are shown', () => {
  expect(chooseScope('container-below', { ...nothing, container: sales })).toEqual({
    scope: { kind: 'containers', dns: [sales], below: true },
  });
});

it('shows the users directly in a container while users are picked one by one', () => {
  expect(gridScope('containers', 'users', { ...nothing, container: sales })).toEqual({ kind: 'containers', dns: [sales], below: false });
  expect(gridScope('containers', 'container-below', { ...nothing, container: sales })).toMatchObject({ below: true });
});

it('sends a request that the contract accepts, with the mode of the chosen method', () => {
  const options = { ...initialOptions('mobile'), method: 'text' as const, enabled: false };

  const request = buildRequest({ kind: 'group', dn: sales, recursive: true }, ' (mail=*) ', options);

  expect(importRequest.parse(request)).toEqual(request);
  expect(request).toMatchObject({ filter: '(mail=*)', mode: 'one-way-otp', enable: 'none', phone: 'mobile' });
});

it('gives new users what Company Settings say', () => {
  const defaults = { ...defaultCompanySettings.userDefaults, method: 'app' as const, appMode: 'pin' as const };

  const request = buildRequest({ kind: 'group', dn: sales, recursive: true }, '', initialOptions(null, defaults));

  expect(request).toMatchObject({ method: 'app', mode: 'pin' });
});

it('says when nobody would be enabled', () => {
  expect(enablesNobody(initialOptions())).toBe(true);
  expect(enablesNobody(initialOptions('mobile'))).toBe(false);
  for (const change of [{ enabled: false }, { enableRule: 'new' as const }, { addNew: false }]) {
    expect(enablesNobody({ ...initialOptions(), ...change })).toBe(false);
  }
});
