import { AppError } from '../../../shared/contract/errors.ts';
import { readSecretLines } from '../secretLines.ts';
import { text } from '../text.ts';
import { textOption, textOptions, UsageError, type Verb, type VerbCall } from '../verb.ts';

function subjectFrom(call: VerbCall) {
  const username = textOption(call, 'user');
  return { user: username === undefined ? undefined : { username }, phones: textOptions(call, 'phone') };
}

const subjectOptions = { user: { type: 'string' }, phone: { type: 'string', multiple: true } } as const;

const pinCheck: Verb = {
  name: 'pin check',
  usage: '--pin-stdin [--user USERNAME | --phone NUMBER…]',
  summary: 'Tells whether a PIN keeps the PIN rules of a user, or those of the company. Exit code 1 when it does not.',
  example: 'mfactl pin check --pin-stdin --phone 913-488-4271 < pin.txt',
  options: { 'pin-stdin': { type: 'boolean' }, ...subjectOptions },
  positionals: { min: 0, max: 0 },
  async run(call) {
    const { 'pin-stdin': pin } = await readSecretLines(call, ['pin-stdin']);
    if (!pin) throw new UsageError(text.usage(pinCheck));
    const answer = await call.client.pins.check({ ...subjectFrom(call), pin: pin.reveal() });
    if (!answer.accepted) {
      const reasons = answer.problems.map(({ reason }) => reason).join(',');
      throw new AppError('pin-refused', answer.problems.map(({ message }) => message).join('\n'), { details: { reasons } });
    }
    return { json: answer, text: text.pinAccepted };
  },
};

const pinGenerate: Verb = {
  name: 'pin generate',
  usage: '[--user USERNAME | --phone NUMBER…]',
  summary: 'Prints a random PIN that keeps the PIN rules and is not weak. It is not stored.',
  example: 'mfactl pin generate --user anna.miller@corp.example',
  options: subjectOptions,
  positionals: { min: 0, max: 0 },
  async run(call) {
    const answer = await call.client.pins.generate(subjectFrom(call));
    return { json: answer, text: answer.pin };
  },
};

export const pinVerbs: readonly Verb[] = [pinCheck, pinGenerate];
