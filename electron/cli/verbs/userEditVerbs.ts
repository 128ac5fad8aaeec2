import type { UserChanges } from '../../../shared/contract/userCommands.ts';
import { readSecretLines } from '../secretLines.ts';
import { text } from '../text.ts';
import { joinChanges, readWord, userWords } from '../userWords.ts';
import { textOption, textOptions, UsageError, type Verb, type VerbCall } from '../verb.ts';
import { tagNamed } from './tagVerbs.ts';

const wordOptions: Verb['options'] = {
  ...Object.fromEntries(Object.keys(userWords).map((name) => [name, { type: 'string' as const }])),
  'pin-stdin': { type: 'boolean' },
  tag: { type: 'string', multiple: true },
};
const wordUsage = [
  ...Object.entries(userWords).map(([name, { values }]) => `[--${name} ${values}]`),
  '[--tag NAME…]',
  '[--pin-stdin]',
].join(' ');

async function changesFrom(call: VerbCall): Promise<UserChanges> {
  const given = Object.keys(userWords).flatMap((name) => {
    const value = textOption(call, name);
    return value === undefined ? [] : [readWord(name, value)];
  });
  const { 'pin-stdin': pin } = await readSecretLines(call, ['pin-stdin']);
  return { ...joinChanges(given), ...(pin && { pin: pin.reveal() }) };
}

/** What --tag names: each must exist. */
async function tagsFrom(call: VerbCall): Promise<number[]> {
  const ids: number[] = [];
  for (const name of textOptions(call, 'tag')) ids.push((await tagNamed(call.client, name)).id);
  return ids;
}

const usersAdd: Verb = {
  name: 'users add',
  usage: `USERNAME ${wordUsage}`,
  summary: 'Adds a user. What is not given is as Company Settings say.',
  example: 'mfactl users add anna.miller@corp.example --first Anna --last Miller --phone "425-555-0100 x12" --country US --method call',
  options: wordOptions,
  positionals: { min: 1, max: 1 },
  async run(call) {
    const username = call.positionals[0] ?? '';
    const tags = await tagsFrom(call);
    const { id } = await call.client.users.add({ ...(await changesFrom(call)), username, tags });
    const user = await call.client.users.get({ id });
    return { json: user, text: text.userSaved(user) };
  },
};

const usersSet: Verb = {
  name: 'users set',
  usage: `USERNAME [--username NEWNAME] ${wordUsage}`,
  summary: 'Changes settings of a user. What is not given stays; --tag gives another tag.',
  example: 'mfactl users set anna.miller@corp.example --phone "+49 30 901820" --method text --mode two-way-otp',
  options: { ...wordOptions, username: { type: 'string' } },
  positionals: { min: 1, max: 1 },
  async run(call) {
    const username = textOption(call, 'username');
    const added = await tagsFrom(call);
    const changes = { ...(await changesFrom(call)), ...(username !== undefined && { username }) };
    if (Object.keys(changes).length + added.length === 0) throw new UsageError(text.nothingToChange);
    const { id, tags } = await call.client.users.get({ username: call.positionals[0] ?? '' });
    const user = await call.client.users.edit({
      id,
      changes: { ...changes, ...(added.length > 0 && { tags: [...new Set([...tags, ...added])] }) },
    });
    return { json: user, text: text.userSaved(user) };
  },
};

export const userEditVerbs: readonly Verb[] = [usersAdd, usersSet];
