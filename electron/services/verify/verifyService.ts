import type { Implementation } from '../../../shared/contract/define.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import type { UserRef } from '../../../shared/contract/userRef.ts';
import type { Method } from '../../../shared/contract/users.contract.ts';
import type { verifyContract, VerifyReason, VerifyResult, VerifyStep } from '../../../shared/contract/verify.contract.ts';
import { Secret } from '../../../shared/lib/secret.ts';
import { effectivePinRules, pinExpiresAt } from '../../../shared/pins/pinRules.ts';
import { needsPin } from '../../../shared/users/completeness.ts';
import type { Call } from '../../runtime/call.ts';
import { createAttemptLimit } from './attemptLimit.ts';
import type { CodeVerdict, VerifiedUser, VerifyPorts } from './verifyPorts.ts';
import { verifyTexts } from './verifyTexts.ts';

type Extras = Partial<Pick<VerifyResult, 'attemptsLeft' | 'lockedUntil' | 'tokenSerial'>>;

const reasonOfVerdict: Readonly<Record<Exclude<CodeVerdict['result'], 'accepted'>, VerifyReason>> = {
  wrong: 'incorrect-code',
  'already-used': 'code-already-used',
  expired: 'token-expired',
  'not-started': 'token-not-started',
  'no-token': 'no-method',
};

/** Services that this server does not have yet. */
const reasonOfMethod: Readonly<Record<Exclude<Method, 'oath'>, VerifyReason>> = {
  call: 'needs-phone-service',
  text: 'needs-text-service',
  app: 'needs-app-service',
};

/** Verifies second factors in the order in which a sign-in does (reference §2.5, §6.4). */
export function createVerifyService(ports: VerifyPorts): Implementation<typeof verifyContract, Call> {
  const { now } = ports;
  const limit = createAttemptLimit(ports.attempts, now);

  async function existing(ref: UserRef, { signal }: Call): Promise<VerifiedUser> {
    const user = await ports.findUser(ref, signal);
    if (user) return user;
    const name = 'username' in ref ? ref.username : String(ref.id);
    throw new AppError('not-found', `There is no user ${name}.`, { details: { user: name } });
  }

  /** Looks at a secret while it counts as an attempt; `wrong` says whether somebody may have guessed. */
  async function attempt<T>(
    userId: number,
    look: () => Promise<T>,
    isRight: (seen: T) => boolean | null,
  ): Promise<{ seen: T | null; extras: Extras }> {
    const permit = limit.begin(userId);
    if (!permit.allowed) return { seen: null, extras: { attemptsLeft: 0, lockedUntil: permit.lockedUntil } };
    try {
      const seen = await look();
      const right = isRight(seen);
      if (right === true) permit.accept();
      if (right === null) permit.giveBack();
      return { seen, extras: right === false ? permit.refuse() : {} };
    } catch (error) {
      permit.giveBack();
      throw error;
    }
  }

  async function checkPin(
    user: VerifiedUser,
    pin: string | undefined,
    record: string,
  ): Promise<{ reason: VerifyReason | null; extras: Extras }> {
    if (pin === undefined) return { reason: 'pin-missing', extras: {} };
    const { seen, extras } = await attempt(
      user.id,
      () => ports.matchesPin(new Secret(pin), record),
      (matches) => matches,
    );
    if (seen === null) return { reason: 'locked', extras };
    if (!seen) return { reason: 'incorrect-pin', extras };
    if (user.mustChangePin) return { reason: 'pin-change-required', extras };
    const expiresAt = pinExpiresAt(user.pin.setAt ?? 0, effectivePinRules(user.pinRules, ports.company().pinRules));
    return { reason: expiresAt !== null && expiresAt <= now() ? 'pin-expired' : null, extras };
  }

  async function checkCode(user: VerifiedUser, code: string | undefined): Promise<{ reason: VerifyReason; extras: Extras }> {
    if (code === undefined) return { reason: 'code-missing', extras: {} };
    const { seen, extras } = await attempt(
      user.id,
      () => ports.checkCode(user.id, code, now()),
      ({ result }) => (result === 'accepted' ? true : result === 'wrong' || result === 'already-used' ? false : null),
    );
    if (seen === null) return { reason: 'locked', extras };
    const reason = seen.result === 'accepted' ? 'oath-code' : reasonOfVerdict[seen.result];
    return { reason, extras: { ...extras, tokenSerial: seen.serial ?? '' } };
  }

  async function verify(
    ref: UserRef,
    { code, pin }: { code?: string | undefined; pin?: string | undefined },
    call: Call,
  ): Promise<VerifyResult> {
    const steps: VerifyStep[] = [];
    const end = (outcome: VerifyResult['outcome'], reason: VerifyReason, extras: Extras = {}): VerifyResult => ({
      ...{ outcome, reason, message: verifyTexts[reason], steps },
      ...{ attemptsLeft: null, lockedUntil: null, tokenSerial: '', ...extras },
    });
    const did = (step: VerifyStep['step'], state: VerifyStep['state']) => void steps.push({ step, state });

    const user = await ports.findUser(ref, call.signal);
    did('user', user && (user.enabled || whenDisabled(user) === 'succeed') ? 'passed' : 'failed');
    if (!user) return end('denied', 'user-not-found');
    if (!user.enabled) return whenDisabled(user) === 'succeed' ? end('succeeded', 'disabled-succeeded') : end('denied', 'user-disabled');

    if (await ports.useBypass(user.id, now())) {
      did('bypass', 'passed');
      return end('succeeded', 'bypassed');
    }
    const { lockedUntil } = limit.state(user.id);
    if (lockedUntil !== null) return end('denied', 'locked', { attemptsLeft: 0, lockedUntil });

    if (needsPin(user.mode)) {
      const record = ports.pinRecord(user.id);
      if (record === null) {
        did('pin', 'failed');
        return end('denied', 'no-method');
      }
      const { reason, extras } = await checkPin(user, pin, record);
      did('pin', reason === null ? 'passed' : 'failed');
      if (reason !== null) return end('denied', reason, extras);
    }

    if (user.method === 'oath') {
      const { reason, extras } = await checkCode(user, code);
      did('code', reason === 'oath-code' ? 'passed' : 'failed');
      return end(reason === 'oath-code' ? 'succeeded' : 'denied', reason, extras);
    }
    if (user.missing.length > 0) {
      did(user.method, 'failed');
      return end('denied', 'no-method');
    }
    did(user.method, 'not-possible');
    return end('not-verified', reasonOfMethod[user.method]);
  }

  const whenDisabled = (user: VerifiedUser) => user.whenDisabled ?? ports.company().whenDisabled;

  return {
    async check({ user, ...secrets }, call) {
      const result = await verify(user, secrets, call);
      call.note({ outcome: result.outcome, reason: result.reason });
      return result;
    },
    async state({ user }, call) {
      const { id } = await existing(user, call);
      return { ...limit.state(id), bypass: ports.openBypass(id, now()) };
    },
    async unlock({ user }, call) {
      const { id, username } = await existing(user, call);
      call.note({ username, before: limit.state(id) });
      limit.forget(id);
      return null;
    },
  };
}
