import { AppError } from '../../../shared/contract/errors.ts';
import type { Job } from '../../../shared/contract/jobs.contract.ts';
import { printableJson } from '../printable.ts';
import { formatTable } from '../table.ts';
import { formatNumber } from '../formatNumber.ts';
import { text } from '../text.ts';
import { numberOption, UsageError, type Verb } from '../verb.ts';

const time = (at: number) => new Date(at).toISOString().slice(0, 19).replace('T', ' ');
const jobRow = (job: Job) => [job.id, job.kind, job.subject, job.state, formatNumber(job.done), time(job.startedAt), job.startedBy];
const jobHeadings = ['Id', 'Kind', 'Subject', 'State', 'Done', 'Started (UTC)', 'By'];

const jobs: Verb = {
  name: 'jobs',
  usage: '[--limit N]',
  summary: 'Lists jobs, newest first.',
  example: 'mfactl jobs --limit 5',
  options: { limit: { type: 'string' } },
  positionals: { min: 0, max: 0 },
  async run(call) {
    const answer = await call.client.jobs.list({ limit: numberOption(call, 'limit', { min: 1, max: 500 }) });
    return { json: answer, text: answer.jobs.length > 0 ? formatTable(jobHeadings, answer.jobs.map(jobRow)) : text.nothingFound };
  },
};

const jobsShow: Verb = {
  name: 'jobs show',
  usage: 'ID',
  summary: 'Shows one job and the items that failed.',
  example: 'mfactl jobs show 0198c0de',
  options: {},
  positionals: { min: 1, max: 1 },
  async run({ client, positionals: [jobId = ''] }) {
    const job = await client.jobs.get({ jobId });
    const { items, total } = await client.jobs.items({ jobId, limit: 1000 });
    const lines = [formatTable(jobHeadings, [jobRow(job)])];
    if (job.error) lines.push(`${job.error.code}: ${job.error.message}`);
    if (total > 0)
      lines.push(
        formatTable(
          ['Item', 'Code', 'Why'],
          items.map(({ item, code, text: why }) => [item, code, why]),
        ),
      );
    return { json: { job, items, failures: total }, text: lines.join('\n\n') };
  },
};

const audit: Verb = {
  name: 'audit',
  usage: '[--limit N]',
  summary: 'Shows what was changed, by whom and when, newest first.',
  example: 'mfactl audit --limit 20 --json',
  options: { limit: { type: 'string' } },
  positionals: { min: 0, max: 0 },
  async run(call) {
    const answer = await call.client.audit.list({ limit: numberOption(call, 'limit', { min: 1, max: 1000 }) });
    const rows = answer.entries.map(({ at, who, host, what, outcome, code }) => [
      time(at),
      who,
      host,
      what,
      code ? `${outcome} (${code})` : outcome,
    ]);
    return {
      json: answer,
      text: answer.entries.length > 0 ? formatTable(['Time (UTC)', 'Who', 'Host', 'What', 'Outcome'], rows) : text.nothingFound,
    };
  },
};

const call: Verb = {
  name: 'call',
  usage: 'SERVICE.METHOD [JSON|-]',
  summary:
    'Calls any procedure of the contract; the input is JSON. With - it comes from standard input, as it must when it holds a password.',
  example: `mfactl call users.list '{"search":"miller"}'`,
  options: {},
  positionals: { min: 1, max: 2 },
  async run({ client, terminal, positionals: [path = '', input = 'null'] }) {
    const [service = '', method = '', ...rest] = path.split('.');
    if (!service || !method || rest.length > 0) throw new UsageError('Name the procedure as SERVICE.METHOD, for example users.count.');
    const procedures = Object.hasOwn(client, service) ? (client as unknown as Record<string, Record<string, unknown>>)[service] : undefined;
    const procedure = procedures && Object.hasOwn(procedures, method) ? procedures[method] : undefined;
    if (typeof procedure !== 'function' || method.startsWith('on')) throw new AppError('not-found', `There is no procedure ${path}.`);
    const output: unknown = await (procedure as (input: unknown) => Promise<unknown>)(
      parseInput(input === '-' ? await terminal.readStdin() : input),
    );
    return { json: output, text: printableJson(output, 2) };
  },
};

function parseInput(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    // Without the parser's words: they quote the input, and that may hold a password.
    throw new UsageError('The input is not JSON.');
  }
}

export const consoleVerbs: readonly Verb[] = [jobs, jobsShow, audit, call];
