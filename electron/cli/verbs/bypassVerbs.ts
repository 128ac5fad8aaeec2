import { bypassSeconds } from '../../../shared/contract/bypasses.contract.ts';
import { formatTable } from '../table.ts';
import { text } from '../text.ts';
import { numberOption, textOption, UsageError, type Verb } from '../verb.ts';

const time = (at: number) => new Date(at).toISOString().slice(0, 19).replace('T', ' ');

const bypassStart: Verb = {
  name: 'bypass start',
  usage: 'USERNAME --reason TEXT [--seconds N]',
  summary: `Lets a user skip the second factor once, within ${bypassSeconds.usual} seconds unless you say otherwise.`,
  example: 'mfactl bypass start anna.miller@corp.example --seconds 600 --reason lost-phone',
  options: { seconds: { type: 'string' }, reason: { type: 'string' } },
  positionals: { min: 1, max: 1 },
  async run(call) {
    const reason = textOption(call, 'reason');
    if (reason === undefined) throw new UsageError(text.usage(bypassStart));
    const [username = ''] = call.positionals;
    const seconds = numberOption(call, 'seconds', { min: 1, max: bypassSeconds.most });
    const started = await call.client.bypasses.start({ user: { username }, seconds, reason });
    return { json: started, text: text.bypassStarted(started.username, time(started.expiresAt)) };
  },
};

const bypassList: Verb = {
  name: 'bypass list',
  usage: '[--all] [--limit N]',
  summary: 'Lists open one-time bypasses, or with --all those that are over as well, newest first.',
  example: 'mfactl bypass list --all --limit 20',
  options: { all: { type: 'boolean' }, limit: { type: 'string' } },
  positionals: { min: 0, max: 0 },
  async run(call) {
    const show = call.options['all'] === true ? 'all' : 'open';
    const answer = await call.client.bypasses.list({ show, limit: numberOption(call, 'limit', { min: 1, max: 1000 }) });
    const rows = answer.bypasses.map((one) => [
      one.username,
      one.state,
      time(one.startedAt),
      String(one.seconds),
      one.startedBy,
      one.reason,
    ]);
    const table = formatTable(['Username', 'State', 'Started (UTC)', 'Seconds', 'By', 'Reason'], rows);
    return { json: answer, text: rows.length > 0 ? table : text.nothingFound };
  },
};

const bypassRevoke: Verb = {
  name: 'bypass revoke',
  usage: 'USERNAME',
  summary: 'Ends the open one-time bypass of a user.',
  example: 'mfactl bypass revoke anna.miller@corp.example',
  options: {},
  positionals: { min: 1, max: 1 },
  async run({ client, positionals: [username = ''] }) {
    const answer = await client.bypasses.revoke({ user: { username } });
    return { json: answer, text: text.bypassRevoked(username, answer.revoked > 0) };
  },
};

export const bypassVerbs: readonly Verb[] = [bypassStart, bypassList, bypassRevoke];
