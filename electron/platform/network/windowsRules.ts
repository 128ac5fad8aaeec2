import { execFile } from 'node:child_process';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../../shared/contract/errors.ts';
import type { OutboundRule, RulesInForce, WindowsFirewallRules } from '../../services/network/windowsRulesPort.ts';

/** Filters are read all at once and joined by InstanceID: asking each rule for its filters takes minutes on a server with a thousand rules. */
const script = `
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
try { [Console]::OutputEncoding = New-Object Text.UTF8Encoding $false } catch { }
function Get-Filters($found) { $byId = @{}; foreach ($each in $found) { $byId[$each.InstanceID] = $each }; $byId }
$ports = Get-Filters (Get-NetFirewallPortFilter -PolicyStore ActiveStore)
$addresses = Get-Filters (Get-NetFirewallAddressFilter -PolicyStore ActiveStore)
$programs = Get-Filters (Get-NetFirewallApplicationFilter -PolicyStore ActiveStore)
$services = Get-Filters (Get-NetFirewallServiceFilter -PolicyStore ActiveStore)
$rules = foreach ($rule in Get-NetFirewallRule -Direction Outbound -Enabled True -PolicyStore ActiveStore) {
  $id = $rule.InstanceID
  $path = $programs[$id].Program
  [pscustomobject]@{
    name = $rule.DisplayName; action = "$($rule.Action)"; profile = "$($rule.Profile)"
    protocol = $ports[$id].Protocol; remotePort = $ports[$id].RemotePort; remoteAddress = $addresses[$id].RemoteAddress
    program = if ($path) { [Environment]::ExpandEnvironmentVariables($path) }
    package = $programs[$id].Package; service = $services[$id].Service
  }
}
$profiles = Get-NetFirewallProfile -PolicyStore ActiveStore |
  ForEach-Object { [pscustomobject]@{ name = $_.Name; enabled = "$($_.Enabled)"; defaultOutboundAction = "$($_.DefaultOutboundAction)" } }
$networks = Get-NetConnectionProfile | ForEach-Object { "$($_.NetworkCategory)" }
[pscustomobject]@{ rules = $rules; profiles = $profiles; networks = $networks } | ConvertTo-Json -Depth 5 -Compress
`;

/** PowerShell itself takes some seconds to start on a busy server. */
const answerMs = 30_000;
const mostBytes = 32 * 1024 ** 2;

/** Windows PowerShell 5.1 writes some lists so. */
const wrapped = z.object({ value: z.array(z.unknown()), Count: z.number() });
/** ConvertTo-Json writes one object in place of an array of one, and null in place of none. */
const listOf = <Item extends z.ZodType>(item: Item) =>
  z.preprocess(
    (value) => (value === null || value === undefined ? [] : (wrapped.safeParse(value).data?.value ?? [value].flat())),
    z.array(item),
  );
const word = z.union([z.string(), z.number()]).transform((value) => String(value).trim().toLowerCase());
/** A list where Windows means any: absent, empty or a word. */
const listOrAny = listOf(word).transform((list) => (list.length === 0 ? ['any'] : list));

const answer = z.object({
  rules: listOf(
    z.object({
      name: z.string().nullish(),
      action: z.string(),
      profile: z.string(),
      protocol: word.nullish(),
      remotePort: listOrAny,
      remoteAddress: listOrAny,
      program: z.string().nullish(),
      package: z.string().nullish(),
      service: z.string().nullish(),
    }),
  ),
  profiles: listOf(z.object({ name: z.string(), enabled: z.string(), defaultOutboundAction: z.string() })),
  networks: listOf(word),
});

type WrittenRule = z.infer<typeof answer>['rules'][number];

const protocols: Readonly<Record<string, string>> = { 6: 'tcp', 17: 'udp' };
const isAny = (text: string | null | undefined) => text === null || text === undefined || text === '' || text.toLowerCase() === 'any';

function ruleOf({ name, action, profile, protocol, remotePort, remoteAddress, program, package: app, service }: WrittenRule): OutboundRule {
  return {
    name: isAny(name) ? 'without a name' : name!,
    action: action.toLowerCase() === 'block' ? 'block' : 'allow',
    profiles: profile.toLowerCase().split(/,\s*/),
    protocol: isAny(protocol) ? 'any' : (protocols[protocol!] ?? protocol!),
    remotePorts: remotePort,
    remoteAddresses: remoteAddress,
    program: isAny(program) ? null : program!,
    isOfServiceOrApp: !isAny(app) || !isAny(service),
  };
}

/** Names of network categories are those of profiles, but for the domain's. */
const profileOf = (network: string) => (network === 'domainauthenticated' ? 'domain' : network);

/** What the script wrote; throws `windows-firewall-unreadable` for anything else. */
export function parseWindowsRules(written: string): Pick<RulesInForce, 'rules' | 'profiles'> {
  const parsed = answer.safeParse(jsonOf(written.replace(/^\uFEFF/, '')));
  if (!parsed.success) throw unreadable('What PowerShell answers about its rules cannot be read.', parsed.error);
  const { rules, profiles, networks } = parsed.data;
  const all = profiles.map(({ name, enabled, defaultOutboundAction }) => ({
    name,
    isEnabled: enabled.toLowerCase() !== 'false',
    // Where nothing is configured, outbound connections are allowed.
    defaultOutbound: defaultOutboundAction.toLowerCase() === 'block' ? ('block' as const) : ('allow' as const),
  }));
  const active = all.filter(({ name }) => networks.some((network) => profileOf(network) === name.toLowerCase()));
  // Without any network none is active: then all are looked at.
  return { rules: rules.map(ruleOf), profiles: active.length > 0 ? active : all };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const unreadable = (message: string, cause?: unknown) => new AppError('windows-firewall-unreadable', message, { cause });

/** Windows Firewall of this computer, asked by the PowerShell that comes with Windows. */
export function createWindowsRules(
  powershell = join(process.env['SystemRoot'] ?? 'C:\\Windows', 'System32', 'WindowsPowerShell', 'v1.0', 'powershell.exe'),
  timeout = answerMs,
): WindowsFirewallRules {
  return {
    async read(signal) {
      const written = await new Promise<string>((resolve, reject) => {
        const args = ['-NoProfile', '-NonInteractive', '-EncodedCommand', Buffer.from(script, 'utf16le').toString('base64')];
        execFile(
          powershell,
          args,
          { timeout, maxBuffer: mostBytes, windowsHide: true, signal, encoding: 'utf8' },
          (error, stdout, stderr) => {
            if (error) reject(signal.aborted ? signal.reason : failureOf(error, stderr));
            else resolve(stdout);
          },
        );
      });
      const localSubnets = Object.values(networkInterfaces()).flatMap((all) =>
        (all ?? []).flatMap(({ cidr }) => (cidr === null ? [] : [cidr])),
      );
      return { ...parseWindowsRules(written), program: process.execPath, localSubnets };
    },
  };
}

function failureOf(error: Error & { code?: string | number | null; killed?: boolean }, stderr: string): AppError {
  if (error.code === 'ENOENT') return unreadable('PowerShell was not found on this computer.', error);
  if (error.code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') return unreadable('There are more rules than can be read.', error);
  if (error.killed === true) return unreadable('PowerShell did not answer in time.', error);
  const [line = ''] = stderr.trim().split(/\r?\n/);
  return unreadable(`PowerShell could not read the rules${line === '' ? '.' : `: ${line}`}`, error);
}
