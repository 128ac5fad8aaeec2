import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TOTP, Secret } from 'otpauth';
import { afterAll, describe, expect, test } from 'vitest';
import { createKeychainHome } from '../servers/keychain.ts';
import { hasProgram } from '../servers/sharedServers.ts';
import { temporaryFolder } from '../support/commands.ts';

const canRun = process.platform === 'linux' && hasProgram('dbus-run-session') && hasProgram('gnome-keyring-daemon');
const home = createKeychainHome();
const { folder, remove } = temporaryFolder('tokens');
afterAll(() => (home.remove(), remove()));

const script = join(import.meta.dirname, 'mfactlSession.ts');
const base32 = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const other = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
const codeAt = (secret: string, at: number) => new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: at });

interface Answer {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Each command is words, with what it reads from standard input behind `<`. All run in one session of the keychain. */
async function mfactl(...commands: string[]): Promise<Answer[]> {
  const list = commands.map((command) => {
    const [words = '', stdin = ''] = command.split(' < ');
    return { args: words.split(' '), stdin };
  });
  const { stdout, stderr } = await home.run('unlocked', script, [JSON.stringify(list)], { MFA_DATA_DIR: join(folder, 'data') });
  expect(stdout, stderr).not.toBe('');
  return JSON.parse(stdout) as Answer[];
}

function everyByte(path: string): Buffer {
  const files = readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Buffer.concat(files.map((file) => readFileSync(join(file.parentPath, file.name))));
}

describe.skipIf(!canRun)('mfactl tokens', { timeout: 120_000 }, () => {
  test('adds, assigns and verifies a token; a code is good once', async () => {
    const code = codeAt(base32, Date.now() + 30_000);
    const [anna, added, again, assigned, verified, replayed] = await mfactl(
      'users add anna --method oath',
      `tokens add A-1 --secret-stdin --manufacturer Acme < ${base32}`,
      `tokens add a-1 --secret-stdin < ${base32}`,
      'tokens assign a-1 ANNA',
      `verify anna --code-stdin < ${code}`,
      `verify anna --code-stdin < ${code}`,
    );

    expect(anna, anna?.err).toMatchObject({ code: 0 });
    expect(added).toMatchObject({ code: 0, out: 'Added A-1.\n' });
    expect(again).toMatchObject({ code: 1, err: expect.stringContaining('There is a token with the serial number A-1 already.') });
    expect(assigned).toMatchObject({ code: 0, out: 'A-1 belongs to anna.\n' });
    expect(verified, verified?.err).toMatchObject({ code: 0 });
    expect(replayed).toMatchObject({ code: 1 });
  });

  test('resynchronises, refuses a second owner, and removes only what it is told to', async () => {
    const ahead = Date.now() + 5 * 3600_000;
    const [wrong, resync, twice, kept, unassigned, removed] = await mfactl(
      `tokens resync A-1 --code-stdin < ${codeAt(base32, ahead)}`,
      `tokens resync A-1 --code-stdin --next-code-stdin < ${codeAt(base32, ahead)}\n${codeAt(base32, ahead + 30_000)}`,
      'users add bob --method oath',
      'tokens assign A-1 bob',
      'tokens remove A-1',
      'tokens unassign A-1',
    );

    expect(wrong).toMatchObject({ code: 1, err: expect.stringContaining('not a code of this token within an hour') });
    expect(resync).toMatchObject({ code: 0, out: expect.stringMatching(/^The clock of A-1 is 18,\d\d\d s ahead/) });
    expect(twice).toMatchObject({ code: 0 });
    expect(kept).toMatchObject({ code: 1, err: expect.stringContaining('The token belongs to anna. Unassign it there first.') });
    expect(unassigned).toMatchObject({ code: 2, err: expect.stringContaining('A-1  anna') });
    expect(removed).toMatchObject({ code: 0 });
  });

  test('changes a token, and says what cannot be', async () => {
    const [added, nothing, backwards, edited, shown] = await mfactl(
      `tokens add E-1 --secret-stdin < ${other}`,
      'tokens edit E-1',
      'tokens edit E-1 --start 2031-01-01 --expires 2030-01-01',
      'tokens edit e-1 --expires 2031-02-01 --model c200 --interval 60',
      'tokens list --search E-1 --json',
    );

    expect(added, added?.err).toMatchObject({ code: 0 });
    expect(nothing).toMatchObject({ code: 2, err: expect.stringContaining('Say what is to be changed') });
    expect(backwards).toMatchObject({ code: 1, err: expect.stringContaining('The token expires before it starts.') });
    expect(edited, edited?.err).toMatchObject({ code: 0, out: 'Changed E-1.\n' });
    expect(JSON.parse(shown?.out ?? '')).toMatchObject({
      rows: [{ serial: 'E-1', model: 'c200', interval: 60, startsAt: null, expiresAt: Date.UTC(2031, 1, 1) }],
    });
    const { id } = JSON.parse(shown?.out ?? '').rows[0];
    const [late] = await mfactl(`call tokens.edit ${JSON.stringify({ id, base: { model: 'c100' }, changes: { model: 'c300' } })}`);
    expect(late).toMatchObject({
      code: 1,
      err: expect.stringContaining('Somebody else changed the same fields of this token in the meantime.'),
    });
    await mfactl('tokens remove E-1');
  });

  test('imports a file, says what it skipped and why, and keeps a log', async () => {
    const file = join(folder, 'tokens.csv');
    const log = join(folder, 'log.csv');
    writeFileSync(
      file,
      `serial number,secret key,time interval,upn\nC1,${other},60,bob\na-1,${other},30,\nC2,${other.slice(0, 10)}0,30,\nC3,${other},30,nobody\n`,
    );
    const [dry, imported, list, again] = await mfactl(
      `tokens import ${file} --dry-run`,
      `tokens import ${file} --log ${log}`,
      'tokens list --json',
      `tokens import ${file}`,
    );

    expect(dry?.out).toContain('Preview: nothing was written. 2 tokens would be added, 2 skipped.');
    expect(imported, imported?.err).toMatchObject({ code: 0, out: expect.stringContaining('Added 2 tokens, skipped 2.') });
    expect(imported?.out).toContain('row 4 (C2): Column secret key: Character 11 of the secret key, “0”, is not Base32');
    const { rows, count } = JSON.parse(list?.out ?? '') as { rows: { serial: string; user: { username: string } | null }[]; count: number };
    expect(count).toBe(3);
    expect(rows.map(({ serial, user }) => [serial, user?.username])).toEqual([
      ['A-1', undefined],
      ['C1', 'bob'],
      ['C3', undefined],
    ]);
    expect(again?.out).toContain('Added 0 tokens, skipped 4.');
    expect(readFileSync(log, 'utf8')).toContain('5,C3,added,There is no user nobody; the token is not assigned.\r\n');
  });

  test('leaves no secret in clear in the data folder, the log or the audit', () => {
    const bytes = everyByte(join(folder, 'data'));
    expect(bytes.length).toBeGreaterThan(100_000);
    for (const secret of [base32, other]) {
      const raw = Buffer.from(Secret.fromBase32(secret).bytes);
      for (const form of [secret, raw, raw.toString('base64'), raw.toString('hex')]) expect(bytes.includes(form)).toBe(false);
    }
  });
});
