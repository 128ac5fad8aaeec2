import { z } from 'zod';
import { AppError } from '../../../shared/contract/errors.ts';
import { firewallRules, ruleFormats } from '../../../shared/network/firewallRules.ts';
import { rangeOf, rangeTables } from '../../../shared/network/published.ts';
import { formatTable } from '../table.ts';
import { text } from '../text.ts';
import { choiceOption, UsageError, type Verb } from '../verb.ts';
import { printableJson, printableLines } from '../printable.ts';

const tableOption: Verb['options'] = { table: { type: 'string' } };
const tableUsage = `[--table ${rangeTables.join('|')}]`;

const check: Verb = {
  name: 'check',
  usage: '',
  summary: 'Tries everything that this server has to reach; exit code 1 when something needed fails.',
  example: 'mfactl check --json',
  options: {},
  positionals: { min: 0, max: 0 },
  async run({ client, terminal, json }) {
    const checks = await client.network.check(null);
    const rows = checks.map(({ state, host, port, reason }) => [state, `${host}:${port}`, reason]);
    terminal.print(json ? printableJson(checks, 2) : printableLines(formatTable(['State', 'Target', 'Found'], rows)));
    const failed = checks.filter(({ state }) => state === 'fail').length;
    if (failed > 0) throw new AppError('unreachable', text.checksFailed(failed, checks.length));
    return null;
  },
};

const targets: Verb = {
  name: 'firewall targets',
  usage: '',
  summary: 'Lists what this server has to reach.',
  example: 'mfactl firewall targets',
  options: {},
  positionals: { min: 0, max: 0 },
  async run({ client }) {
    const found = await client.network.targets(null);
    const rows = found.map(({ host, port, purpose, optional }) => [host, String(port), purpose, optional ? 'optional' : 'needed']);
    return { json: found, text: formatTable(['Host', 'Port', 'Purpose', ''], rows) };
  },
};

const exportRules: Verb = {
  name: 'firewall export',
  usage: `--format ${ruleFormats.join('|')} ${tableUsage}`,
  summary: 'Prints the outbound rules for Windows Firewall, or a table for the firewall team.',
  details: text.rangeTableHelp,
  example: 'mfactl firewall export --format ps1',
  options: { format: { type: 'string' }, ...tableOption },
  positionals: { min: 0, max: 0 },
  async run(call) {
    const format = choiceOption(call, 'format', ruleFormats);
    if (!format) throw new UsageError(`--format takes one of: ${ruleFormats.join(', ')}.`);
    const rules = firewallRules(format, choiceOption(call, 'table', rangeTables) ?? 'full');
    return { json: { format, rules }, text: rules };
  },
};

const address: Verb = {
  name: 'firewall ip',
  usage: `ADDRESS ${tableUsage}`,
  summary: 'Says in which published range an IPv4 or IPv6 address lies.',
  details: text.rangeTableHelp,
  example: 'mfactl firewall ip 134.170.116.75',
  options: tableOption,
  positionals: { min: 1, max: 1 },
  async run(call) {
    const [ip = ''] = call.positionals;
    if (!z.union([z.ipv4(), z.ipv6()]).safeParse(ip).success) throw new UsageError(`${ip} is not an IPv4 or IPv6 address.`);
    const range = rangeOf(ip, choiceOption(call, 'table', rangeTables) ?? 'full') ?? null;
    return { json: { address: ip, range }, text: range === null ? text.inNoRange(ip) : text.inRange(ip, range) };
  },
};

export const networkVerbs: readonly Verb[] = [check, targets, exportRules, address];
