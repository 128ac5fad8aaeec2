import { AppError } from '../../../shared/contract/errors.ts';
import type { Job } from '../../../shared/contract/jobs.contract.ts';
import type { ManyChanges, RemovedUser } from '../../../shared/contract/userCommands.ts';
import { usernameKey } from '../../../shared/lib/fold.ts';
import { manyUserWords, readManyChanges } from '../manyUserWords.ts';
import { formatTable } from '../table.ts';
import { text } from '../text.ts';
import {
  numberOption,
  sendEmailFrom,
  sendEmailOption,
  sendEmailUsage,
  textOption,
  textOptions,
  UsageError,
  type ConsoleClient,
  type Verb,
  type VerbCall,
  type VerbOutput,
} from '../verb.ts';
import { readWhere, whereOption } from '../where.ts';
import { emailText } from '../emailText.ts';
import { followJob } from './importVerb.ts';

const mostNames = 1_000;
const names = { min: 1, max: mostNames };

/** All of them must exist, or nothing is started. */
export async function userIds(client: ConsoleClient, usernames: readonly string[]): Promise<number[]> {
  const ids: number[] = [];
  for (const username of usernames) ids.push((await client.users.get({ username })).id);
  return ids;
}

/** Follows the job. Where some users were passed over, AppError `conflict` says who and why; the others are done. */
export async function finishUsersJob({ client, terminal }: VerbCall, jobId: string): Promise<VerbOutput & { readonly job: Job }> {
  const job = await followJob(client, terminal, jobId);
  if (job.failures > 0) {
    const { items } = await client.jobs.items({ jobId, limit: 20 });
    throw new AppError('conflict', text.someRefused(job, items), { details: { jobId } });
  }
  return { job, json: job, text: text.usersDone(job.done) };
}

/** The same for a job that may have mailed: who got no mail is changed all the same. */
async function finishEdit(call: VerbCall, jobId: string): Promise<VerbOutput> {
  const job = await followJob(call.client, call.terminal, jobId);
  const { items, total } = await call.client.jobs.items({ jobId, limit: 20 });
  if (job.failures > 0) throw new AppError('conflict', text.someRefused(job, items), { details: { jobId } });
  if (sendEmailFrom(call).sendEmail === undefined) return { json: job, text: text.usersDone(job.done) };
  const mails = await call.client.outbox.ofJob({ jobId });
  return { json: { ...job, ...mails, none: items }, text: `${text.usersDone(job.done)}\n${emailText.made(mails, total, items)}` };
}

const usersEdit: Verb = {
  name: 'users edit',
  usage: `--where FILTER --set FIELD=VALUE [--set FIELD=VALUE…] ${sendEmailUsage} [--dry-run]`,
  summary: 'Changes all users whom a filter finds, or with --dry-run counts how many would change.',
  details: `FIELD=VALUE is one of:\n${manyUserWords.map((word) => `  ${word}`).join('\n')}`,
  example: 'mfactl users edit --where "group:Sales enabled:no" --set method=text --set mode=two-way-otp --set enabled=yes --dry-run',
  options: { ...whereOption, set: { type: 'string', multiple: true }, ...sendEmailOption, 'dry-run': { type: 'boolean' } },
  positionals: { min: 0, max: 0 },
  async run(call) {
    const assignments = textOptions(call, 'set');
    const filter = await readWhere(call);
    if (assignments.length === 0 || !filter) throw new UsageError(text.usage(usersEdit));
    const request = { target: { where: { filter } }, changes: readManyChanges(assignments), ...sendEmailFrom(call) };
    if (call.options['dry-run']) {
      const preview = await call.client.users.previewMany(request);
      const lines = [text.wouldChange(preview), ...(preview.mails ? [emailText.planned(preview.mails, true)] : [])];
      return { json: preview, text: lines.join('\n') };
    }
    return finishEdit(call, (await call.client.users.editMany(request)).jobId);
  },
};

function editVerb(name: string, summary: string, changes: ManyChanges): Verb {
  return {
    name: `users ${name}`,
    usage: `USERNAME… ${sendEmailUsage}`,
    summary,
    example: `mfactl users ${name} anna.miller@corp.example bob@corp.example`,
    options: sendEmailOption,
    positionals: names,
    run: async (call) =>
      finishEdit(
        call,
        (
          await call.client.users.editMany({
            target: { ids: await userIds(call.client, call.positionals) },
            changes,
            ...sendEmailFrom(call),
          })
        ).jobId,
      ),
  };
}

const usersRemove: Verb = {
  name: 'users remove',
  usage: 'USERNAME…',
  summary: 'Moves users to the recycle bin, from where they can be restored for 30 days.',
  example: 'mfactl users remove anna.miller@corp.example',
  options: {},
  positionals: names,
  run: async (call) =>
    finishUsersJob(call, (await call.client.users.remove({ target: { ids: await userIds(call.client, call.positionals) } })).jobId),
};

/** Of several removed users with one name the one who was removed last. */
async function removedUser(client: ConsoleClient, username: string): Promise<RemovedUser> {
  const key = usernameKey(username);
  for (let offset = 0; ; offset += 1_000) {
    const { users } = await client.users.removed({ search: username, offset, limit: 1_000 });
    const found = users.find((user) => usernameKey(user.username) === key);
    if (found) return found;
    if (users.length < 1_000) throw new AppError('not-found', text.notInBin(username), { details: { user: username } });
  }
}

async function removedIds({ client, positionals }: VerbCall): Promise<number[]> {
  const ids: number[] = [];
  for (const username of positionals) ids.push((await removedUser(client, username)).id);
  return ids;
}

const usersRestore: Verb = {
  name: 'users restore',
  usage: 'USERNAME…',
  summary: 'Brings users back from the recycle bin, as they were.',
  example: 'mfactl users restore anna.miller@corp.example',
  options: {},
  positionals: names,
  run: async (call) => finishUsersJob(call, (await call.client.users.restore({ ids: await removedIds(call) })).jobId),
};

const usersForget: Verb = {
  name: 'users forget',
  usage: 'USERNAME…',
  summary: 'Takes users out of the recycle bin for good.',
  example: 'mfactl users forget anna.miller@corp.example',
  options: {},
  positionals: names,
  run: async (call) => finishUsersJob(call, (await call.client.users.forget({ ids: await removedIds(call) })).jobId),
};

const day = (at: number) => new Date(at).toISOString().slice(0, 10);

const usersRemoved: Verb = {
  name: 'users removed',
  usage: '[--search TEXT] [--limit N] [--offset N]',
  summary: 'Lists who is in the recycle bin, last removed first.',
  example: 'mfactl users removed --search miller',
  options: { search: { type: 'string' }, limit: { type: 'string' }, offset: { type: 'string' } },
  positionals: { min: 0, max: 0 },
  async run(call) {
    const answer = await call.client.users.removed({
      search: textOption(call, 'search') ?? '',
      limit: numberOption(call, 'limit', { min: 1, max: 1_000 }),
      offset: numberOption(call, 'offset', { min: 0, max: Number.MAX_SAFE_INTEGER }),
    });
    const rows = answer.users.map(({ username, firstName, lastName, removedAt, removedBy, forgottenAt }) => [
      username,
      [lastName, firstName].filter((part) => part !== '').join(', '),
      day(removedAt),
      removedBy,
      day(forgottenAt),
    ]);
    const table = formatTable(['Username', 'Name', 'Removed (UTC)', 'By', 'Kept until'], rows);
    return { json: answer, text: rows.length > 0 ? `${table}\n${text.moreExist(rows.length, answer.total)}` : text.nothingFound };
  },
};

export const manyUserVerbs: readonly Verb[] = [
  usersEdit,
  editVerb('enable', 'Enables users.', { enabled: true }),
  editVerb('disable', 'Disables users.', { enabled: false }),
  usersRemove,
  usersRestore,
  usersForget,
  usersRemoved,
];
