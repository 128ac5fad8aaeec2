import { AppError } from '../../../shared/contract/errors.ts';
import { tagColors, type Tag } from '../../../shared/contract/tags.contract.ts';
import type { UserTarget } from '../../../shared/contract/userCommands.ts';
import { fold } from '../../../shared/lib/fold.ts';
import { formatTable } from '../table.ts';
import { formatNumber } from '../formatNumber.ts';
import { text } from '../text.ts';
import { choiceOption, textOption, UsageError, type ConsoleClient, type Verb } from '../verb.ts';
import { readWhere, whereOption } from '../where.ts';
import { finishUsersJob, userIds } from './manyUserVerbs.ts';

const factOptions = { color: { type: 'string' }, description: { type: 'string' } } as const;
const factUsage = `[--color ${tagColors.join('|')}] [--description TEXT]`;

/** By name in any letter case. Rejects with `not-found`. */
export async function tagNamed(client: ConsoleClient, name: string): Promise<Tag> {
  const { tags } = await client.tags.list(null);
  const found = tags.find((tag) => fold(tag.name) === fold(name));
  if (!found) throw new AppError('not-found', text.noTag(name), { details: { tag: name } });
  return found;
}

const tagsList: Verb = {
  name: 'tags list',
  usage: '',
  summary: 'Lists the tags and how many users have them.',
  example: 'mfactl tags list',
  options: {},
  positionals: { min: 0, max: 0 },
  async run({ client }) {
    const answer = await client.tags.list(null);
    const rows = answer.tags.map(({ name, color, description, users }) => [name, color, formatNumber(users), description]);
    return { json: answer, text: rows.length > 0 ? formatTable(['Tag', 'Color', 'Users', 'Description'], rows) : text.nothingFound };
  },
};

const tagsAdd: Verb = {
  name: 'tags add',
  usage: `NAME ${factUsage}`,
  summary: 'Adds a tag.',
  example: 'mfactl tags add pilot --color blue --description "Tries new methods first"',
  options: factOptions,
  positionals: { min: 1, max: 1 },
  async run(call) {
    const [name = ''] = call.positionals;
    const answer = await call.client.tags.add({
      name,
      color: choiceOption(call, 'color', tagColors),
      description: textOption(call, 'description'),
    });
    return { json: answer, text: text.tagAdded(name) };
  },
};

const tagsSet: Verb = {
  name: 'tags set',
  usage: `NAME [--name NEWNAME] ${factUsage}`,
  summary: 'Renames a tag or changes its color or description.',
  example: 'mfactl tags set pilot --name early --color teal',
  options: { ...factOptions, name: { type: 'string' } },
  positionals: { min: 1, max: 1 },
  async run(call) {
    const changes = {
      name: textOption(call, 'name'),
      color: choiceOption(call, 'color', tagColors),
      description: textOption(call, 'description'),
    };
    if (Object.values(changes).every((value) => value === undefined)) throw new UsageError(text.nothingToChange);
    const { id, name } = await tagNamed(call.client, call.positionals[0] ?? '');
    await call.client.tags.edit({ id, ...changes });
    return { json: { id, ...changes }, text: text.tagChanged(changes.name ?? name) };
  },
};

const tagsRemove: Verb = {
  name: 'tags remove',
  usage: 'NAME',
  summary: 'Takes a tag from all users and removes it. The users stay.',
  example: 'mfactl tags remove pilot',
  options: {},
  positionals: { min: 1, max: 1 },
  async run({ client, positionals: [typed = ''] }) {
    const { id, name } = await tagNamed(client, typed);
    const answer = await client.tags.remove({ id });
    return { json: answer, text: text.tagRemoved(name, answer.users) };
  },
};

const tagsMerge: Verb = {
  name: 'tags merge',
  usage: 'NAME… --into NAME',
  summary: 'Gives one tag to all users of others, and removes those.',
  example: 'mfactl tags merge vips "very important" --into vip',
  options: { into: { type: 'string' } },
  positionals: { min: 1, max: 100 },
  async run(call) {
    const typed = textOption(call, 'into');
    if (typed === undefined) throw new UsageError(text.usage(tagsMerge));
    const into = await tagNamed(call.client, typed);
    const tags: number[] = [];
    for (const name of call.positionals) tags.push((await tagNamed(call.client, name)).id);
    const answer = await call.client.tags.merge({ tags, into: into.id });
    return { json: answer, text: text.tagsMerged(into.name, answer.users) };
  },
};

/** Gives a tag to users, or takes it from them: those who are named, or whom a filter finds. */
function assigning(name: 'assign' | 'unassign', summary: string): Verb {
  const verb: Verb = {
    name: `tags ${name}`,
    usage: 'NAME USERNAME… | NAME --where FILTER',
    summary,
    example: `mfactl tags ${name} pilot --where group:Sales`,
    options: whereOption,
    positionals: { min: 1, max: 1_001 },
    async run(call) {
      const [typed = '', ...usernames] = call.positionals;
      const filter = await readWhere(call);
      if ((filter === undefined) === (usernames.length === 0)) throw new UsageError(text.usage(verb));
      const { id } = await tagNamed(call.client, typed);
      const target: UserTarget = filter ? { where: { search: '', filter } } : { ids: await userIds(call.client, usernames) };
      const changes = name === 'assign' ? { addTags: [id] } : { removeTags: [id] };
      return finishUsersJob(call, (await call.client.users.editMany({ target, changes })).jobId);
    },
  };
  return verb;
}

export const tagVerbs: readonly Verb[] = [
  tagsList,
  tagsAdd,
  tagsSet,
  tagsRemove,
  tagsMerge,
  assigning('assign', 'Gives a tag to users.'),
  assigning('unassign', 'Takes a tag from users.'),
];
