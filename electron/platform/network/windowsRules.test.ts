import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { judgeRules } from '../../services/network/judgeRules.ts';
import { createWindowsRules, parseWindowsRules } from './windowsRules.ts';

/** As ConvertTo-Json writes what Get-NetFirewallRule and its filters answer on a Windows Server 2022 in a domain. */
const recorded = {
  rules: [
    {
      ...{
        name: 'Core Networking - DNS (UDP-Out)',
        action: 'Allow',
        profile: 'Any',
        protocol: 'UDP',
        remotePort: '53',
        remoteAddress: 'Any',
      },
      ...{ program: 'C:\\Windows\\system32\\svchost.exe', package: null, service: 'dnscache' },
    },
    {
      ...{ name: 'MFA Server to dc1 636', action: 'Allow', profile: 'Domain, Private', protocol: 'TCP', remotePort: ['636', '3268-3269'] },
      ...{ remoteAddress: '10.0.0.0/255.0.0.0', program: 'Any', package: null, service: 'Any' },
    },
    {
      ...{ name: 'No mail', action: 'Block', profile: 'Any', protocol: 'TCP', remotePort: ['25', '587'] },
      ...{ remoteAddress: ['192.0.2.1-192.0.2.9', '2001:db8::/64'], program: 'Any', package: null, service: 'Any' },
    },
    {
      ...{ name: 'Subnet', action: 'Allow', profile: 'Domain', protocol: 'Any', remotePort: 'Any', remoteAddress: 'LocalSubnet' },
      ...{ program: 'Any', package: null, service: 'Any' },
    },
    {
      ...{ name: 'Browser', action: 'Block', profile: 'Any', protocol: 'TCP', remotePort: 'Any', remoteAddress: 'Any' },
      ...{ program: 'C:\\Program Files\\Browser\\browser.exe', package: null, service: 'Any' },
    },
    {
      ...{ name: 'Store app', action: 'Block', profile: 'Any', protocol: 'Any', remotePort: 'Any', remoteAddress: 'Any', program: null },
      ...{ package: 'S-1-15-2-1', service: 'Any' },
    },
    {
      ...{ name: 'Own program', action: 'Allow', profile: 'Public', protocol: 'TCP', remotePort: '443', remoteAddress: 'Any' },
      ...{ program: 'C:\\PROGRAM FILES\\mfa\\node.exe', package: null, service: 'Any' },
    },
    {
      ...{ name: 'Gateway only', action: 'Block', profile: 'Any', protocol: 'TCP', remotePort: '8443', remoteAddress: 'DefaultGateway' },
      ...{ program: 'Any', package: null, service: 'Any' },
    },
    {
      ...{ name: 'RPC', action: 'Block', profile: 'Any', protocol: 'TCP', remotePort: 'RPC', remoteAddress: 'Any' },
      ...{ program: 'Any', package: null, service: 'Any' },
    },
  ],
  profiles: [
    { name: 'Domain', enabled: 'True', defaultOutboundAction: 'Block' },
    { name: 'Private', enabled: 'True', defaultOutboundAction: 'Allow' },
    { name: 'Public', enabled: 'True', defaultOutboundAction: 'NotConfigured' },
  ],
  networks: 'DomainAuthenticated',
};
const program = 'C:\\Program Files\\MFA\\node.exe';
const read = (changes: object = {}) => ({
  ...parseWindowsRules(`\uFEFF${JSON.stringify({ ...recorded, ...changes })}\r\n`),
  ...{ program, localSubnets: ['192.168.7.3/24', 'fd00::3/64'] },
});
const to = (port: number, addresses: string[], protocol: 'tcp' | 'udp' = 'tcp') => ({
  id: 'target',
  port,
  protocol,
  addresses,
  proxy: null,
});

it.each([
  ['an allowed network, by its mask', to(636, ['10.1.2.3']), {}, 'allowed', 'MFA Server to dc1 636'],
  ['a port in a range', to(3_269, ['10.1.2.3']), {}, 'allowed', 'MFA Server to dc1 636'],
  ['a port that no rule allows', to(389, ['10.1.2.3']), {}, 'blocked-by-default', null],
  ['the same by UDP', to(636, ['10.1.2.3'], 'udp'), {}, 'blocked-by-default', null],
  ['an address of a range that is blocked', to(587, ['192.0.2.9']), {}, 'blocked', 'No mail'],
  ['the address behind that range', to(587, ['192.0.2.10']), {}, 'blocked-by-default', null],
  ['a network of IPv6 that is blocked', to(25, ['2001:db8::17']), {}, 'blocked', 'No mail'],
  ['one bad address among good ones', to(587, ['192.168.7.9', '192.0.2.1']), {}, 'blocked', 'No mail'],
  ['the local subnet', to(587, ['192.168.7.9']), {}, 'allowed', 'Subnet'],
  ['the local subnet of IPv6', to(123, ['fd00::9'], 'udp'), {}, 'allowed', 'Subnet'],
  ['what only rules of others are about', to(443, ['198.51.100.1']), {}, 'blocked-by-default', null],
  ['a rule of another profile', to(443, ['198.51.100.1']), { networks: 'Private' }, 'allowed-by-default', null],
  ['a rule of this very program', to(443, ['198.51.100.1']), { networks: ['Public'] }, 'allowed', 'Own program'],
  ['a rule about a word of Windows', to(8_443, ['198.51.100.1']), {}, 'unknown', 'Gateway only'],
  ['a target whose addresses nobody knows', to(443, []), {}, 'unknown', null],
  ['this computer', to(9_999, ['127.0.0.1', '::1']), {}, 'allowed', null],
] as const)('judges %s', (_what, target, changes, verdict, rule) => {
  const found = judgeRules({ ...target, addresses: [...target.addresses] }, read(changes));
  expect(found).toMatchObject({ verdict, rule });
  expect(found.reason).not.toBe('');
});

it('says that a firewall is off, and that no rule is in force', () => {
  const off = recorded.profiles.map((profile) => ({ ...profile, enabled: 'False' }));
  expect(judgeRules(to(25, ['192.0.2.1']), read({ profiles: off }))).toMatchObject({
    verdict: 'allowed-by-default',
    reason: 'Windows Firewall is off in the active profile (Domain).',
  });
  expect(judgeRules(to(25, ['192.0.2.1']), read({ rules: null, networks: null }))).toMatchObject({ verdict: 'blocked-by-default' });
});

it('reads a single rule, profile or network that ConvertTo-Json wrote without an array', () => {
  const one = read({ rules: recorded.rules[2], profiles: recorded.profiles[1], networks: 'Private' });
  expect(one.rules).toMatchObject([{ name: 'No mail', action: 'block', protocol: 'tcp', remotePorts: ['25', '587'] }]);
  expect(one.profiles).toEqual([{ name: 'Private', isEnabled: true, defaultOutbound: 'allow' }]);
});

it('reads lists as Windows PowerShell 5.1 wraps them, and numbers in place of words', () => {
  const wrapped = (value: unknown[]) => ({ value, Count: value.length });
  const [dns, mfa] = recorded.rules;
  const rules = wrapped([
    { ...dns, protocol: 17, remotePort: 53 },
    { ...mfa, protocol: 6, remotePort: wrapped(['636', '3268-3269']), remoteAddress: wrapped(['10.0.0.0/255.0.0.0', '192.0.2.0/24']) },
  ]);
  const found = read({ rules, profiles: wrapped(recorded.profiles) }).rules;

  expect(found.map(({ protocol, remotePorts }) => [protocol, remotePorts])).toEqual([
    ['udp', ['53']],
    ['tcp', ['636', '3268-3269']],
  ]);
  expect(found[1]!.remoteAddresses).toEqual(['10.0.0.0/255.0.0.0', '192.0.2.0/24']);
  expect(judgeRules(to(636, ['192.0.2.7']), read({ rules })).verdict).toBe('allowed');
});

it('judges words of Windows for the other family, and rules that may allow', () => {
  const rule = { ...recorded.rules[3]!, profile: 'Domain' };
  const only = (remoteAddress: string, action = 'Allow') => read({ rules: [{ ...rule, action, remoteAddress }] });

  expect(judgeRules(to(443, ['192.168.7.9']), only('LocalSubnet4')).verdict).toBe('allowed');
  expect(judgeRules(to(443, ['192.168.7.9']), only('LocalSubnet6')).verdict).toBe('blocked-by-default');
  expect(judgeRules(to(443, ['fd00::9']), only('LocalSubnet6')).verdict).toBe('allowed');
  expect(judgeRules(to(443, ['192.0.2.9']), only('Internet')).verdict).toBe('unknown');
});

it.each(['', 'Get-NetFirewallRule : Access is denied.', '{"rules":[{"action":5}]}', '[]'])('does not take %j for rules', (written) => {
  expect(() => parseWindowsRules(written)).toThrow('cannot be read');
});

/** Stands for powershell.exe, which is not to be had where this is tested. */
let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'windows-rules-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
function powershell(name: string, ...lines: string[]): string {
  const file = join(folder, name);
  writeFileSync(file, ['#!/bin/sh', ...lines].join('\n'));
  chmodSync(file, 0o755);
  return file;
}
const ask = (file: string, timeout?: number) => createWindowsRules(file, timeout).read(new AbortController().signal);

it.skipIf(process.platform === 'win32')('asks PowerShell once, without a profile and without questions', async () => {
  writeFileSync(join(folder, 'answer.json'), JSON.stringify(recorded));
  const file = powershell('well', `echo "$@" > '${folder}/args'`, `cat '${folder}/answer.json'`);
  const { rules, profiles } = await ask(file);
  expect([rules.length, profiles]).toEqual([9, [{ name: 'Domain', isEnabled: true, defaultOutbound: 'block' }]]);
});

it.skipIf(process.platform === 'win32').each([
  ['is not there', () => join(folder, 'nowhere'), 'PowerShell was not found'],
  [
    'is refused',
    () => powershell('denied', "echo 'Access is denied.' >&2", 'exit 1'),
    'PowerShell could not read the rules: Access is denied.',
  ],
  ['answers nonsense', () => powershell('nonsense', 'echo Windows'), 'cannot be read'],
  ['does not end', () => powershell('late', 'exec sleep 60'), 'did not answer in time'],
  ['does not end its answer', () => powershell('much', 'exec yes 0123456789012345678901234567890123456789'), 'more rules than can be read'],
])('says what happened where PowerShell %s', async (what, file, message) => {
  await expect(ask(file(), what === 'does not end' ? 300 : undefined)).rejects.toMatchObject({
    code: 'windows-firewall-unreadable',
    message: expect.stringContaining(message),
  });
});
