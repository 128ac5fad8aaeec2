import { expect, it } from 'vitest';
import { proxySettings } from '../../../shared/contract/network.contract.ts';
import { isSameForm, passwordStateOf, proxyProblems, toProxyForm, toProxySettings } from './proxyForm.ts';

const own = proxySettings.parse({ mode: 'own', host: 'proxy.example', port: 3128, user: 'svc', bypass: ['corp.example', '10.0.0.0/8'] });
const form = toProxyForm(own);

it('gives back what was set, and no password unless one was typed', () => {
  expect(toProxySettings(form)).toEqual(own);
  expect(toProxySettings({ ...form, password: 'new' })).toEqual({ ...own, password: 'new' });
  expect(toProxySettings({ ...form, user: ' ', password: 'new' })).toEqual({ ...own, user: '' });
  expect(toProxySettings({ ...form, bypass: 'a.example;  b.example ,, ' })).toEqual({ ...own, bypass: ['a.example', 'b.example'] });
});

it('does not ask for a host where no own proxy is used, and keeps nothing half typed', () => {
  const none = { ...form, mode: 'none', host: 'https://half', port: 'x' } as const;
  expect(proxyProblems(none).size).toBe(0);
  expect(toProxySettings(none)).toEqual(proxySettings.parse({ mode: 'none' }));
});

it('says which field is wrong', () => {
  expect([...proxyProblems({ ...form, host: 'http://proxy/', port: '70000' }).keys()]).toEqual(['host', 'port']);
  expect(proxyProblems({ ...form, port: '0' }).has('port')).toBe(true);
  expect([...proxyProblems({ ...form, bypass: 'a '.repeat(101) }).keys()]).toEqual(['bypass']);
});

it('tells whose password is kept', () => {
  const stored = { settings: own, passwordStored: true };
  expect(passwordStateOf(form, stored)).toBe('stored');
  expect(passwordStateOf({ ...form, host: 'Proxy.example ' }, stored)).toBe('stored');
  expect(passwordStateOf({ ...form, port: '8080' }, stored)).toBe('forgotten');
  expect(passwordStateOf({ ...form, password: 'x' }, stored)).toBe('typed');
  expect(passwordStateOf(form, { ...stored, passwordStored: false })).toBe('none');
});

it('knows a form that was changed', () => {
  expect(isSameForm(form, toProxyForm(own))).toBe(true);
  expect(isSameForm(form, { ...form, bypass: '' })).toBe(false);
});
