import type { Implementation } from '../../../shared/contract/define.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import type { pinsContract } from '../../../shared/contract/pins.contract.ts';
import type { UserRef } from '../../../shared/contract/userRef.ts';
import { Secret } from '../../../shared/lib/secret.ts';
import { generatePin } from '../../../shared/pins/generatePin.ts';
import { effectivePinRules, type OwnPinRules } from '../../../shared/pins/pinRules.ts';
import type { Call } from '../../runtime/call.ts';
import type { PinPorts, PinSubject } from './pinPorts.ts';
import type { PinPreparer } from './pinPreparer.ts';
import { pinProblemText } from './pinTexts.ts';

export interface PinServicePorts extends Pick<PinPorts, 'company' | 'dialledDigits' | 'createPhoneParser' | 'randomDigit'> {
  readonly preparer: Pick<PinPreparer, 'problems'>;
  /** Null when there is no such user. */
  findUser(user: UserRef, signal: AbortSignal): Promise<(PinSubject & { readonly id: number }) | null>;
}

const noRules: OwnPinRules = { canChange: null, minLength: null, preventWeak: null, expirationDays: null, history: null };

/** Answers what makes a good PIN. What PINs are set with is createPinPreparer. */
export function createPinService(ports: PinServicePorts): Implementation<typeof pinsContract, Call> {
  async function subjectOf(user: UserRef | undefined, { signal }: Call): Promise<PinSubject> {
    if (!user) return { id: null, phone: '', backupPhone: '', pinRules: noRules };
    const found = await ports.findUser(user, signal);
    if (found) return found;
    const name = 'username' in user ? user.username : String(user.id);
    throw new AppError('not-found', `There is no user ${name}.`, { details: { user: name } });
  }

  /** A national number is meant as the company's country dials it. */
  function digitsOf(phones: readonly string[]): string[] {
    const parse = ports.createPhoneParser(ports.company().defaultCountry);
    return phones.flatMap((phone) => ports.dialledDigits(parse(phone)?.e164 ?? phone));
  }

  const rulesOf = ({ pinRules }: PinSubject) => effectivePinRules(pinRules, ports.company().pinRules);

  return {
    async rules({ user }, call) {
      return rulesOf(await subjectOf(user, call));
    },

    async check({ pin, user, phones }, call) {
      const subject = await subjectOf(user, call);
      const rules = rulesOf(subject);
      const reasons = await ports.preparer.problems(subject, new Secret(pin), digitsOf(phones));
      return { accepted: reasons.length === 0, problems: reasons.map((reason) => ({ reason, message: pinProblemText(reason, rules) })) };
    },

    async generate({ user, phones }, call) {
      const subject = await subjectOf(user, call);
      const digits = [...digitsOf(phones), ...[subject.phone, subject.backupPhone].flatMap(ports.dialledDigits)];
      return { pin: generatePin(rulesOf(subject).minLength, digits, ports.randomDigit) };
    },
  };
}
