import { expect, it } from 'vitest';
import { isHost, isInnerAddress, targetIdOf } from './hostNames.ts';

it.each(['mfa.corp.example', 'dc_1', 'localhost', '10.0.0.1', 'fe80::1', '::1', '2001:db8::10.0.0.1', 'xn--bcher-kva.example'])(
  'takes %s for a host',
  (host) => expect(isHost(host)).toBe(true),
);

it.each(['', 'https://mfa.example', 'mfa.example/path', 'mfa example', '10.0.0.256', '1.2.3', 'a..b', '-a.example', 'fe80::1%eth0', ':::'])(
  'does not take “%s” for a host',
  (host) => expect(isHost(host)).toBe(false),
);

it('knows addresses that no public host can have', () => {
  for (const inner of [
    '0.0.0.0',
    '10.1.2.3',
    '127.0.0.1',
    '172.31.0.1',
    '192.168.1.1',
    '169.254.1.1',
    '100.64.0.1',
    '::',
    '::1',
    'fd00::1',
    'fe80::1',
    '::ffff:10.0.0.1',
  ]) {
    expect(isInnerAddress(inner), inner).toBe(true);
  }
  for (const outer of ['134.170.116.75', '172.32.0.1', '100.128.0.1', '2001:db8::1', '::ffff:8.8.8.8']) {
    expect(isInnerAddress(outer), outer).toBe(false);
  }
});

it('writes the id of a target with the address of IPv6 in brackets', () => {
  expect(targetIdOf({ host: 'Mfa.Example', port: 443 })).toBe('mfa.example:443');
  expect(targetIdOf({ host: 'fe80::1', port: 25 })).toBe('[fe80::1]:25');
});
