import { expect, it } from 'vitest';
import { isAddressRange, isInRange } from './addressRanges.ts';
import { firewallRules } from './firewallRules.ts';
import { publishedHosts, publishedRanges, rangeOf } from './published.ts';

it('is what was published: three hosts on 443, each table with its masks and with the ranges of 2023', () => {
  const hostsFor = (wanted: string) =>
    publishedHosts.flatMap(({ host, port, purpose }) => (purpose === wanted ? [`https://${host}:${port}`] : []));
  expect(hostsFor('cloud')).toEqual([
    'https://pfd.phonefactor.net:443',
    'https://pfd2.phonefactor.net:443',
    'https://css.phonefactor.net:443',
  ]);
  expect(publishedHosts.filter(({ purpose }) => purpose === 'revocation').map(({ host, port }) => `${host}:${port}`)).toEqual([
    ...['crl3.digicert.com:80', 'crl4.digicert.com:80', 'ocsp.digicert.com:80', 'crl.microsoft.com:80'],
    ...['mscrl.microsoft.com:80', 'oneocsp.microsoft.com:80', 'ocsp.msocsp.com:80', 'www.microsoft.com:80'],
  ]);
  const later = ['52.251.8.48/28', '52.247.73.160/28', '52.159.5.240/28', '52.159.7.16/28', '52.250.84.176/28', '52.250.85.96/28'];
  expect(publishedRanges.full).toEqual(['134.170.116.0/25', '134.170.165.0/25', '70.37.154.128/25', ...later]);
  expect(publishedRanges.reduced).toEqual(['134.170.116.72/29', '134.170.165.72/29', '70.37.154.200/29', ...later]);
});

it.each([
  ['full', '134.170.116.1', '134.170.116.126'],
  ['full', '134.170.165.1', '134.170.165.126'],
  ['full', '70.37.154.129', '70.37.154.254'],
  ['reduced', '134.170.116.72', '134.170.116.79'],
  ['reduced', '134.170.165.72', '134.170.165.79'],
  ['reduced', '70.37.154.201', '70.37.154.206'],
] as const)('has in the %s table the addresses that were published as %s – %s', (table, first, last) => {
  const range = rangeOf(first, table);
  expect(range).toBeDefined();
  expect(rangeOf(last, table)).toBe(range);
});

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
  expect(firewallRules('ps1', 'reduced')).toMatch(/^New-NetFirewallRule .* -RemoteAddress '134\.170\.116\.72\/29','134/m);
  expect(firewallRules('netsh', 'full')).toMatch(/ remoteip=134\.170\.116\.0\/25,134\.170\.165\.0\/25,/);
  expect(firewallRules('csv', 'full').split('\r\n')).toHaveLength(10);
  expect(firewallRules('md', 'full').split('\n')[2]).toBe('| outbound | TCP | 443 | 134.170.116.0/25 |');
});
