import { expect, it } from 'vitest';
import { firewallRules, ruleFormats } from './firewallRules.ts';
import { publishedRanges } from './published.ts';

const directory = { protocol: 'tcp' as const, host: 'dc1.corp.example', port: 636, addresses: ['10.0.0.5', 'fd00::5'] };
const clock = { protocol: 'udp' as const, host: 'dc1.corp.example', port: 123, addresses: ['10.0.0.5'] };
const unknown = { protocol: 'tcp' as const, host: 'crl.example', port: 80, addresses: [] };
const lines = (...args: Parameters<typeof firewallRules>) => firewallRules(...args).split(/\r?\n/);

it('writes a script of PowerShell for the published ranges, and for other targets by their addresses, that may be run again', () => {
  expect(lines('ps1', 'reduced', [directory, unknown])).toEqual([
    '#Requires -RunAsAdministrator',
    "$ErrorActionPreference = 'Stop'",
    "Remove-NetFirewallRule -DisplayName 'MFA Server outbound HTTPS' -ErrorAction SilentlyContinue",
    `New-NetFirewallRule -DisplayName 'MFA Server outbound HTTPS' -Direction Outbound -Action Allow -Profile Any -Protocol TCP -RemotePort 443 -RemoteAddress ${publishedRanges.reduced.map((range) => `'${range}'`).join(',')} | Out-Null`,
    "Remove-NetFirewallRule -DisplayName 'MFA Server to dc1.corp.example TCP 636' -ErrorAction SilentlyContinue",
    "New-NetFirewallRule -DisplayName 'MFA Server to dc1.corp.example TCP 636' -Direction Outbound -Action Allow -Profile Any -Protocol TCP -RemotePort 636 -RemoteAddress '10.0.0.5','fd00::5' | Out-Null",
    '# crl.example, TCP 80: its addresses are not known.',
  ]);
});

it('writes the same as commands of netsh', () => {
  expect(lines('netsh', 'full', [directory, unknown])).toEqual([
    '@echo off',
    expect.stringMatching(/^rem /),
    'netsh advfirewall firewall delete rule name="MFA Server outbound HTTPS" dir=out >nul',
    `netsh advfirewall firewall add rule name="MFA Server outbound HTTPS" dir=out action=allow profile=any protocol=TCP remoteport=443 remoteip=${publishedRanges.full.join(',')}`,
    'netsh advfirewall firewall delete rule name="MFA Server to dc1.corp.example TCP 636" dir=out >nul',
    'netsh advfirewall firewall add rule name="MFA Server to dc1.corp.example TCP 636" dir=out action=allow profile=any protocol=TCP remoteport=636 remoteip=10.0.0.5,fd00::5',
    'rem crl.example, TCP 80: its addresses are not known.',
  ]);
});

it('makes no rule for this computer itself or for no address, which Windows would refuse, and none for what lies behind a proxy', () => {
  const here = { ...directory, host: 'own.example', addresses: ['127.0.0.1', '::1', '0.0.0.0', '::', 'fe80::1%eth0'] };
  const behind = { ...unknown, proxy: 'proxy.corp.example:8080' };

  expect(lines('ps1', 'full', [here, behind]).slice(-2)).toEqual([
    '# own.example, TCP 636: it is on this computer, which needs no rule.',
    '# crl.example, TCP 80: it is reached through the proxy, which has to be allowed in its place.',
  ]);
  expect(lines('ps1', 'full', [{ ...directory, addresses: ['127.0.0.1', '10.0.0.5', '10.0.0.5'] }]).at(-1)).toContain(
    "-RemoteAddress '10.0.0.5' |",
  );
});

it('gives TCP and UDP of one port a rule each, so that neither takes the place of the other', () => {
  const names = lines('netsh', 'full', [clock, { ...clock, protocol: 'tcp' }]).flatMap(
    (line) => /add rule name="([^"]+)"/.exec(line)?.[1] ?? [],
  );
  expect(new Set(names).size).toBe(3);
});

it('writes tables with the names of other targets', () => {
  expect(lines('csv', 'full', [directory, unknown]).slice(-2)).toEqual([
    'outbound,TCP,636,dc1.corp.example',
    'outbound,TCP,80,crl.example',
  ]);
  expect(lines('md', 'full', [directory]).at(-1)).toBe('| outbound | TCP | 636 | dc1.corp.example |');
});

it('opens UDP to a time server', () => {
  expect(lines('ps1', 'full', [clock]).at(-1)).toContain("-Protocol UDP -RemotePort 123 -RemoteAddress '10.0.0.5' |");
  expect(lines('netsh', 'full', [clock]).at(-1)).toContain('protocol=UDP remoteport=123 remoteip=10.0.0.5');
  expect(lines('csv', 'full', [clock]).at(-1)).toBe('outbound,UDP,123,dc1.corp.example');
  expect(lines('md', 'full', [clock]).at(-1)).toBe('| outbound | UDP | 123 | dc1.corp.example |');
});

it.each([
  "x'; Remove-Item C:",
  'x"; calc',
  'x`n',
  '$(calc)',
  'a\r\ncalc',
  'a\ncalc',
  'a&calc',
  '%PATH%',
  'a|calc',
  'a>b',
  '^a',
  '=cmd',
  'a,b',
  '[a]',
  '*',
])('lets nothing into a command or a table that is no host: %j', (host) => {
  for (const format of ruleFormats) {
    const target = { protocol: 'tcp' as const, host, port: 1, addresses: ['10.0.0.6'] };
    expect(firewallRules(format, 'full', [target])).toBe(firewallRules(format, 'full'));
  }
});

it.each(["10.0.0.6'; calc", '10.0.0.6" & calc', '$(calc)', '10.0.0.6\ncalc', 'Any', ''])(
  'lets nothing into a rule that is no address: %j',
  (address) => {
    for (const format of ['ps1', 'netsh'] as const) {
      const rules = firewallRules(format, 'full', [{ ...directory, addresses: [address, '10.0.0.6'] }]);
      expect(rules).toBe(firewallRules(format, 'full', [{ ...directory, addresses: ['10.0.0.6'] }]));
    }
  },
);
