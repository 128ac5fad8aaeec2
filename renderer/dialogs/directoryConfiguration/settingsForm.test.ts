import { expect, it } from 'vitest';
import { directorySettings } from '../../../shared/contract/directory.contract.ts';
import { settings } from '../testing/fakeConsole.ts';
import {
  blankForm,
  emptyServer,
  keepsPassword,
  moveBy,
  problemsOf,
  toForm,
  toSettings,
  withDefaults,
  withKind,
  withPin,
  withSecurity,
} from './settingsForm.ts';

const form = toForm(settings);
const dc2 = { host: 'dc2.contoso.com', port: '3269', security: 'ldaps' as const };

it('brings settings through the form unchanged', () => {
  expect(toSettings(form)).toEqual(settings);
  expect(directorySettings.parse(toSettings(form))).toEqual(settings);
  expect(problemsOf(form).size).toBe(0);
});

it('starts with one empty server and asks for what is missing', () => {
  const problems = problemsOf(blankForm(settings));

  expect(Object.fromEntries(problems)).toEqual({ 'servers.0.host': 'required', baseDn: 'required' });
});

it('lets the port follow the security until somebody has changed it', () => {
  expect(withSecurity(emptyServer, 'starttls').port).toBe('389');
  expect(withSecurity(dc2, 'starttls').port).toBe('3269');
});

it('moves servers within their list only', () => {
  expect(moveBy(['a', 'b', 'c'], 2, -1)).toEqual(['a', 'c', 'b']);
  expect(moveBy(['a', 'b'], 0, -1)).toEqual(['a', 'b']);
});

it('demands an explicit yes before a password may travel in plain text', () => {
  const plain = { ...form, servers: [withSecurity(form.servers[0]!, 'none')] };

  expect(problemsOf(plain).get('allowPlainText')).toBe('plain-text');
  expect(problemsOf({ ...plain, allowPlainText: true }).size).toBe(0);
});

it('takes the permission for plain text back with the last server that needs it', () => {
  expect(toSettings({ ...form, allowPlainText: true }).allowPlainText).toBe(false);
});

it('points at a broken filter, a broken attribute name and a host with a scheme', () => {
  const problems = problemsOf({
    ...form,
    servers: [{ ...emptyServer, host: 'ldaps://dc1' }],
    filters: { ...form.filters, user: '(objectClass=user' },
    attributes: { ...form.attributes, mobile: 'mobile phone', username: ' ; ' },
  });

  expect(Object.fromEntries(problems)).toEqual({
    'servers.0.host': 'host',
    'filters.user': { filterPosition: 0 },
    'attributes.mobile': 'attribute-name',
    'attributes.username': 'required',
  });
});

it.each(['', '9', '20001', '1e3', '12.5'])('does not take %o as query size limit', (pageSize) => {
  expect(problemsOf({ ...form, pageSize }).get('pageSize')).toBe('page-size');
});

it.each(['', '0', 'ten', '601'])('does not take %o as seconds to connect', (connectMs) => {
  expect(problemsOf({ ...form, timeouts: { ...form.timeouts, connectMs } }).get('timeouts.connectMs')).toBe('timeout');
});

it('replaces the pin of a server and drops pins of servers that are gone', () => {
  const target = { host: 'DC1.contoso.com', port: 636 };
  const once = withPin(form, target, { sha256: 'AA'.repeat(32) });
  const twice = withPin(once, target, { sha256: Array(32).fill('BB').join(':') });

  expect(twice.pins).toEqual([{ ...target, sha256: 'bb'.repeat(32) }]);
  expect(toSettings({ ...twice, servers: [dc2] }).pins).toEqual([]);
});

it('keeps the password for the same servers and user only', () => {
  const two = { ...form, servers: [...form.servers, dc2] };

  expect(keepsPassword(form, form)).toBe(true);
  expect(keepsPassword({ ...two, servers: two.servers.toReversed() }, two)).toBe(true);
  expect(keepsPassword(two, form)).toBe(false);
  expect(keepsPassword({ ...form, bindDn: 'other@contoso.com' }, form)).toBe(false);
});

it('brings the filters of another kind unless somebody changed them', () => {
  const openldap = { ...settings, kind: 'openldap' as const, filters: { ...settings.filters, user: '(objectClass=inetOrgPerson)' } };
  const defaults = { ad: settings, openldap, other: openldap };
  const own = { ...form, filters: { ...form.filters, user: '(mail=*)' } };

  expect(withKind(form, 'openldap', defaults).filters.user).toBe('(objectClass=inetOrgPerson)');
  expect(withKind(own, 'openldap', defaults).filters.user).toBe('(mail=*)');
});

it('restores defaults without touching where the directory is', () => {
  const changed = { ...form, pageSize: '50', baseDn: 'DC=other', attributes: { ...form.attributes, mobile: '' } };

  expect(withDefaults(changed, settings)).toEqual({ ...form, baseDn: 'DC=other' });
});
