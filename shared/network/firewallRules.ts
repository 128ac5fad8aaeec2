import { isAddressRange, isInRange } from './addressRanges.ts';
import { isHost } from './hostNames.ts';
import { publishedRanges, type RangeTable } from './published.ts';

export const ruleFormats = ['ps1', 'netsh', 'csv', 'md'] as const;
export type RuleFormat = (typeof ruleFormats)[number];

/** A target besides the published ranges. */
export interface RuleTarget {
  readonly host: string;
  readonly port: number;
  readonly protocol: 'tcp' | 'udp';
  /** What DNS answered; rules of Windows Firewall know no names. */
  readonly addresses: readonly string[];
  /** `host:port` of the proxy through which it is reached: that one has to be allowed, not the target. */
  readonly proxy?: string | null;
}

interface Rule {
  readonly name: string;
  readonly protocol: RuleTarget['protocol'];
  readonly port: number;
  readonly destinations: readonly string[];
}

/** Removing what an earlier run made lets a script be run again; whoever runs it without the rights for that is told so at once. */
const powershellHead = ['#Requires -RunAsAdministrator', "$ErrorActionPreference = 'Stop'"];
const netshHead = ['@echo off', 'rem Run this as administrator. It may be run again: a rule takes the place of the one before it.'];

/**
 * The outbound rules that let this server reach the published ranges on TCP 443, and other targets, for Windows Firewall or as a table for the
 * firewall team. A table has the names of the others; rules have their addresses, and a remark for one whose addresses are not known.
 */
export function firewallRules(format: RuleFormat, table: RangeTable, others: readonly RuleTarget[] = []): string {
  // What is no host must not get into a command.
  const targets = others.filter(({ host }) => isHost(host.toLowerCase()));
  const published: Rule = { name: 'MFA Server outbound HTTPS', protocol: 'tcp', port: 443, destinations: publishedRanges[table] };
  switch (format) {
    case 'ps1':
      return [...powershellHead, ...windowsRules(published, targets, powershell, '#')].join('\r\n');
    case 'netsh':
      return [...netshHead, ...windowsRules(published, targets, netsh, 'rem')].join('\r\n');
    case 'csv':
      return ['Direction,Protocol,Port,Destination', ...rows(published, targets).map((cells) => cells.join(','))].join('\r\n');
    case 'md':
      return [
        '| Direction | Protocol | Port | Destination |',
        '|---|---|---|---|',
        ...rows(published, targets).map((cells) => `| ${cells.join(' | ')} |`),
      ].join('\n');
  }
}

function rows(published: Rule, targets: readonly RuleTarget[]): string[][] {
  const row = ({ protocol, port }: Pick<Rule, 'protocol' | 'port'>, destination: string) => [
    ...['outbound', protocol.toUpperCase(), String(port)],
    destination,
  ];
  return [...published.destinations.map((range) => row(published, range)), ...targets.map((target) => row(target, target.host))];
}

function windowsRules(published: Rule, targets: readonly RuleTarget[], write: (rule: Rule) => string[], remark: string): string[] {
  return [...write(published), ...targets.flatMap((target) => windowsRule(target, write, remark))];
}

/** Windows Firewall takes no rule for this computer itself or for no address, and filters neither. */
const isOfNoRule = (address: string) =>
  !isAddressRange(address) || /[%/-]/.test(address) || ['127.0.0.0/8', '::1', '0.0.0.0', '::'].some((range) => isInRange(address, range));

function windowsRule({ host, port, protocol, addresses, proxy }: RuleTarget, write: (rule: Rule) => string[], remark: string): string[] {
  const destinations = [...new Set(addresses)].filter((address) => !isOfNoRule(address));
  const said = (why: string) => [`${remark} ${host}, ${protocol.toUpperCase()} ${port}: ${why}`];
  if (destinations.length > 0) {
    return write({ name: `MFA Server to ${host} ${protocol.toUpperCase()} ${port}`, protocol, port, destinations });
  }
  if (addresses.length > 0) return said('it is on this computer, which needs no rule.');
  return said(proxy ? 'it is reached through the proxy, which has to be allowed in its place.' : 'its addresses are not known.');
}

function powershell({ name, protocol, port, destinations }: Rule): string[] {
  const addresses = destinations.map((each) => `'${each}'`).join(',');
  return [
    `Remove-NetFirewallRule -DisplayName '${name}' -ErrorAction SilentlyContinue`,
    `New-NetFirewallRule -DisplayName '${name}' -Direction Outbound -Action Allow -Profile Any -Protocol ${protocol.toUpperCase()} -RemotePort ${port} -RemoteAddress ${addresses} | Out-Null`,
  ];
}

function netsh({ name, protocol, port, destinations }: Rule): string[] {
  return [
    `netsh advfirewall firewall delete rule name="${name}" dir=out >nul`,
    `netsh advfirewall firewall add rule name="${name}" dir=out action=allow profile=any protocol=${protocol.toUpperCase()} remoteport=${port} remoteip=${destinations.join(',')}`,
  ];
}
