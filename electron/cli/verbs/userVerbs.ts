import { userColumns, type UserRow } from '../../../shared/contract/users.contract.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import { formatNumber } from '../formatNumber.ts';
import { text } from '../text.ts';
import { numberOption, textOption, UsageError, type Verb, type VerbCall } from '../verb.ts';
import { columnNamed, columnsNamed, usersTable, userTable, usualColumns } from '../userTable.ts';
import { readWhere, whereOption } from '../where.ts';

/** `COLUMN` or `COLUMN:desc`. Throws UsageError. */
function sortFrom(call: VerbCall) {
  const [name = 'username', direction = 'asc', ...rest] = (textOption(call, 'sort') ?? 'username').split(':');
  const column = columnNamed(name);
  if (!column || rest.length > 0 || !['asc', 'desc'].includes(direction)) {
    throw new UsageError(`--sort takes COLUMN or COLUMN:desc. Columns: ${userColumns.join(', ')}.`);
  }
  return { column, descending: direction === 'desc' };
}

const usersList: Verb = {
  name: 'users list',
  usage: '[--search TEXT] [--where FILTER] [--columns COLUMN,COLUMN…] [--sort COLUMN[:desc]] [--limit N] [--offset N]',
  summary: 'Lists users. --columns chooses what the table shows; --json has all of it.',
  example: 'mfactl users list --where enabled:no --columns username,userGroup,phone --sort name --limit 20',
  options: {
    ...whereOption,
    search: { type: 'string' },
    columns: { type: 'string' },
    sort: { type: 'string' },
    limit: { type: 'string' },
    offset: { type: 'string' },
  },
  positionals: { min: 0, max: 0 },
  async run(call) {
    const search = textOption(call, 'search') ?? '';
    const limit = numberOption(call, 'limit', { min: 1, max: 1_000_000 }) ?? 100;
    const first = numberOption(call, 'offset', { min: 0, max: Number.MAX_SAFE_INTEGER }) ?? 0;
    const sort = sortFrom(call);
    const names = textOption(call, 'columns');
    const columns = names === undefined ? usualColumns : columnsNamed(names);
    const filter = await readWhere(call);
    const rows: UserRow[] = [];
    while (rows.length < limit) {
      const page = Math.min(1000, limit - rows.length);
      const answer = await call.client.users.list({ search, filter, sort, offset: first + rows.length, limit: page });
      rows.push(...answer.rows);
      if (answer.rows.length < page) break;
    }
    const { count } = await call.client.users.count({ search, filter });
    return { json: { rows, count, offset: first }, text: `${usersTable(rows, columns)}\n${text.moreExist(rows.length, count)}` };
  },
};

const usersCount: Verb = {
  name: 'users count',
  usage: '[--search TEXT] [--where FILTER]',
  summary: 'Counts users.',
  example: 'mfactl users count --where missing:pin',
  options: { ...whereOption, search: { type: 'string' } },
  positionals: { min: 0, max: 0 },
  async run(call) {
    const answer = await call.client.users.count({ search: textOption(call, 'search') ?? '', filter: await readWhere(call) });
    return { json: answer, text: formatNumber(answer.count) };
  },
};

const usersShow: Verb = {
  name: 'users show',
  usage: 'USERNAME',
  summary: 'Shows all that is known about one user.',
  example: 'mfactl users show anna.miller@corp.example',
  options: {},
  positionals: { min: 1, max: 1 },
  async run({ client, positionals }) {
    const user = await client.users.get({ username: positionals[0] ?? '' });
    const { tags } = user.tags.length > 0 ? await client.tags.list(null) : { tags: [] };
    const names = tags.filter(({ id }) => user.tags.includes(id)).map(({ name }) => name);
    return { json: user, text: userTable(user, names) };
  },
};

const usersResolve: Verb = {
  name: 'users resolve',
  usage: 'NAME',
  summary: 'Says which user a name means that somebody enters when he signs in, and why. Exit code 1 where it means nobody.',
  example: "mfactl users resolve 'CORP\\anna'",
  options: {},
  positionals: { min: 1, max: 1 },
  async run({ client, positionals: [name = ''] }) {
    const resolution = await client.usernames.resolve({ name });
    const words = text.resolved(name, resolution);
    if (resolution.outcome === 'found') return { json: resolution, text: words };
    throw new AppError('not-found', words, { details: { outcome: resolution.outcome, kind: resolution.kind } });
  },
};

export const userVerbs: readonly Verb[] = [usersList, usersCount, usersShow, usersResolve];
