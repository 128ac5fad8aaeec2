import { open } from 'node:fs/promises';
import { phoneTypes, type ImportScope } from '../../../shared/contract/directory.contract.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import { enableRules, type ImportRequest, type ImportSummary } from '../../../shared/contract/imports.contract.ts';
import type { Job } from '../../../shared/contract/jobs.contract.ts';
import { methods, modes, modesOf } from '../../../shared/contract/users.contract.ts';
import { defaultMode } from '../../../shared/users/userDefaults.ts';
import { text } from '../text.ts';
import { emailText } from '../emailText.ts';
import {
  choiceOption,
  sendEmailFrom,
  sendEmailOption,
  sendEmailUsage,
  textOption,
  textOptions,
  UsageError,
  type ConsoleClient,
  type Terminal,
  type Verb,
  type VerbCall,
} from '../verb.ts';

function scopeFrom(call: VerbCall): ImportScope {
  const containers = textOptions(call, 'from');
  const group = textOption(call, 'group');
  if (containers.length > 0 === (group !== undefined)) throw new UsageError('Give either --from or --group.');
  if (group !== undefined) return { kind: 'group', dn: group, recursive: call.options['recursive'] === true };
  if (call.options['recursive'])
    throw new UsageError('--recursive goes with --group; --from includes what lies below unless you say --one-level.');
  return { kind: 'containers', dns: containers, below: call.options['one-level'] !== true };
}

/** What is not said is as in Company Settings. */
async function requestFrom(call: VerbCall): Promise<ImportRequest> {
  const scope = scopeFrom(call);
  const { userDefaults } = (await call.client.company.get(null)).settings;
  const method = choiceOption(call, 'method', methods) ?? userDefaults.method;
  const mode = choiceOption(call, 'mode', modes) ?? defaultMode(userDefaults, method);
  if (!(modesOf[method] as readonly string[]).includes(mode))
    throw new UsageError(`--method ${method} has these modes: ${modesOf[method].join(', ')}.`);
  return {
    scope,
    filter: textOption(call, 'filter') ?? '',
    addNew: call.options['no-add'] !== true,
    updateExisting: call.options['update'] === true,
    phone: choiceOption(call, 'phone', phoneTypes) ?? null,
    backupPhone: choiceOption(call, 'backup', phoneTypes) ?? null,
    enable: choiceOption(call, 'enable', enableRules) ?? 'new-with-phone',
    method,
    mode,
    languages: { call: '', text: '', app: '', oath: '' },
    ...sendEmailFrom(call),
  };
}

/** Follows a job to its end. Throws its error when it failed, `cancelled` when it was cancelled or interrupted. */
export async function followJob(client: ConsoleClient, terminal: Terminal, jobId: string): Promise<Job> {
  const stopInterrupt = terminal.onInterrupt(() => void client.jobs.cancel({ jobId }).catch(() => {}));
  let stop = () => {};
  try {
    const ended = new Promise<Job>((resolve) => {
      stop = client.jobs.onChanged((job) => {
        if (job.id !== jobId) return;
        if (job.state === 'running') terminal.progress(text.progress(job));
        else resolve(job);
      });
    });
    // It may have ended before anybody listened.
    const now = await client.jobs.get({ jobId });
    const job = now.state === 'running' ? await ended : now;
    if (job.error) throw new AppError(job.error.code, job.error.message, job.error);
    if (job.state === 'interrupted')
      throw new AppError('internal', 'The process that ran the job ended before the job did.', { details: { jobId } });
    if (job.state !== 'done') throw new AppError('cancelled', text.jobCancelled(job), { details: { jobId } });
    return job;
  } finally {
    stop();
    stopInterrupt();
    terminal.progress('');
  }
}

/** Writes the rows of a preview or an import into a file, part by part. */
export async function writeReport(client: ConsoleClient, jobId: string, file: string): Promise<void> {
  const handle = await open(file, 'w');
  try {
    for (let after: number | null = 0; after !== null;) {
      const part: { text: string; next: number | null } = await client.imports.csv({ jobId, after });
      await handle.write(part.text);
      after = part.next;
    }
  } finally {
    await handle.close();
  }
}

/** What a preview or an import says about its mails. */
export async function mailLines(client: ConsoleClient, { jobId, state, mails }: ImportSummary): Promise<string[]> {
  if (!mails) return [];
  if (state === 'preview') return [emailText.planned(mails, true)];
  const [{ items, total }, made] = await Promise.all([client.jobs.items({ jobId, limit: 20 }), client.outbox.ofJob({ jobId })]);
  return [emailText.made(made, total, items)];
}

const importUsers: Verb = {
  name: 'import',
  usage: `--from DN [--from DN…] [--one-level] | --group DN [--recursive] [--filter LDAPFILTER] [--update] [--no-add] [--phone TYPE] [--backup TYPE] [--enable none|new|new-with-phone|all] [--method call|text|app|oath] [--mode MODE] ${sendEmailUsage} [--dry-run] [--report FILE.csv]`,
  summary: 'Imports users from the directory, or with --dry-run shows what an import would change.',
  example: 'mfactl import --from OU=Sales,DC=corp,DC=example --phone mobile --update --dry-run --report preview.csv',
  options: {
    from: { type: 'string', multiple: true },
    'one-level': { type: 'boolean' },
    group: { type: 'string' },
    recursive: { type: 'boolean' },
    filter: { type: 'string' },
    update: { type: 'boolean' },
    'no-add': { type: 'boolean' },
    phone: { type: 'string' },
    backup: { type: 'string' },
    enable: { type: 'string' },
    method: { type: 'string' },
    mode: { type: 'string' },
    ...sendEmailOption,
    'dry-run': { type: 'boolean' },
    report: { type: 'string' },
  },
  positionals: { min: 0, max: 0 },
  async run(call) {
    const { client, terminal, options } = call;
    const request = await requestFrom(call);
    const { jobId } = options['dry-run'] ? await client.imports.preview(request) : await client.imports.start({ request });
    await followJob(client, terminal, jobId);
    const summary = await client.imports.summary({ jobId });
    const report = textOption(call, 'report');
    if (report) await writeReport(client, jobId, report);
    const lines = [text.importResult(summary), ...(await mailLines(client, summary)), ...(report ? [text.reportWritten(report)] : [])];
    return { json: summary, text: lines.join('\n') };
  },
};

export const importVerbs: readonly Verb[] = [importUsers];
