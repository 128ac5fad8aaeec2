import { publishedRanges, type RangeTable } from './published.ts';

export const ruleFormats = ['ps1', 'netsh', 'csv', 'md'] as const;
export type RuleFormat = (typeof ruleFormats)[number];

const ruleName = 'MFA Server outbound HTTPS';

/** The outbound rule that lets this server reach the published ranges on TCP 443, for Windows Firewall or as a table for the firewall team. */
export function firewallRules(format: RuleFormat, table: RangeTable): string {
  const ranges = publishedRanges[table];
  switch (format) {
    case 'ps1':
      return `New-NetFirewallRule -DisplayName '${ruleName}' -Direction Outbound -Action Allow -Protocol TCP -RemotePort 443 -RemoteAddress ${ranges.map((range) => `'${range}'`).join(',')}`;
    case 'netsh':
      return `netsh advfirewall firewall add rule name="${ruleName}" dir=out action=allow protocol=TCP remoteport=443 remoteip=${ranges.join(',')}`;
    case 'csv':
      return ['Direction,Protocol,Port,Destination', ...ranges.map((range) => `outbound,TCP,443,${range}`)].join('\r\n');
    case 'md':
      return [
        '| Direction | Protocol | Port | Destination |',
        '|---|---|---|---|',
        ...ranges.map((range) => `| outbound | TCP | 443 | ${range} |`),
      ].join('\n');
  }
}
