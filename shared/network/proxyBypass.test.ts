import { expect, it } from 'vitest';
import { isBypassed } from './proxyBypass.ts';

it.each([
  ['corp.example', 'corp.example', true],
  ['corp.example', 'mfa.corp.example', true],
  ['corp.example', 'notcorp.example', false],
  ['.corp.example', 'mfa.corp.example', true],
  ['*.corp.example', 'MFA.CORP.example', true],
  ['mfa.example:8443', 'mfa.example', false],
  ['mfa.example:443', 'mfa.example', true],
  ['10.0.0.0/8', '10.20.30.40', true],
  ['10.0.0.0/8', '11.0.0.1', false],
  ['10.0.0.0/33', '10.0.0.1', false],
  ['192.0.2.1', '192.0.2.1', true],
  ['2001:db8::1', '2001:db8::1', true],
  ['[2001:db8::1]:443', '2001:db8::1', true],
  ['*', 'anything.example', true],
  ['', 'mfa.example', false],
  ['*.', 'mfa.example', false],
])('by “%s” %s is reached without the proxy: %s', (entry, host, expected) => {
  expect(isBypassed({ host, port: 443 }, [entry])).toBe(expected);
});

it('never asks a proxy for this computer', () => {
  const hosts = ['localhost', '127.0.0.1', '127.8.8.8', '::1', '127.example'];
  expect(hosts.map((host) => isBypassed({ host, port: 443 }, []))).toEqual([true, true, true, true, false]);
});
