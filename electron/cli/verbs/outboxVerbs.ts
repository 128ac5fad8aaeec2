import { mailStates, type MailAction } from '../../../shared/contract/outbox.contract.ts';
import { isConfirmed, manyMails } from '../../../shared/email/manyMails.ts';
import { emailText } from '../emailText.ts';
import { outboxText } from '../outboxText.ts';
import { formatTable } from '../table.ts';
import { text } from '../text.ts';
import { choiceOption, numberOption, textOption, textOptions, UsageError, type Verb, type VerbCall } from '../verb.ts';
import { readWhere, whereOption } from '../where.ts';
import { followJob } from './importVerb.ts';

/** `--user NAME…`, `--where FILTER` or `--everybody`; exactly one of them, since a mail cannot be taken back. */
async function targetOf(call: VerbCall) {
  const names = textOptions(call, 'user');
  const filter = await readWhere(call);
  const everybody = call.options['everybody'] === true;
  if (Number(names.length > 0) + Number(filter !== undefined) + Number(everybody) !== 1) throw new UsageError(outboxText.whom);
  if (names.length === 0) return { where: filter === undefined ? {} : { filter } };
  const ids: number[] = [];
  for (const username of names) ids.push((await call.client.users.get({ username })).id);
  return { ids };
}

/** Whoever mails many says how many: a filter may find more than was meant. */
function requireConfirmed(call: VerbCall, mails: number): void {
  if (!isConfirmed(mails, textOption(call, 'confirm') ?? '')) throw new UsageError(outboxText.confirm(mails));
}

const emailSend: Verb = {
  name: 'email send',
  usage: '--user USERNAME… | --where FILTER | --everybody [--template ID] [--dry-run] [--confirm N]',
  summary: 'Puts mails to users into the outbox, or with --dry-run tells who would get which mail, and who none and why.',
  details: `Without --template each user gets the mail that he would get if he was added now.
Mails go out while the console or "mfactl serve" runs; in the mode hold they wait until they are released.
More than ${manyMails} mails need --confirm N with their number, as --dry-run tells it. If there would be more by then, none is made.`,
  example: 'mfactl email send --where "group:Sales" --dry-run',
  options: {
    ...whereOption,
    user: { type: 'string', multiple: true },
    everybody: { type: 'boolean' },
    template: { type: 'string' },
    'dry-run': { type: 'boolean' },
    confirm: { type: 'string' },
  },
  positionals: { min: 0, max: 0 },
  async run(call) {
    const { client, terminal } = call;
    const request = { target: await targetOf(call), template: textOption(call, 'template') };
    const plan = await client.outbox.plan(request);
    if (call.options['dry-run']) {
      const rows = plan.sample.map(({ username, template, to, reason }) => [username, to, template ?? '', emailText.reason(reason)]);
      return { json: plan, text: `${formatTable(['Username', 'To', 'Template', 'Why'], rows)}\n\n${outboxText.plan(plan)}` };
    }
    requireConfirmed(call, plan.mails);
    const { settings } = await client.email.get(null);
    const job = await followJob(client, terminal, (await client.outbox.send({ ...request, atMost: plan.mails })).jobId);
    const { items, total } = await client.jobs.items({ jobId: job.id, limit: 20 });
    return { json: { ...job, none: items }, text: outboxText.queued(job.done - total, total, items, settings.mode) };
  },
};

const outboxList: Verb = {
  name: 'outbox list',
  usage: '[TEXT] [--state STATE] [--limit N]',
  summary: 'Lists mails, the last ones first: all, those of a state, or those whose user or address contains a text.',
  details: `States: ${mailStates.join(', ')}.`,
  example: 'mfactl outbox list --state failed',
  options: { state: { type: 'string' }, limit: { type: 'string' } },
  positionals: { min: 0, max: 1 },
  async run(call) {
    const answer = await call.client.outbox.list({
      state: choiceOption(call, 'state', mailStates),
      search: call.positionals[0] ?? '',
      limit: numberOption(call, 'limit', { min: 1, max: 1000 }) ?? 50,
    });
    const rows = answer.mails.map(({ id, state, username, to, template, attempts, reply }) => [
      ...[String(id), state, username, to, template, String(attempts), reply.slice(0, 80)],
    ]);
    return {
      json: answer,
      text: `${formatTable(['Id', 'State', 'Username', 'To', 'Template', 'Attempts', 'Reply'], rows)}\n${outboxText.shown(rows.length, answer.total)}`,
    };
  },
};

function idOf(word: string): number {
  if (!/^\d{1,15}$/.test(word)) throw new UsageError(outboxText.noId(word));
  return Number(word);
}

const outboxShow: Verb = {
  name: 'outbox show',
  usage: 'ID',
  summary: 'Shows a mail as it is sent, and what the relay said each time. A PIN in it is not shown.',
  example: 'mfactl outbox show 17',
  options: {},
  positionals: { min: 1, max: 1 },
  async run({ client, positionals: [id = ''] }) {
    const mail = await client.outbox.get({ id: idOf(id) });
    return { json: mail, text: outboxText.mail(mail) };
  },
};

function changeVerb(name: MailAction, summary: string, done: string): Verb {
  const isRelease = name === 'release';
  const verb: Verb = {
    name: `outbox ${name}`,
    usage: isRelease ? 'ID… | --all [--confirm N]' : 'ID… | --all',
    summary,
    ...(isRelease && { details: `More than ${manyMails} mails need --confirm N with their number, as outbox stats tells it.` }),
    example: `mfactl outbox ${name} 17 18`,
    options: { all: { type: 'boolean' }, ...(isRelease && { confirm: { type: 'string' } }) },
    positionals: { min: 0, max: 1000 },
    async run(call) {
      const { client, positionals, options } = call;
      if ((options['all'] === true) === positionals.length > 0) throw new UsageError(text.usage(verb));
      const target = options['all'] ? ({ all: true } as const) : { ids: positionals.map(idOf) };
      if (isRelease) requireConfirmed(call, (await client.outbox.affected({ action: name, target })).count);
      const answer = await client.outbox[name]({ target });
      return { json: answer, text: outboxText.changed(done, answer.count) };
    },
  };
  return verb;
}

const outboxStats: Verb = {
  name: 'outbox stats',
  usage: '',
  summary: 'Tells how many mails are in which state, and why nothing goes out where that is so.',
  example: 'mfactl outbox stats',
  options: {},
  positionals: { min: 0, max: 0 },
  async run({ client }) {
    const stats = await client.outbox.stats(null);
    return { json: stats, text: outboxText.stats(stats) };
  },
};

export const outboxVerbs: readonly Verb[] = [
  emailSend,
  outboxList,
  outboxShow,
  changeVerb('retry', 'Tries failed and deferred mails again now. An unknown one must be named: it may arrive twice.', 'Queued again'),
  changeVerb('cancel', 'Drops mails that have not gone, with the PINs in them.', 'Dropped'),
  changeVerb('release', 'Lets held mails go, also while the mode is hold.', 'Released'),
  outboxStats,
];
