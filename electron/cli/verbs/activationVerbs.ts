import { readFile, writeFile } from 'node:fs/promises';
import type { GroupChoice, GroupRef } from '../../../shared/activation/protocol.ts';
import { retold, withAdvice } from '../withAdvice.ts';
import { activationText } from '../activationText.ts';
import { isAppError } from '../../../shared/contract/errors.ts';
import { readPassword } from '../password.ts';
import { text } from '../text.ts';
import { textOption, UsageError, type ConsoleClient, type Verb, type VerbCall, type VerbOutput } from '../verb.ts';

/** For scripts that cannot pipe. */
const passwordVariable = 'MFA_ACTIVATION_PASSWORD';
/** As the original offered it. */
const defaultGroup = 'Default';

/** Which group to join: the one that was named, else the only one, else a new one. Throws UsageError where it is not clear. */
export function groupWish(call: VerbCall, groups: readonly GroupRef[]): GroupChoice {
  const created = textOption(call, 'new-group');
  if (created !== undefined) return { newGroup: created };
  const wanted = textOption(call, 'group');
  if (wanted === undefined && groups.length === 0) return { newGroup: defaultGroup };
  const found = wanted === undefined ? groups : groups.filter(({ name }) => name.toLowerCase() === wanted.toLowerCase());
  const [only, ...others] = found;
  if (only && others.length === 0) return { groupId: only.id };
  throw new UsageError(activationText.whichGroup(groups.map(({ name }) => name)));
}

/** The request of a server without any connection. */
async function writeRequest(call: VerbCall, name: string): Promise<VerbOutput> {
  const authorityUrl = textOption(call, 'authority');
  if (authorityUrl === undefined) throw new UsageError(activationText.requestNeedsAuthority);
  const { file } = await call.client.activation.requestByFile({ authorityUrl });
  await writeFile(name, file, { flag: 'wx' });
  return { json: { file: name }, text: activationText.requested(name) };
}

/** Says what to do about a certificate that nobody has vouched for. */
async function withTrust(error: unknown, client: ConsoleClient, authorityUrl: string): Promise<never> {
  if (!isAppError(error, 'authority-unknown')) throw error;
  const { authorityUrl: trusted } = await client.activation.look({ authorityUrl });
  throw retold(error, `${error.message} ${activationText.trust(trusted)}`);
}

const activate: Verb = {
  name: 'activate',
  usage:
    '--authority URL (--email E --password-stdin [--group NAME | --new-group NAME] [--replace] | --request-file FILE) | --answer-file FILE',
  summary: 'Activates this server with credentials of an activation authority, and joins or creates a group.',
  details: activationText.activateDetails(passwordVariable),
  example:
    'mfactl activate --authority https://mfa1.corp.example:8463#sha256=… --email k7q2m9xp@activation --password-stdin < password.txt',
  options: {
    authority: { type: 'string' },
    email: { type: 'string' },
    'password-stdin': { type: 'boolean' },
    group: { type: 'string' },
    'new-group': { type: 'string' },
    replace: { type: 'boolean' },
    'request-file': { type: 'string' },
    'answer-file': { type: 'string' },
  },
  positionals: { min: 0, max: 0 },
  run: (call) => activateNow(call).catch(withAdvice),
};

async function activateNow(call: VerbCall): Promise<VerbOutput> {
  const { client } = call;
  const [requestName, answerName] = [textOption(call, 'request-file'), textOption(call, 'answer-file')];
  if (requestName !== undefined) return writeRequest(call, requestName);
  if (answerName !== undefined) {
    const accepted = await client.activation.acceptFile({ file: await readFile(answerName, 'utf8') });
    return { json: accepted, text: activationText.state(accepted) };
  }
  if (call.options['group'] && call.options['new-group']) throw new UsageError('Give either --group or --new-group.');
  const [authorityUrl, email] = [textOption(call, 'authority'), textOption(call, 'email')];
  let state = await client.activation.state(null);
  const isJoining = authorityUrl === undefined && state.phase === 'activated';
  if (!isJoining) {
    if (authorityUrl === undefined || email === undefined) {
      throw new UsageError(state.phase === 'joined' ? activationText.isJoined(state) : text.usage(activate));
    }
    const password = await readPassword(call, passwordVariable);
    if (!password) throw new UsageError(text.passwordNeeded(passwordVariable));
    const replace = call.options['replace'] === true;
    const input = { authorityUrl, email, password: password.reveal(), replace };
    state = await client.activation.activate(input).catch((error: unknown) => withTrust(error, client, authorityUrl));
  }
  state = await client.activation.join(groupWish(call, state.activation?.groups ?? []));
  return { json: state, text: activationText.state(state) };
}

const deactivate: Verb = {
  name: 'deactivate',
  usage: '[--even-if-away]',
  summary: 'Leaves the group and the authority, and forgets the keys of this server.',
  details: activationText.deactivateDetails,
  example: 'mfactl deactivate',
  options: { 'even-if-away': { type: 'boolean' } },
  positionals: { min: 0, max: 0 },
  async run({ client, options }) {
    const state = await client.activation.deactivate({ evenIfAway: options['even-if-away'] === true }).catch(withAdvice);
    return { json: state, text: activationText.state(state) };
  },
};

export const activationVerbs: readonly Verb[] = [activate, deactivate];
