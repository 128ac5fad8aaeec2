import { DatabaseSync } from 'node:sqlite';
import { beforeEach, describe, expect, it } from 'vitest';
import { defaultCompanySettings } from '../../../shared/contract/companySettings.ts';
import { createAttemptRepository } from '../../store/console/attemptRepository.ts';
import type { ConsoleSchema } from '../../store/console/schema.ts';
import { failedAttempts } from '../../store/migrations/0002_attempts.ts';
import { createTypedQueries } from '../../store/typedQueries.ts';
import type { Call } from '../../runtime/call.ts';
import type { CodeVerdict, VerifiedUser, VerifyPorts } from './verifyPorts.ts';
import { createVerifyService } from './verifyService.ts';

const user = { username: 'anna' };
const call: Call = {
  caller: { id: '', account: 'admin', access: new Set() },
  signal: new AbortController().signal,
  ref: '',
  note: () => {},
};
const noRules = { canChange: null, minLength: null, preventWeak: null, expirationDays: null, history: null };
const anna: VerifiedUser = {
  ...{ id: 1, username: 'anna', enabled: true, whenDisabled: null, mustChangePin: false, missing: [], pinRules: noRules },
  ...{ method: 'call', mode: 'pin', pin: { setAt: 0, isInitial: false } },
};
const token: Partial<VerifiedUser> = { method: 'oath', mode: 'token' };
const minute = 60_000;

let at: number;
let database: DatabaseSync;
beforeEach(() => {
  at = 1_000_000;
  database = new DatabaseSync(':memory:');
  database.exec(failedAttempts);
});

/** The PIN is 2749, the code 123456. Everything else is as the test says. */
function serve(who: Partial<VerifiedUser> | null, more: Partial<VerifyPorts> = {}) {
  return createVerifyService({
    findUser: async () => who && { ...anna, ...who },
    company: () => defaultCompanySettings,
    pinRecord: () => 'record',
    matchesPin: async (pin) => pin.reveal() === '2749',
    checkCode: async (_id, code) => ({ result: code === '123456' ? 'accepted' : 'wrong', serial: 'T1' }),
    useBypass: async () => false,
    openBypass: () => null,
    attempts: createAttemptRepository(createTypedQueries<ConsoleSchema>(database)),
    now: () => at,
    ...more,
  });
}

describe('a second factor', () => {
  it('succeeds with the code of a token', async () => {
    expect(await serve(token).check({ user, code: '123456' }, call)).toMatchObject({
      ...{ outcome: 'succeeded', reason: 'oath-code', tokenSerial: 'T1', attemptsLeft: null },
      steps: [
        { step: 'user', state: 'passed' },
        { step: 'code', state: 'passed' },
      ],
    });
  });

  it.each<[CodeVerdict['result'], string]>([
    ['wrong', 'incorrect-code'],
    ['already-used', 'code-already-used'],
    ['expired', 'token-expired'],
    ['not-started', 'token-not-started'],
    ['no-token', 'no-method'],
  ])('is denied for a code that is %s', async (result, reason) => {
    const answer = await serve(token, { checkCode: async () => ({ result }) }).check({ user, code: '1' }, call);

    expect(answer).toMatchObject({ outcome: 'denied', reason });
  });

  it.each([
    ['call', 'needs-phone-service'],
    ['text', 'needs-text-service'],
    ['app', 'needs-app-service'],
  ] as const)('says for %s which service is not there, once the PIN is right', async (method, reason) => {
    const mode = method === 'text' ? 'one-way-otp-pin' : 'pin';

    expect(await serve({ method, mode }).check({ user, pin: '2749' }, call)).toMatchObject({
      ...{ outcome: 'not-verified', reason },
      steps: [{ step: 'user' }, { step: 'pin', state: 'passed' }, { step: method, state: 'not-possible' }],
    });
    expect(await serve({ method, mode }).check({ user, pin: '2748' }, call)).toMatchObject({ outcome: 'denied', reason: 'incorrect-pin' });
    expect(await serve({ method, mode }).check({ user }, call)).toMatchObject({ outcome: 'denied', reason: 'pin-missing' });
  });

  it('is denied where something is missing', async () => {
    expect(await serve({}, { pinRecord: () => null }).check({ user, pin: '2749' }, call)).toMatchObject({ reason: 'no-method' });
    expect(await serve({ mode: 'standard', missing: ['phone'] }).check({ user }, call)).toMatchObject({ reason: 'no-method' });
    expect(await serve(token).check({ user }, call)).toMatchObject({ reason: 'code-missing' });
    expect(await serve(null).check({ user }, call)).toMatchObject({ outcome: 'denied', reason: 'user-not-found' });
  });

  it('does not tell a PIN that must be changed or has expired from a wrong one before it is right', async () => {
    const old = { pinRules: { ...noRules, expirationDays: 1 }, pin: { setAt: at, isInitial: false } };
    expect(await serve({ mustChangePin: true }).check({ user, pin: '2749' }, call)).toMatchObject({ reason: 'pin-change-required' });
    expect(await serve({ mustChangePin: true }).check({ user, pin: '2748' }, call)).toMatchObject({ reason: 'incorrect-pin' });
    expect(await serve(old).check({ user, pin: '2749' }, call)).toMatchObject({ outcome: 'not-verified' });
    at += 86_400_000;
    expect(await serve(old).check({ user, pin: '2749' }, call)).toMatchObject({ reason: 'pin-expired' });
  });

  it('of a disabled user follows his own rule, else the company, which is safe by default', async () => {
    const off = { enabled: false };
    expect(await serve(off).check({ user }, call)).toMatchObject({ outcome: 'denied', reason: 'user-disabled' });
    expect(await serve({ ...off, whenDisabled: 'succeed' }).check({ user }, call)).toMatchObject({ reason: 'disabled-succeeded' });
    const lax = { company: () => ({ ...defaultCompanySettings, whenDisabled: 'succeed' as const }) };
    expect(await serve(off, lax).check({ user }, call)).toMatchObject({ outcome: 'succeeded', reason: 'disabled-succeeded' });
    expect(await serve({ ...off, whenDisabled: 'fail' }, lax).check({ user }, call)).toMatchObject({ reason: 'user-disabled' });
  });

  it('is not needed where a bypass is open, which a disabled user cannot use up', async () => {
    let used = 0;
    const useBypass = async () => ++used > 0;

    expect(await serve({}, { useBypass }).check({ user }, call)).toMatchObject({ outcome: 'succeeded', reason: 'bypassed' });
    expect(await serve({ enabled: false }, { useBypass }).check({ user }, call)).toMatchObject({ reason: 'user-disabled' });
    expect(used).toBe(1);
  });
});

describe('guessing', () => {
  async function fail(times: number, service = serve({})) {
    for (let i = 0; i < times; i++) await service.check({ user, pin: '0000' }, call);
  }

  it('ends after five wrong ones in a row, for 15 minutes, though the sixth is right and the console was started anew', async () => {
    await fail(4);
    expect(await serve({}).check({ user, pin: '0000' }, call)).toMatchObject({ attemptsLeft: 0, lockedUntil: at + 15 * minute });

    expect(await serve({}).check({ user, pin: '2749' }, call)).toMatchObject({ reason: 'locked', lockedUntil: at + 15 * minute });
    at += 15 * minute;
    expect(await serve({}).check({ user, pin: '2749' }, call)).toMatchObject({ outcome: 'not-verified' });
    expect(await serve({}).state({ user }, call)).toMatchObject({ failures: 0, lockedUntil: null });
  });

  it('is told how many are left', async () => {
    expect(await serve({}).check({ user, pin: '0000' }, call)).toMatchObject({ attemptsLeft: 4, lockedUntil: null });
    expect(await serve(token).check({ user, code: '000000' }, call)).toMatchObject({ attemptsLeft: 3 });
  });

  it('takes twice as long after every further five, and at most a day', async () => {
    const locks: number[] = [];
    for (let round = 0; round < 9; round++) {
      await fail(5);
      const { lockedUntil } = await serve({}).state({ user }, call);
      locks.push((lockedUntil! - at) / minute);
      at = lockedUntil!;
    }
    expect(locks).toEqual([15, 30, 60, 120, 240, 480, 960, 1440, 1440]);
  });

  it('many times at once gets no more guesses', async () => {
    let looked = 0;
    const service = serve({}, { matchesPin: async () => (await Promise.resolve(), looked++, false) });

    const answers = await Promise.all(Array.from({ length: 20 }, () => service.check({ user, pin: '0000' }, call)));

    expect(looked).toBe(5);
    expect(answers.filter(({ reason }) => reason === 'locked')).toHaveLength(15);
  });

  it('is not counted where nobody could tell', async () => {
    const broken = serve({}, { matchesPin: () => Promise.reject(new Error('keychain')) });
    await fail(5);
    at += 15 * minute;

    await expect(broken.check({ user, pin: '2749' }, call)).rejects.toThrow('keychain');

    expect(await serve({}).state({ user }, call)).toMatchObject({ failures: 5, lockedUntil: null });
  });

  it('can be forgiven by an administrator', async () => {
    await fail(5);
    await serve({}).unlock({ user }, call);

    expect(await serve({}).check({ user, pin: '2749' }, call)).toMatchObject({ outcome: 'not-verified' });
  });
});
