import { z } from 'zod';
import { ownTarget, type AutomaticTable } from '../../../shared/contract/network.contract.ts';
import { firewallRules, ruleFormats } from '../../../shared/network/firewallRules.ts';
import { rangeOf, rangeTables } from '../../../shared/network/published.ts';
import { splitHostAndPort } from '../hostAndPort.ts';
import { formatTable } from '../table.ts';
import { text } from '../text.ts';
import { choiceOption, textOption, UsageError, type ConsoleClient, type Verb, type VerbCall } from '../verb.ts';
import { printedHistory, scheduleVerb } from './checkHistoryVerbs.ts';
import { firewallSettingsVerbs } from './firewallSettingsVerbs.ts';

const tables = ['auto', ...rangeTables] as const;
const tableOption: Verb['options'] = { table: { type: 'string' } };
const tableUsage = `[--table ${tables.join('|')}]`;

const targets: Verb = {
  name: 'firewall targets',
  usage: '',
  summary: 'Lists what this server has to reach, and what of it is checked.',
  example: 'mfactl firewall targets',
  options: {},
  positionals: { min: 0, max: 0 },
  async run({ client }) {
    const found = await client.network.targets(null);
    const rows = found.map(({ id, purpose, protocol, tls, optional, isEnabled, name, note }) => [
      id,
      purpose,
      tls ? 'TLS' : protocol.toUpperCase(),
      optional ? 'optional' : 'needed',
      isEnabled ? 'on' : 'off',
      name || (isEnabled ? '' : note),
    ]);
    return { json: found, text: formatTable(['Target', 'Purpose', 'Over', '', 'Checked', ''], rows) };
  },
};

const addTarget: Verb = {
  name: 'firewall targets add',
  usage: 'HOST:PORT [--name TEXT] [--no-tls] [--optional]',
  summary: 'Adds a target of your own, which is checked with the others.',
  details: text.addTargetHelp,
  example: 'mfactl firewall targets add proxy.corp.example:8080 --no-tls --name "Web proxy"',
  options: { name: { type: 'string' }, 'no-tls': { type: 'boolean' }, optional: { type: 'boolean' } },
  positionals: { min: 1, max: 1 },
  async run(call) {
    const [written = ''] = call.positionals;
    const { host, port } = splitHostAndPort(written) ?? {};
    const target = ownTarget.safeParse({
      host,
      port: Number(port),
      name: textOption(call, 'name'),
      tls: call.options['no-tls'] !== true,
      optional: call.options['optional'] === true,
    });
    if (!target.success) throw new UsageError(text.noTarget(written));
    const { id } = await call.client.network.addTarget(target.data);
    return { json: { id }, text: text.targetAdded(id) };
  },
};

function changeTarget(
  word: 'remove' | 'enable' | 'disable',
  summary: string,
  change: (client: ConsoleClient, id: string) => Promise<null>,
): Verb {
  return {
    name: `firewall targets ${word}`,
    usage: 'HOST:PORT',
    summary,
    example: `mfactl firewall targets ${word} ${word === 'remove' ? 'proxy.corp.example:8080' : 'crl.microsoft.com:80'}`,
    options: {},
    positionals: { min: 1, max: 1 },
    async run({ client, positionals: [id = ''] }) {
      await change(client, id);
      return { json: { id }, text: text.targetChanged[word](id) };
    },
  };
}

const changes: readonly Verb[] = [
  changeTarget('remove', 'Removes a target of your own.', ({ network }, id) => network.removeTarget({ id })),
  changeTarget('enable', 'Has a target checked.', ({ network }, id) => network.setEnabled({ id, isEnabled: true })),
  changeTarget('disable', 'Has a target no longer checked.', ({ network }, id) => network.setEnabled({ id, isEnabled: false })),
];

const history: Verb = {
  name: 'firewall history',
  usage: 'HOST:PORT',
  summary: 'Lists what the checks of a target found, the newest first.',
  example: 'mfactl firewall history dc1.corp.example:636',
  options: {},
  positionals: { min: 1, max: 1 },
  async run({ client, positionals: [id = ''] }) {
    return printedHistory(await client.network.history({ id }));
  },
};

const schedule = scheduleVerb(
  {
    name: 'firewall schedule',
    summary: 'Shows or sets how often the network is checked by itself while the console runs; 0: never.',
    example: 'mfactl firewall schedule 6',
  },
  'The network is',
  { set: ({ network }, settings) => network.setSchedule(settings), get: ({ network }) => network.schedule(null) },
);

/** The table of ranges that was asked for; `auto` is what applies by what is known of the users. */
async function tableOf(call: VerbCall, usual: (typeof tables)[number] = 'auto'): Promise<AutomaticTable> {
  const chosen = choiceOption(call, 'table', tables) ?? usual;
  return chosen === 'auto' ? call.client.network.rangeTable(null) : { table: chosen, reason: '' };
}

const eventConfirmation: Verb = {
  name: 'firewall event-confirmation',
  usage: '[on|off]',
  summary: 'Shows or sets whether Event Confirmation is in use, and which table of ranges applies.',
  details: text.rangeTableHelp,
  example: 'mfactl firewall event-confirmation off',
  options: {},
  positionals: { min: 0, max: 1 },
  async run({ client, positionals: [written] }) {
    if (written !== undefined) {
      if (written !== 'on' && written !== 'off') throw new UsageError(text.noSwitch(written));
      await client.network.setEventConfirmation({ isUsed: written === 'on' });
    }
    const found = await client.network.rangeTable(null);
    return { json: found, text: text.rangeTable(found) };
  },
};

const exportRules: Verb = {
  name: 'firewall export',
  usage: `--format ${ruleFormats.join('|')} ${tableUsage} [--targets]`,
  summary: 'Prints the outbound rules for Windows Firewall, or a table for the firewall team.',
  details: `${text.rangeTableHelp}\n${text.exportTargetsHelp}`,
  example: 'mfactl firewall export --format ps1',
  options: { format: { type: 'string' }, targets: { type: 'boolean' }, ...tableOption },
  positionals: { min: 0, max: 0 },
  async run(call) {
    const format = choiceOption(call, 'format', ruleFormats);
    if (!format) throw new UsageError(`--format takes one of: ${ruleFormats.join(', ')}.`);
    const checks = call.options['targets'] === true ? await call.client.network.check({}) : [];
    const others = checks.filter(({ purpose }) => purpose !== 'cloud');
    const { table, reason } = await tableOf(call);
    const rules = firewallRules(format, table, others);
    return { json: { format, table, reason, rules }, text: rules };
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
    const { table, reason } = await tableOf(call, 'full');
    const range = rangeOf(ip, table) ?? null;
    return { json: { address: ip, table, reason, range }, text: range === null ? text.inNoRange(ip, table) : text.inRange(ip, range) };
  },
};

export const networkVerbs: readonly Verb[] = [
  targets,
  addTarget,
  ...changes,
  history,
  schedule,
  eventConfirmation,
  ...firewallSettingsVerbs,
  exportRules,
  address,
];
