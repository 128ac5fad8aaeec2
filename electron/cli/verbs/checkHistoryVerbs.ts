import type { PastCheck } from '../../../shared/contract/network.contract.ts';
import { formatTable } from '../table.ts';
import { text } from '../text.ts';
import { UsageError, type ConsoleClient, type Verb, type VerbOutput } from '../verb.ts';

/** What checks found, the newest first. */
export function printedHistory(checks: readonly PastCheck[]): VerbOutput {
  const rows = checks.map(({ at, state, connectMs, reason }) => [
    new Date(at).toISOString(),
    state,
    connectMs === null ? '' : `${Math.round(connectMs)} ms`,
    reason,
  ]);
  return { json: checks, text: rows.length === 0 ? text.nothingFound : formatTable(['Time', 'State', 'Connected', 'Found'], rows) };
}

interface Scheduled {
  set(client: ConsoleClient, settings: { everyHours: number }): Promise<unknown>;
  get(client: ConsoleClient): Promise<{ readonly everyHours: number }>;
}

/** Shows or sets how often something is checked by itself. */
export function scheduleVerb(verb: Pick<Verb, 'name' | 'summary' | 'example'>, subject: string, { set, get }: Scheduled): Verb {
  return {
    ...verb,
    usage: '[HOURS]',
    options: {},
    positionals: { min: 0, max: 1 },
    async run({ client, positionals: [hours] }) {
      if (hours !== undefined) {
        if (!/^\d{1,3}$/.test(hours) || Number(hours) > 168) throw new UsageError(text.noHours(hours));
        await set(client, { everyHours: Number(hours) });
      }
      const { everyHours } = await get(client);
      return { json: { everyHours }, text: text.checkedEvery(subject, everyHours) };
    },
  };
}
