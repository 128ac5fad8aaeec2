import { expect, it } from 'vitest';
import { isAddressRange, isInRange } from './addressRanges.ts';
import { firewallRules } from './firewallRules.ts';
import { rangeOf } from './published.ts';

it.each([
  ['134.170.116.0', 'full', '134.170.116.0/25'],
  ['134.170.116.127', 'full', '134.170.116.0/25'],
  ['134.170.116.128', 'full', undefined],
  ['70.37.154.255', 'full', '70.37.154.128/25'],
  ['134.170.116.71', 'reduced', undefined],
  ['134.170.116.79', 'reduced', '134.170.116.72/29'],
  ['52.251.8.63', 'reduced', '52.251.8.48/28'],
  ['::ffff:134.170.165.9', 'full', '134.170.165.0/25'],
  ['2001:db8::1', 'full', undefined],
  ['134.170.116.999', 'full', undefined],
] as const)('finds %s in the %s table: %s', (address, table, range) => expect(rangeOf(address, table)).toBe(range));

it.each([
  ['10.255.0.1', '10.0.0.0/255.0.0.0', true],
  ['11.0.0.1', '10.0.0.0/255.0.0.0', false],
  ['1.1.1.9', '1.1.1.1-1.1.1.9', true],
  ['1.1.1.10', '1.1.1.1-1.1.1.9', false],
  ['192.0.2.7', '192.0.2.7', true],
  ['9.9.9.9', '0.0.0.0/0', true],
  ['2001:db8::ffff', '2001:db8::/64', true],
  ['2001:db8:0:1::1', '2001:db8::/64', false],
  ['2001:db8::5', '2001:db8::1-2001:db8::9', true],
  ['fe80::1%eth0', 'fe80::/10', true],
  ['10.0.0.1', '::/0', false],
])('tells whether %s lies in %s: %s', (address, range, isIn) => expect(isInRange(address, range)).toBe(isIn));

it.each(['LocalSubnet', '', '10.0.0.0/33', '10.0.0.0/255.0.255.0', '1.1.1.1-', '1.1.1.1-::1', ':::', '1:2:3'])(
  'takes %j for no range',
  (range) => expect(isAddressRange(range)).toBe(false),
);

it('writes one rule for all ranges, or one row for each', () => {
  expect(firewallRules('ps1', 'reduced')).toMatch(/^New-NetFirewallRule .* -RemoteAddress '134\.170\.116\.72\/29','134/);
  expect(firewallRules('netsh', 'full')).toMatch(/ remoteip=134\.170\.116\.0\/25,134\.170\.165\.0\/25,/);
  expect(firewallRules('csv', 'full').split('\r\n')).toHaveLength(10);
  expect(firewallRules('md', 'full').split('\n')[2]).toBe('| outbound | TCP | 443 | 134.170.116.0/25 |');
});
