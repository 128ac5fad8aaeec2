import { AppError } from '../../../shared/contract/errors.ts';
import { requirementKinds, timeServer } from '../../../shared/contract/requirements.contract.ts';
import { printableJson, printableLines } from '../printable.ts';
import { formatTable } from '../table.ts';
import { text } from '../text.ts';
import { choiceOption, UsageError, type Verb } from '../verb.ts';
import { printedHistory, scheduleVerb } from './checkHistoryVerbs.ts';

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
    const { timeServer: chosen } = await client.requirements.settings(null);
    return { json: { timeServer: chosen }, text: chosen || text.clockNotCompared };
  },
};

const requirementHistory: Verb = {
  name: 'check history',
  usage: 'REQUIREMENT',
  summary: 'Lists what the checks of a requirement found, the newest first.',
  details: text.requirementHelp(requirementKinds),
  example: 'mfactl check history disk',
  options: {},
  positionals: { min: 1, max: 1 },
  async run({ client, positionals: [written] }) {
    const kind = requirementKinds.find((each) => each === written);
    if (!kind) throw new UsageError(text.requirementHelp(requirementKinds));
    return printedHistory(await client.requirements.history({ kind }));
  },
};

const requirementSchedule = scheduleVerb(
  {
    name: 'check schedule',
    summary: 'Shows or sets how often the requirements are checked by itself while the console runs; 0: never.',
    example: 'mfactl check schedule 24',
  },
  'The requirements are',
  { set: ({ requirements }, settings) => requirements.setSchedule(settings), get: ({ requirements }) => requirements.settings(null) },
);

export const checkVerbs: readonly Verb[] = [check, timeServerVerb, requirementHistory, requirementSchedule];
