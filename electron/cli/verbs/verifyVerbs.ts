import { AppError } from '../../../shared/contract/errors.ts';
import { readSecretLines } from '../secretLines.ts';
import { text } from '../text.ts';
import type { Verb } from '../verb.ts';

const verify: Verb = {
  name: 'verify',
  usage: 'USERNAME [--code-stdin] [--pin-stdin]',
  summary:
    "Verifies a user's second factor as a sign-in does: the code, then the PIN, one a line on standard input. Exit code 1 unless it succeeded.",
  example: 'mfactl verify anna.miller@corp.example --code-stdin < code.txt',
  options: { 'code-stdin': { type: 'boolean' }, 'pin-stdin': { type: 'boolean' } },
  positionals: { min: 1, max: 1 },
  async run(call) {
    const { 'code-stdin': code, 'pin-stdin': pin } = await readSecretLines(call, ['code-stdin', 'pin-stdin']);
    const [username = ''] = call.positionals;
    const result = await call.client.verify.check({ user: { username }, code: code?.reveal(), pin: pin?.reveal() });
    const words = text.verified(result);
    if (result.outcome === 'succeeded') return { json: result, text: words };
    const { outcome, reason, attemptsLeft, lockedUntil } = result;
    throw new AppError('not-verified', words, {
      details: { outcome, reason, ...(attemptsLeft !== null && { attemptsLeft }), ...(lockedUntil !== null && { lockedUntil }) },
    });
  },
};

const verifyUnlock: Verb = {
  name: 'verify unlock',
  usage: 'USERNAME',
  summary: 'Forgets the wrong PINs and codes of a user, who may try again at once.',
  example: 'mfactl verify unlock anna.miller@corp.example',
  options: {},
  positionals: { min: 1, max: 1 },
  async run({ client, positionals: [username = ''] }) {
    await client.verify.unlock({ user: { username } });
    return { json: null, text: text.unlocked(username) };
  },
};

export const verifyVerbs: readonly Verb[] = [verify, verifyUnlock];
