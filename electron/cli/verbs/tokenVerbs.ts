import { tokenAlgorithms, tokenKinds, tokenStates, type TokenRow } from '../../../shared/contract/tokens.contract.ts';
import { Secret } from '../../../shared/lib/secret.ts';
import { readSecretLines } from '../secretLines.ts';
import { formatTable } from '../table.ts';
import { tokenText } from '../text.ts';
import { choiceOption, numberOption, textOption, UsageError, type Verb, type VerbCall } from '../verb.ts';
import { followJob } from './importVerb.ts';
import { tokensImport, tokensLog } from './tokenImportVerb.ts';

/** For scripts that cannot pipe. Never an argument: arguments are visible to every account of the machine. */
const secretVariable = 'MFA_TOKEN_SECRET';

function dateOption(call: VerbCall, name: string): number | undefined {
  const given = textOption(call, name);
  if (given === undefined) return undefined;
  const at = /^\d{4}-\d{2}-\d{2}$/.test(given) ? Date.parse(given) : NaN;
  if (Number.isNaN(at)) throw new UsageError(`--${name} takes a date such as 2027-01-31.`);
  return at;
}

const idOf = async ({ client, positionals: [serial = ''] }: VerbCall) => (await client.tokens.get({ serial })).id;
const userIdOf = async ({ client }: VerbCall, username: string) => (await client.users.get({ username })).id;
const one = (token: TokenRow, said: string) => ({ json: token, text: said });
const dateText = (at: number | null) => (at === null ? '' : new Date(at).toISOString().slice(0, 10));

const tokensAdd: Verb = {
  name: 'tokens add',
  usage:
    'SERIAL --secret-stdin [--hex] [--kind totp|hotp] [--algorithm SHA1|SHA256|SHA512] [--digits 6|7|8] [--interval SECONDS] [--counter N] [--manufacturer TEXT] [--model TEXT] [--start DATE] [--expires DATE] [--user USERNAME]',
  summary: `Adds an OATH token. The secret key, Base32 or with --hex hexadecimal, comes on standard input or in ${secretVariable}.`,
  example:
    'mfactl tokens add 2308745612345 --interval 60 --manufacturer Feitian --user anna.miller@corp.example --secret-stdin < secret.txt',
  options: {
    'secret-stdin': { type: 'boolean' },
    hex: { type: 'boolean' },
    kind: { type: 'string' },
    algorithm: { type: 'string' },
    digits: { type: 'string' },
    interval: { type: 'string' },
    counter: { type: 'string' },
    manufacturer: { type: 'string' },
    model: { type: 'string' },
    start: { type: 'string' },
    expires: { type: 'string' },
    user: { type: 'string' },
  },
  positionals: { min: 1, max: 1 },
  async run(call) {
    const { 'secret-stdin': piped } = await readSecretLines(call, ['secret-stdin']);
    const variable = call.terminal.env[secretVariable];
    const secret = piped ?? (variable ? new Secret(variable) : undefined);
    if (!secret) throw new UsageError(tokenText.secretNeeded(secretVariable));
    const username = textOption(call, 'user');
    const token = await call.client.tokens.add({
      serial: call.positionals[0] ?? '',
      secret: secret.reveal(),
      encoding: call.options['hex'] ? 'hex' : 'base32',
      kind: choiceOption(call, 'kind', tokenKinds),
      algorithm: choiceOption(call, 'algorithm', tokenAlgorithms),
      digits: numberOption(call, 'digits', { min: 6, max: 8 }),
      interval: numberOption(call, 'interval', { min: 10, max: 600 }),
      counter: numberOption(call, 'counter', { min: 0, max: Number.MAX_SAFE_INTEGER }),
      manufacturer: textOption(call, 'manufacturer'),
      model: textOption(call, 'model'),
      startsAt: dateOption(call, 'start'),
      expiresAt: dateOption(call, 'expires'),
      ...(username !== undefined && { userId: await userIdOf(call, username) }),
    });
    return one(token, tokenText.added(token));
  },
};

const tokensList: Verb = {
  name: 'tokens list',
  usage: '[--search TEXT] [--state free|assigned|not-started|expired] [--user USERNAME] [--limit N] [--offset N]',
  summary: 'Lists OATH tokens. Secrets are never shown.',
  example: 'mfactl tokens list --state free --limit 20',
  options: {
    search: { type: 'string' },
    state: { type: 'string' },
    user: { type: 'string' },
    limit: { type: 'string' },
    offset: { type: 'string' },
  },
  positionals: { min: 0, max: 0 },
  async run(call) {
    const username = textOption(call, 'user');
    const selection = {
      search: textOption(call, 'search') ?? '',
      state: choiceOption(call, 'state', tokenStates),
      ...(username !== undefined && { userId: await userIdOf(call, username) }),
    };
    const limit = numberOption(call, 'limit', { min: 1, max: 1_000_000 }) ?? 100;
    const first = numberOption(call, 'offset', { min: 0, max: Number.MAX_SAFE_INTEGER }) ?? 0;
    const rows: TokenRow[] = [];
    while (rows.length < limit) {
      const page = Math.min(1000, limit - rows.length);
      const answer = await call.client.tokens.list({ ...selection, offset: first + rows.length, limit: page });
      rows.push(...answer.rows);
      if (answer.rows.length < page) break;
    }
    const { count } = await call.client.tokens.count(selection);
    const table = formatTable(
      ['Serial number', 'Username', 'Manufacturer', 'Model', 'Kind', 'Interval', 'Start', 'Expires', 'State'],
      rows.map((row) => [
        row.serial,
        row.user?.username ?? '',
        row.manufacturer,
        row.model,
        row.kind.toUpperCase(),
        row.interval === 0 ? '' : `${row.interval} s`,
        dateText(row.startsAt),
        dateText(row.expiresAt),
        row.state,
      ]),
    );
    return { json: { rows, count, offset: first }, text: `${table}\n${tokenText.moreExist(rows.length, count)}` };
  },
};

/** A date, or nothing for `none`. */
function dateOrNone(call: VerbCall, name: string): number | null | undefined {
  return textOption(call, name) === 'none' ? null : dateOption(call, name);
}

const tokensEdit: Verb = {
  name: 'tokens edit',
  usage:
    'SERIAL [--serial NEW] [--start DATE|none] [--expires DATE|none] [--manufacturer TEXT] [--model TEXT] [--kind totp|hotp] [--algorithm SHA1|SHA256|SHA512] [--digits 6|7|8] [--interval SECONDS] [--secret-stdin [--hex] [--counter N]]',
  summary:
    'Changes an OATH token; what is not named stays. Another kind, interval or secret key lets it count anew. A new secret key comes on standard input.',
  example: 'mfactl tokens edit 2308745612345 --start 2027-01-01 --expires none',
  options: {
    serial: { type: 'string' },
    start: { type: 'string' },
    expires: { type: 'string' },
    manufacturer: { type: 'string' },
    model: { type: 'string' },
    kind: { type: 'string' },
    algorithm: { type: 'string' },
    digits: { type: 'string' },
    interval: { type: 'string' },
    'secret-stdin': { type: 'boolean' },
    hex: { type: 'boolean' },
    counter: { type: 'string' },
  },
  positionals: { min: 1, max: 1 },
  async run(call) {
    const { 'secret-stdin': secret } = await readSecretLines(call, ['secret-stdin']);
    const counter = numberOption(call, 'counter', { min: 0, max: Number.MAX_SAFE_INTEGER });
    if (!secret && (call.options['hex'] || counter !== undefined)) throw new UsageError(tokenText.newSecretNeeded);
    const changes = {
      serial: textOption(call, 'serial'),
      startsAt: dateOrNone(call, 'start'),
      expiresAt: dateOrNone(call, 'expires'),
      manufacturer: textOption(call, 'manufacturer'),
      model: textOption(call, 'model'),
      kind: choiceOption(call, 'kind', tokenKinds),
      algorithm: choiceOption(call, 'algorithm', tokenAlgorithms),
      digits: numberOption(call, 'digits', { min: 6, max: 8 }),
      interval: numberOption(call, 'interval', { min: 10, max: 600 }),
      ...(secret && { secret: { key: secret.reveal(), encoding: call.options['hex'] ? ('hex' as const) : ('base32' as const), counter } }),
    };
    if (Object.values(changes).every((change) => change === undefined)) throw new UsageError(tokenText.changeNeeded);
    const { id, ...base } = await call.client.tokens.get({ serial: call.positionals[0] ?? '' });
    const token = await call.client.tokens.edit({ id, base, changes });
    return one(token, tokenText.edited(token));
  },
};

const tokensAssign: Verb = {
  name: 'tokens assign',
  usage: 'SERIAL USERNAME [--code-stdin [--next-code-stdin]]',
  summary: 'Gives a token to a user; with a code, only if the code is right, and the clock of the token is taken from it.',
  example: 'mfactl tokens assign 2308745612345 anna.miller@corp.example --code-stdin < code.txt',
  options: { 'code-stdin': { type: 'boolean' }, 'next-code-stdin': { type: 'boolean' } },
  positionals: { min: 2, max: 2 },
  async run(call) {
    const { 'code-stdin': code, 'next-code-stdin': nextCode } = await readSecretLines(call, ['code-stdin', 'next-code-stdin']);
    const id = await idOf(call);
    const userId = await userIdOf(call, call.positionals[1] ?? '');
    const token = await call.client.tokens.assign({ id, userId, code: code?.reveal(), nextCode: nextCode?.reveal() });
    return one(token, tokenText.assigned(token));
  },
};

const tokensUnassign: Verb = {
  name: 'tokens unassign',
  usage: 'SERIAL',
  summary: 'Takes a token from its user. It stays in the list and can be given to somebody else.',
  example: 'mfactl tokens unassign 2308745612345',
  options: {},
  positionals: { min: 1, max: 1 },
  async run(call) {
    const token = await call.client.tokens.unassign({ id: await idOf(call) });
    return one(token, tokenText.unassigned(token));
  },
};

const tokensResync: Verb = {
  name: 'tokens resync',
  usage: 'SERIAL --code-stdin [--next-code-stdin]',
  summary:
    'Finds out by a code, or by two consecutive ones, one a line, how far a token has drifted. One code is looked for an hour around, two a day around; HOTP needs two.',
  example: 'mfactl tokens resync 2308745612345 --code-stdin --next-code-stdin < codes.txt',
  options: { 'code-stdin': { type: 'boolean' }, 'next-code-stdin': { type: 'boolean' } },
  positionals: { min: 1, max: 1 },
  async run(call) {
    const { 'code-stdin': code, 'next-code-stdin': nextCode } = await readSecretLines(call, ['code-stdin', 'next-code-stdin']);
    if (!code) throw new UsageError(tokenText.codeNeeded);
    const token = await call.client.tokens.resync({ id: await idOf(call), code: code.reveal(), nextCode: nextCode?.reveal() });
    return one(token, tokenText.resynced(token));
  },
};

const tokensRemove: Verb = {
  name: 'tokens remove',
  usage: 'SERIAL… [--assigned]',
  summary: 'Removes tokens with their secrets. Those that belong to users are removed with --assigned only.',
  example: 'mfactl tokens remove 2308745612345 --assigned',
  options: { assigned: { type: 'boolean' } },
  positionals: { min: 1, max: 10_000 },
  async run({ client, terminal, positionals, options }) {
    const ids: number[] = [];
    for (const serial of positionals) ids.push((await client.tokens.get({ serial })).id);
    const { assigned, first } = await client.tokens.previewRemove({ ids });
    if (assigned > 0 && !options['assigned']) throw new UsageError(tokenText.assignedOnes(assigned, first));
    const { jobId } = await client.tokens.remove({ ids });
    await followJob(client, terminal, jobId);
    const answer = { removed: ids.length, unassigned: assigned };
    return { json: answer, text: tokenText.removed(answer) };
  },
};

/** Everything that mfactl can do with OATH tokens. */
export const tokenVerbs: readonly Verb[] = [
  tokensAdd,
  tokensList,
  tokensEdit,
  tokensImport,
  tokensLog,
  tokensAssign,
  tokensUnassign,
  tokensResync,
  tokensRemove,
];
