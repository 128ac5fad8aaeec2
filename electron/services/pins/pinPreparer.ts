import { AppError } from '../../../shared/contract/errors.ts';
import { Secret } from '../../../shared/lib/secret.ts';
import { generatePin } from '../../../shared/pins/generatePin.ts';
import { findPinProblems } from '../../../shared/pins/pinProblems.ts';
import { effectivePinRules, type OwnPinRules, type PinProblem } from '../../../shared/pins/pinRules.ts';
import type { PinAssignment, PinPorts, PinSubject, PreparedPin } from './pinPorts.ts';
import { pinProblemText } from './pinTexts.ts';

/** So many users get their PINs in one transaction; about a second of hashing, which is what a cancel or a crash may lose. */
const usersATime = 32;

export interface PinPreparer {
  /** What is wrong with a PIN for this user, reuse included; empty when it may be used. `digits`: of more phones (see dialledDigits). */
  problems(subject: PinSubject, pin: Secret, digits?: readonly string[]): Promise<PinProblem[]>;
  /**
   * Checks and hashes a PIN that somebody chose. Takes some 50 ms and more where old PINs count; call it before the transaction
   * that writes it (`store/pins/writePins.ts`). One that
   * is mailed is sealed until then, and has to be changed. Throws `pin-refused` (`details.reasons`: codes of PinProblem, comma-separated),
   * `keychain-unavailable`, `keychain-locked`.
   */
  prepare(subject: PinSubject, pin: Secret, isMailed?: boolean): Promise<PreparedPin>;
  /**
   * A random PIN for each of these users who exists, hashed, and sealed until it is mailed. It is not held against old ones: it has to be
   * changed anyway. `rules` are those that they are going to have.
   */
  prepareInitial(userIds: readonly number[], rules: Partial<OwnPinRules>, signal?: AbortSignal): Promise<PinAssignment[]>;
  /**
   * Gives all these users a random PIN, some at a time, each user completely or not at all. About 30 users a second and core.
   * Rejects with the signal's reason when it aborts. Answers who got none: another PIN was set meanwhile, or he is gone.
   */
  assignInitial(userIds: readonly number[], job: { signal: AbortSignal; progress(done: number): void }): Promise<number[]>;
}

/** What a sealed initial PIN is bound to: its own hash, so that it can be told from the PIN that comes after it. */
export const initialContext = (record: string): string => `initial pin ${record}`;

export function createPinPreparer(ports: PinPorts): PinPreparer {
  const { store, hashes } = ports;
  const rulesOf = ({ pinRules }: PinSubject) => effectivePinRules(pinRules, ports.company().pinRules);
  const digitsOf = ({ phone, backupPhone }: PinSubject) => [phone, backupPhone].flatMap(ports.dialledDigits);
  const recordsOf = ({ id }: PinSubject) => (id === null ? { current: null, earlier: [] } : store.records(id));

  async function wasUsed(pin: Secret, subject: PinSubject, history: number): Promise<boolean> {
    const { current, earlier } = recordsOf(subject);
    const kept = [...(current === null ? [] : [current]), ...earlier].slice(0, history);
    for (const record of kept) {
      if (await hashes.matches('pin', pin, record, 'now')) return true;
    }
    return false;
  }

  async function problems(subject: PinSubject, pin: Secret, digits: readonly string[] = []): Promise<PinProblem[]> {
    const rules = rulesOf(subject);
    const found = findPinProblems(pin.reveal(), rules, [...digits, ...digitsOf(subject)]);
    // What breaks another rule is refused anyway, and was hardly used before.
    return found.length === 0 && (await wasUsed(pin, subject, rules.history)) ? ['history'] : found;
  }

  async function randomPin(subject: PinSubject, signal?: AbortSignal): Promise<PreparedPin> {
    const { minLength, history } = rulesOf(subject);
    const pin = new Secret(generatePin(minLength, digitsOf(subject), ports.randomDigit));
    const sealer = await ports.sealer();
    const basedOn = recordsOf(subject).current;
    const record = await hashes.hash('pin', pin, 'later', signal);
    return { record, initial: sealer.seal(initialContext(record), pin), basedOn, history };
  }

  const prepareInitial: PinPreparer['prepareInitial'] = (userIds, rules, signal) =>
    Promise.all(
      store.subjects(userIds).map(async (subject) => {
        const pinRules = { ...subject.pinRules, ...rules };
        return { userId: subject.id, pin: await randomPin({ ...subject, pinRules }, signal) };
      }),
    );

  return {
    problems,

    async prepare(subject, pin, isMailed = false) {
      const rules = rulesOf(subject);
      const basedOn = recordsOf(subject).current;
      const found = await problems(subject, pin);
      if (found.length > 0) {
        throw new AppError('pin-refused', found.map((problem) => pinProblemText(problem, rules)).join(' '), {
          details: { reasons: found.join(','), minLength: rules.minLength },
        });
      }
      const record = await hashes.hash('pin', pin, 'now');
      const initial = isMailed ? (await ports.sealer()).seal(initialContext(record), pin) : null;
      return { record, initial, basedOn, history: rules.history };
    },

    prepareInitial,

    async assignInitial(userIds, { signal, progress }) {
      const missed: number[] = [];
      for (let start = 0; start < userIds.length; start += usersATime) {
        const ids = userIds.slice(start, start + usersATime);
        const pins = await prepareInitial(ids, {}, signal);
        signal.throwIfAborted();
        const written = new Set(await store.write(pins, ports.now(), signal));
        missed.push(...ids.filter((id) => !written.has(id)));
        progress(start + ids.length);
      }
      return missed;
    },
  };
}
