import { setTimeout as wait } from 'node:timers/promises';
import type { Finding } from '../../../shared/contract/status.contract.ts';
import { activationText } from '../activationText.ts';
import { formatTable } from '../table.ts';
import { formatNumber } from '../formatNumber.ts';
import { text } from '../text.ts';
import type { ConsoleClient, Verb } from '../verb.ts';

const tryMs = 200;
const mostTries = 50;

const time = (at: number) => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

function findingRow({ severity, kind, count, text: words, at }: Finding): string[] {
  const about = [words, count !== undefined && formatNumber(count), at !== undefined && time(at)].filter(Boolean).join(', ');
  return [severity, kind, about];
}

const status: Verb = {
  name: 'status',
  usage: '',
  summary: 'Shows this server at a glance: what needs attention, users by method, the last import.',
  example: 'mfactl status --json',
  options: {},
  positionals: { min: 0, max: 0 },
  async run({ client }) {
    const [overview, activation] = await Promise.all([counted(client), client.activation.contact(null)]);
    const { server, users, directory, findings } = overview;
    const { lastImport } = directory;
    const parts = [
      `${server.name}, ${server.version}${server.addresses.length > 0 ? `, ${server.addresses.join(', ')}` : ''}`,
      activationText.state(activation),
      findings.length === 0 ? text.nothingToAttend : formatTable(['Severity', 'Finding', 'About'], findings.map(findingRow)),
      users.countedAt === null
        ? text.notCountedYet
        : formatTable(
            ['Method', 'Complete', 'Incomplete', 'Disabled'],
            users.methods.map(({ method, complete, incomplete, disabled }) => [
              method,
              ...[complete, incomplete, disabled].map((count) => formatNumber(count)),
            ]),
          ),
      lastImport ? text.lastImport(lastImport.state, time(lastImport.at), formatNumber(lastImport.people)) : text.neverImported,
    ];
    return { json: { ...overview, activation }, text: parts.join('\n\n') };
  },
};

/** Users may never have been counted: then it is worth waiting for, at most for some seconds. */
async function counted(client: ConsoleClient): ReturnType<ConsoleClient['status']['overview']> {
  for (let tries = 0; ; tries++) {
    const overview = await client.status.overview(null);
    if (overview.users.countedAt !== null || tries === mostTries) return overview;
    await wait(tryMs);
  }
}

export const statusVerbs: readonly Verb[] = [status];
