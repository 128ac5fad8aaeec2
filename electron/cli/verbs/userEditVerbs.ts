import type { UserChanges } from '../../../shared/contract/userCommands.ts';
import { emailText } from '../emailText.ts';
import { readSecretLines } from '../secretLines.ts';
import { text } from '../text.ts';
import { joinChanges, readWord, userWords } from '../userWords.ts';
import { textOption, textOptions, UsageError, type Verb, type VerbCall, type VerbOutput } from '../verb.ts';
import { tagNamed } from './tagVerbs.ts';

const wordOptions: Verb['options'] = {
  ...Object.fromEntries(Object.keys(userWords).map((name) => [name, { type: 'string' as const }])),
  'pin-stdin': { type: 'boolean' },
  tag: { type: 'string', multiple: true },
  'send-email': { type: 'boolean' },
  'dry-run': { type: 'boolean' },
};
const wordUsage = [
  ...Object.entries(userWords).map(([name, { values }]) => `[--${name} ${values}]`),
  '[--tag NAME…]',
  '[--pin-stdin]',
  '[--send-email]',
  '[--dry-run]',
].join(' ');

async function changesFrom(call: VerbCall): Promise<UserChanges> {
  const given = Object.keys(userWords).flatMap((name) => {
    const value = textOption(call, name);
    return value === undefined ? [] : [readWord(name, value)];
  });
  const { 'pin-stdin': pin } = await readSecretLines(call, ['pin-stdin']);
  return { ...joinChanges(given), ...(pin && { pin: pin.reveal() }) };
}

const mailDetails = `With --send-email the rules decide which mail the user gets; a PIN given along is told by it. With --dry-run nothing is
written, and the mail is named that --send-email would put into the outbox.`;

const wantsMail = ({ options }: VerbCall) => ({ sendEmail: options['send-email'] === true });

/** Tells which mail there would be. */
async function previewMail({ client }: VerbCall, id: number | null, { pin, ...changes }: UserChanges): Promise<VerbOutput> {
  const verdict = await client.users.previewMail({ id, changes, newPin: pin !== undefined });
  return { json: verdict, text: emailText.previewed(verdict) };
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
  details: mailDetails,
  example:
    'mfactl users add anna.miller@corp.example --first Anna --last Miller --phone "425-555-0100 x12" --country US --method call --send-email',
  options: wordOptions,
  positionals: { min: 1, max: 1 },
  async run(call) {
    const username = call.positionals[0] ?? '';
    const tags = await tagsFrom(call);
    const changes = { ...(await changesFrom(call)), username, tags };
    if (call.options['dry-run']) return previewMail(call, null, changes);
    const { id, mail } = await call.client.users.add({ ...changes, ...wantsMail(call) });
    const user = await call.client.users.get({ id });
    return {
      json: { ...user, ...(mail && { mail }) },
      text: [text.userSaved(user), ...(mail ? [emailText.outcome(mail)] : [])].join('\n'),
    };
  },
};

const usersSet: Verb = {
  name: 'users set',
  usage: `USERNAME [--username NEWNAME] ${wordUsage}`,
  summary: 'Changes settings of a user. What is not given stays; --tag gives another tag.',
  details: mailDetails,
  example: 'mfactl users set anna.miller@corp.example --phone "+49 30 901820" --method text --mode two-way-otp',
  options: { ...wordOptions, username: { type: 'string' } },
  positionals: { min: 1, max: 1 },
  async run(call) {
    const username = textOption(call, 'username');
    const added = await tagsFrom(call);
    const changes = { ...(await changesFrom(call)), ...(username !== undefined && { username }) };
    if (Object.keys(changes).length + added.length === 0) throw new UsageError(text.nothingToChange);
    const { id, tags } = await call.client.users.get({ username: call.positionals[0] ?? '' });
    const wanted = { ...changes, ...(added.length > 0 && { tags: [...new Set([...tags, ...added])] }) };
    if (call.options['dry-run']) return previewMail(call, id, wanted);
    const user = await call.client.users.edit({ id, changes: wanted, ...wantsMail(call) });
    return { json: user, text: [text.userSaved(user), ...(user.mail ? [emailText.outcome(user.mail)] : [])].join('\n') };
  },
};

export const userEditVerbs: readonly Verb[] = [usersAdd, usersSet];
