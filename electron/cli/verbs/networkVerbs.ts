import { z } from 'zod';
import { AppError } from '../../../shared/contract/errors.ts';
import { ownTarget } from '../../../shared/contract/network.contract.ts';
import { timeServer } from '../../../shared/contract/requirements.contract.ts';
import { firewallRules, ruleFormats } from '../../../shared/network/firewallRules.ts';
import { rangeOf, rangeTables } from '../../../shared/network/published.ts';
import { splitHostAndPort } from '../hostAndPort.ts';
import { formatTable } from '../table.ts';
import { text } from '../text.ts';
import { choiceOption, textOption, UsageError, type ConsoleClient, type Verb } from '../verb.ts';
import { firewallSettingsVerbs } from './firewallSettingsVerbs.ts';
import { printableJson, printableLines } from '../printable.ts';

const tableOption: Verb['options'] = { table: { type: 'string' } };
const tableUsage = `[--table ${rangeTables.join('|')}]`;

const parts = ['network', 'requirements'] as const;

const check: Verb = {
  name: 'check',
  usage: `[--only ${parts.join('|')}]`,
  summary: 'Tries everything that this server has to reach, and looks whether this computer is as it has to be.',
  details: text.checkHelp,
  example: 'mfactl check --json',
  options: { only: { type: 'string' } },
  positionals: { min: 0, max: 0 },
  async run(call) {
    const { client, terminal, json } = call;
    const only = choiceOption(call, 'only', parts);
    const [network, requirements] = await Promise.all([
      only === 'requirements' ? undefined : client.network.check({}),
      only === 'network' ? undefined : client.requirements.check({}),
    ]);
    if (json) {
      terminal.print(printableJson({ network, requirements }, 2));
    } else {
      const targets = network?.map(({ state, id, reason }) => [state, id, reason]) ?? [];
      const own = requirements?.map(({ state, kind, reason, fix }) => [state, kind, `${reason} ${fix}`.trim()]) ?? [];
      terminal.print(printableLines(formatTable(['State', 'What', 'Found'], [...own, ...targets])));
    }
    const all = [...(requirements ?? []), ...(network ?? [])];
    const failed = all.filter(({ state }) => state === 'fail').length;
    if (failed > 0) throw new AppError('requirements-not-met', text.checksFailed(failed, all.length));
    return null;
  },
};

const timeServerVerb: Verb = {
  name: 'check time-server',
  usage: '[HOST[:PORT] | none]',
  summary: 'Shows or sets the time server with which the clock of this computer is compared.',
  example: 'mfactl check time-server dc1.corp.example',
  options: {},
  positionals: { min: 0, max: 1 },
  async run({ client, positionals: [written] }) {
    if (written !== undefined) {
      const chosen = timeServer.safeParse(written === 'none' ? '' : written);
      if (!chosen.success) throw new UsageError(text.noTimeServer(written));
      await client.requirements.set({ timeServer: chosen.data });
    }
    const settings = await client.requirements.settings(null);
    return { json: settings, text: settings.timeServer || text.clockNotCompared };
  },
};

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
    const checks = await client.network.history({ id });
    const rows = checks.map(({ at, state, connectMs, reason }) => [
      new Date(at).toISOString(),
      state,
      connectMs === null ? '' : `${Math.round(connectMs)} ms`,
      reason,
    ]);
    return { json: checks, text: rows.length === 0 ? text.nothingFound : formatTable(['Time', 'State', 'Connected', 'Found'], rows) };
  },
};

const schedule: Verb = {
  name: 'firewall schedule',
  usage: '[HOURS]',
  summary: 'Shows or sets how often the network is checked by itself while the console runs; 0: never.',
  example: 'mfactl firewall schedule 6',
  options: {},
  positionals: { min: 0, max: 1 },
  async run({ client, positionals: [hours] }) {
    if (hours !== undefined) {
      if (!/^\d{1,3}$/.test(hours) || Number(hours) > 168) throw new UsageError(text.noHours(hours));
      await client.network.setSchedule({ everyHours: Number(hours) });
    }
    const settings = await client.network.schedule(null);
    return { json: settings, text: text.checkedEvery(settings.everyHours) };
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
    const rules = firewallRules(format, choiceOption(call, 'table', rangeTables) ?? 'full', others);
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

export const networkVerbs: readonly Verb[] = [
  check,
  timeServerVerb,
  targets,
  addTarget,
  ...changes,
  history,
  schedule,
  ...firewallSettingsVerbs,
  exportRules,
  address,
];
