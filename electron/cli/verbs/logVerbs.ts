import { setTimeout as wait } from 'node:timers/promises';
import { logLevels, type LogFilter, type LogLine } from '../../../shared/contract/logs.contract.ts';
import { printableJson, printableLine } from '../printable.ts';
import { text } from '../text.ts';
import { choiceOption, numberOption, textOption, UsageError, type Verb, type VerbCall } from '../verb.ts';

/** How often it is looked for new lines. */
const followMs = 500;

const logs: Verb = {
  name: 'logs',
  usage: '[--level LEVEL] [--component NAME] [--user NAME] [--ref REFERENCE] [--text TEXT] [--limit N] [--follow]',
  summary: 'Shows the last lines of the logs of all programs, the oldest of them first; with --follow also those that come, until Ctrl+C.',
  details: `Levels: ${logLevels.join(', ')}; each stands for those after it, too. With --follow and --json each line is one JSON object.`,
  example: 'mfactl logs --level warning --user anna --limit 50',
  options: {
    level: { type: 'string' },
    component: { type: 'string' },
    user: { type: 'string' },
    ref: { type: 'string' },
    text: { type: 'string' },
    limit: { type: 'string' },
    follow: { type: 'boolean' },
  },
  positionals: { min: 0, max: 0 },
  async run(call) {
    const filter = filterOf(call);
    const { lines, end } = await lastLines(call, filter, numberOption(call, 'limit', { min: 1, max: 100_000 }) ?? 100);
    if (call.options['follow'] !== true)
      return { json: { lines }, text: lines.length > 0 ? lines.map(lineText).join('\n') : text.nothingFound };
    const print = (line: LogLine) => call.terminal.print(call.json ? printableJson(line) : lineText(line));
    lines.forEach(print);
    await follow(call, filter, end, print);
    return null;
  },
};

function filterOf(call: VerbCall): LogFilter {
  const given = Object.entries({
    level: choiceOption(call, 'level', logLevels),
    component: textOption(call, 'component'),
    user: textOption(call, 'user'),
    ref: textOption(call, 'ref'),
    text: textOption(call, 'text'),
  }).filter(([, value]) => value !== undefined);
  for (const [name, value] of given) if (value === '') throw new UsageError(`--${name} must not be empty.`);
  return Object.fromEntries(given);
}

async function lastLines({ client }: VerbCall, filter: LogFilter, limit: number): Promise<{ lines: LogLine[]; end: string }> {
  const newestFirst: LogLine[] = [];
  let from: string | undefined;
  let end: string | undefined;
  do {
    const answer = await client.logs.list({ filter, from, limit: Math.min(1_000, limit - newestFirst.length) });
    newestFirst.push(...answer.lines);
    end ??= answer.end;
    from = answer.older ?? undefined;
  } while (from !== undefined && newestFirst.length < limit);
  return { lines: newestFirst.toReversed(), end };
}

async function follow({ client, terminal }: VerbCall, filter: LogFilter, from: string, print: (line: LogLine) => void): Promise<void> {
  const ended = new AbortController();
  const stop = terminal.onInterrupt(() => ended.abort());
  let end = from;
  while (!ended.signal.aborted) {
    const answer = await client.logs.follow({ filter, from: end });
    answer.lines.forEach(print);
    end = answer.end;
    await wait(followMs, undefined, { signal: ended.signal }).catch(() => undefined);
  }
  stop();
}

/** `2026-11-27 08:00:01.123 warning users A call failed. … [anna] (ref 0198c0de)`, in one line whatever it holds. */
function lineText({ at, level, component, host, message, user, ref }: LogLine): string {
  const time = at === null ? '-' : new Date(at).toISOString().replace('T', ' ').replace('Z', '');
  const parts = [time, level.padEnd(7), component || host, message, user && `[${user}]`, ref && `(ref ${ref})`];
  return printableLine(parts.filter((part) => part !== '').join(' '));
}

export const logVerbs: readonly Verb[] = [logs];
