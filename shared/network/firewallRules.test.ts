import { expect, it } from 'vitest';
import { firewallRules } from './firewallRules.ts';

const directory = { protocol: 'tcp' as const, host: 'dc1.corp.example', port: 636, addresses: ['10.0.0.5', 'fd00::5'] };
const clock = { protocol: 'udp' as const, host: 'dc1.corp.example', port: 123, addresses: ['10.0.0.5'] };
const unknown = { protocol: 'tcp' as const, host: 'crl.example', port: 80, addresses: [] };
const hostile = { protocol: 'tcp' as const, host: "x'; Remove-Item C:", port: 1, addresses: ['10.0.0.6'] };
const lines = (...args: Parameters<typeof firewallRules>) => firewallRules(...args).split(/\r?\n/);

it('writes rules for the published ranges, and for other targets by their addresses', () => {
  expect(lines('ps1', 'reduced', [directory, unknown])).toEqual([
    expect.stringMatching(/^New-NetFirewallRule .* -RemotePort 443 -RemoteAddress '134\.170\.116\.72\/29','134/),
    "New-NetFirewallRule -DisplayName 'MFA Server to dc1.corp.example 636' -Direction Outbound -Action Allow -Protocol TCP -RemotePort 636 -RemoteAddress '10.0.0.5','fd00::5'",
    '# crl.example, TCP 80: its addresses are not known.',
  ]);
  expect(lines('netsh', 'full', [directory]).at(-1)).toBe(
    'netsh advfirewall firewall add rule name="MFA Server to dc1.corp.example 636" dir=out action=allow protocol=TCP remoteport=636 remoteip=10.0.0.5,fd00::5',
  );
});

it('writes tables with the names of other targets', () => {
  expect(lines('csv', 'full', [directory, unknown]).slice(-2)).toEqual([
    'outbound,TCP,636,dc1.corp.example',
    'outbound,TCP,80,crl.example',
  ]);
  expect(lines('md', 'full', [directory]).at(-1)).toBe('| outbound | TCP | 636 | dc1.corp.example |');
});

it('opens UDP to a time server', () => {
  expect(lines('ps1', 'full', [clock]).at(-1)).toContain("-Protocol UDP -RemotePort 123 -RemoteAddress '10.0.0.5'");
  expect(lines('netsh', 'full', [clock]).at(-1)).toContain('protocol=UDP remoteport=123 remoteip=10.0.0.5');
  expect(lines('csv', 'full', [clock]).at(-1)).toBe('outbound,UDP,123,dc1.corp.example');
  expect(lines('md', 'full', [clock]).at(-1)).toBe('| outbound | UDP | 123 | dc1.corp.example |');
});

it('lets nothing into a command that is no host', () => {
  expect(firewallRules('ps1', 'full', [hostile])).not.toContain('Remove-Item');
});
