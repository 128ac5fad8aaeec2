import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { createKeychainHome } from '../servers/keychain.ts';
import { hasProgram } from '../servers/sharedServers.ts';
import { temporaryFolder } from '../support/commands.ts';

const canRun = process.platform === 'linux' && hasProgram('dbus-run-session') && hasProgram('gnome-keyring-daemon');
const home = createKeychainHome();
const { folder, remove } = temporaryFolder('second-factors');
afterAll(() => {
  home.remove();
  remove();
});

const script = join(import.meta.dirname, 'mfactlScript.ts');

/** A process of its own for each command, in a session with a keychain. */
async function mfactl(words: readonly string[], stdin = '') {
  const argument = JSON.stringify({ words: [...words, '--json'], stdin });
  const { stdout, stderr } = await home.run('unlocked', script, [argument], { MFA_DATA_DIR: folder });
  expect(stdout, stderr).not.toBe('');
  return JSON.parse(stdout) as { code: number | null; out: string; err: string };
}

// In this order: each command finds what the one before it left.
describe.skipIf(!canRun)('mfactl with PINs', () => {
  test('checks a PIN, with the reason as a code and as a sentence', async () => {
    expect(await mfactl(['pin', 'check', '--pin-stdin', '--phone', '913-488-4271'], '2749\n')).toMatchObject({ code: 0 });
    const refused = await mfactl(['pin', 'check', '--pin-stdin', '--phone', '913-488-4271'], '4884\n');
    expect(refused.code).toBe(1);
    expect(JSON.parse(refused.err)).toMatchObject({ code: 'pin-refused', details: { reasons: 'phone' } });
    expect(refused.err).not.toContain('4884');
    expect(JSON.parse((await mfactl(['pin', 'generate'])).out)).toEqual({ pin: expect.stringMatching(/^\d{4}$/) as string });
  });

  test('verifies a PIN and counts wrong ones across processes', async () => {
    const user = { username: 'anna', phone: '+19134884271', method: 'call', mode: 'pin', pin: '2749', mustChangePin: false };
    expect(await mfactl(['call', 'users.add', '-'], JSON.stringify(user))).toMatchObject({ code: 0 });

    const right = await mfactl(['verify', 'ANNA', '--pin-stdin'], '2749\n');
    expect(JSON.parse(right.err)).toMatchObject({
      code: 'not-verified',
      details: { outcome: 'not-verified', reason: 'needs-phone-service' },
    });
    for (const attemptsLeft of [4, 3, 2, 1, 0]) {
      const wrong = await mfactl(['verify', 'anna', '--pin-stdin'], '0000\n');
      expect(JSON.parse(wrong.err)).toMatchObject({ details: { reason: 'incorrect-pin', attemptsLeft } });
    }
    expect(JSON.parse((await mfactl(['verify', 'anna', '--pin-stdin'], '2749\n')).err)).toMatchObject({ details: { reason: 'locked' } });
    expect(await mfactl(['verify', 'unlock', 'anna'])).toMatchObject({ code: 0 });
  }, 120_000);

  test('starts a bypass that one sign-in uses up', async () => {
    expect(await mfactl(['bypass', 'start', 'anna', '--seconds', '1801', '--reason', 'x'])).toMatchObject({ code: 2 });
    expect(await mfactl(['bypass', 'start', 'anna', '--reason', 'lost phone'])).toMatchObject({ code: 0 });
    expect(JSON.parse((await mfactl(['bypass', 'list'])).out)).toMatchObject({
      bypasses: [{ username: 'anna', seconds: 300, reason: 'lost phone' }],
    });

    expect(JSON.parse((await mfactl(['verify', 'anna'])).out)).toMatchObject({ outcome: 'succeeded', reason: 'bypassed' });
    expect(JSON.parse((await mfactl(['verify', 'anna'])).err)).toMatchObject({ details: { reason: 'pin-missing' } });
    expect(JSON.parse((await mfactl(['bypass', 'revoke', 'anna'])).out)).toEqual({ revoked: 0 });
  }, 120_000);

  test('keeps questions, and no secret in the audit log', async () => {
    const { id } = JSON.parse((await mfactl(['questions', 'add', 'Nickname?', '--language', 'en'])).out) as { id: number };
    const answers = { user: { username: 'anna' }, answers: [{ questionId: id, answer: 'Rumpelstilzchen' }] };
    expect(await mfactl(['call', 'questions.setAnswers', '-'], JSON.stringify(answers))).toMatchObject({ code: 0 });
    expect(JSON.parse((await mfactl(['questions', 'remove', String(id)])).out)).toEqual({ answersRemoved: 1 });

    const { out } = await mfactl(['audit', '--limit', '100']);
    expect(out).toContain('bypasses.start');
    expect(out).toContain('lost phone');
    expect(out).toContain('questions.setAnswers');
    for (const secret of ['2749', 'Rumpelstilzchen', '0000'])
      expect(out.replaceAll(/"(ref|at)": ("[^"]*"|\d+)/g, '')).not.toContain(secret);
  }, 120_000);
});
