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
}

interface Rule {
  readonly name: string;
  readonly protocol: RuleTarget['protocol'];
  readonly port: number;
  readonly destinations: readonly string[];
}

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
      return [powershell(published), ...targets.map((target) => windowsRule(target, powershell, '#'))].join('\r\n');
    case 'netsh':
      return [netsh(published), ...targets.map((target) => windowsRule(target, netsh, 'rem'))].join('\r\n');
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

function windowsRule({ host, port, protocol, addresses }: RuleTarget, write: (rule: Rule) => string, remark: string): string {
  if (addresses.length === 0) return `${remark} ${host}, ${protocol.toUpperCase()} ${port}: its addresses are not known.`;
  return write({ name: `MFA Server to ${host} ${port}`, protocol, port, destinations: addresses });
}

function powershell({ name, protocol, port, destinations }: Rule): string {
  const addresses = destinations.map((each) => `'${each}'`).join(',');
  return `New-NetFirewallRule -DisplayName '${name}' -Direction Outbound -Action Allow -Protocol ${protocol.toUpperCase()} -RemotePort ${port} -RemoteAddress ${addresses}`;
}

function netsh({ name, protocol, port, destinations }: Rule): string {
  return `netsh advfirewall firewall add rule name="${name}" dir=out action=allow protocol=${protocol.toUpperCase()} remoteport=${port} remoteip=${destinations.join(',')}`;
}
