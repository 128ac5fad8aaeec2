import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createKeychainHome } from '../servers/keychain.ts';
import { hasProgram } from '../servers/sharedServers.ts';
import { temporaryFolder } from '../support/commands.ts';

const canRun = process.platform === 'linux' && hasProgram('dbus-run-session') && hasProgram('gnome-keyring-daemon');
const home = createKeychainHome();
const { folder, remove } = temporaryFolder('activation');
afterAll(() => {
  home.remove();
  remove();
});

let answers: Record<string, { code: number; out: string; err: string }> = {};
const json = (step: string) => JSON.parse(answers[step]!.out) as never;

describe.skipIf(!canRun)('an authority and two servers', () => {
  beforeAll(async () => {
    const { stdout, stderr } = await home.run('unlocked', join(import.meta.dirname, 'activationScript.ts'), [folder]);
    expect(stdout, stderr).not.toBe('');
    answers = JSON.parse(stdout) as typeof answers;
  }, 180_000);

  test('start without an activation, and trust no authority that nobody vouched for', () => {
    expect(answers['before']).toMatchObject({ code: 0, out: expect.stringContaining('Not activated.') as string });
    expect(answers['unknown']).toMatchObject({ code: 1, err: expect.stringContaining('authority-unknown') as string });
    expect(answers['unknown']?.err).toMatch(/use https:\/\/127\.0\.0\.1:\d+#sha256=[0-9a-f]{64}/);
  });

  test('another process of the data folder makes a link to the web page that is served', () => {
    expect(answers['page'], answers['page']?.err).toMatchObject({ code: 0 });
    const { urls, code } = json('page') as { urls: string[]; code: string };
    expect(urls).toContainEqual(expect.stringMatching(new RegExp(`^https://127\\.0\\.0\\.1:\\d+/sign-in\\?code=${code}$`)));
  });

  test('the first becomes master of a new group, the second joins it', () => {
    expect(answers['first'], answers['first']?.err).toMatchObject({
      code: 0,
      out: expect.stringContaining('master of group Default') as string,
    });
    expect(json('firstStatus')).toMatchObject({ activation: { phase: 'joined', group: { name: 'Default', role: 'master' } } });
    expect(answers['taken']).toMatchObject({ code: 1, err: expect.stringContaining('group-taken') as string });
    expect(answers['second'], answers['second']?.err).toMatchObject({ code: 0 });
    // Somebody who is not sure gets the state and what could be wanted, not the words of the verb.
    expect(answers['joined']).toMatchObject({ code: 2, out: '' });
    expect(answers['joined']?.err).toMatch(/^Activated for .+, subordinate of group Default\. There is nothing left to do\. /);
    expect(answers['joined']?.err).toContain('give --replace');
    expect(json('secondStatus')).toMatchObject({
      activation: { group: { role: 'subordinate' }, members: [{ role: 'master' }, { role: 'subordinate' }], contact: { failure: null } },
    });
  });

  test('credentials work once, and a typing error is found before anything is sent', () => {
    expect(answers['mistyped']).toMatchObject({ code: 1, err: expect.stringContaining('credentials-mistyped') as string });
    expect(answers['again']).toMatchObject({ code: 1, err: expect.stringContaining('already-activated') as string });
    expect(answers['used']).toMatchObject({ code: 1, err: expect.stringContaining('credentials-used') as string });
    // Each with its next step.
    expect(answers['mistyped']?.err).toContain('No attempt was spent.');
    expect(answers['again']?.err).toContain('Add --replace');
    expect(answers['used']?.err).toContain('Generate new ones');
  });

  test('a renewed certificate works, a revoked server is refused and told so', () => {
    expect(answers['renewed'], answers['renewed']?.err).toMatchObject({ code: 0 });
    expect(answers['renewedStatus']?.out).toContain('subordinate of group Default.');
    expect(answers['serversTable']?.out).toMatch(/master +active/);
    expect(answers['revoke'], answers['revoke']?.err).toMatchObject({ code: 0 });
    expect(answers['revokeAgain']).toMatchObject({ code: 1, err: expect.stringContaining('not-found') as string });
    expect(answers['revokedAdd']).toMatchObject({ code: 1, err: expect.stringContaining('server-read-only') as string });
    expect(answers['revokedStatus']).toMatchObject({ code: 0, out: expect.stringContaining('certificate-revoked') as string });
  });

  test('a server leaves, is activated anew, and says when the authority is away', () => {
    expect(answers['left'], answers['left']?.err).toMatchObject({ code: 0 });
    expect(answers['leftStatus']?.out).toContain('Not activated.');
    expect(json('after')).toMatchObject([{ state: 'left' }, { state: 'revoked' }]);
    expect(answers['elsewhere'], answers['elsewhere']?.err).toMatchObject({
      code: 0,
      out: expect.stringContaining('master of group Branch') as string,
    });
    expect(answers['ended']).toMatchObject({ code: 0 });
    expect(answers['away']).toMatchObject({
      code: 0,
      out: expect.stringMatching(/Check the port, and that the authority runs there .*\(refused\)/) as string,
    });
    expect(answers['silent']).toMatchObject({
      code: 0,
      out: expect.stringContaining('The authority does not answer within 5 seconds.') as string,
    });
    expect(answers['awayDeactivate']).toMatchObject({ code: 1, err: expect.stringContaining('refused') as string });
    expect(answers['evenIfAway']).toMatchObject({ code: 0, out: expect.stringContaining('Not activated.') as string });
  });

  test('a server without any connection is activated by files, while nobody serves the authority', () => {
    for (const step of ['requested', 'signed', 'answered']) expect(answers[step], answers[step]?.err).toMatchObject({ code: 0 });
    expect(answers['answeredStatus']?.out).toMatch(/Activated for .+ by a file, subordinate of group Branch, until /);
  });

  test('nothing secret lies in the data folders in clear', () => {
    const { password } = json('credentials') as { password: string };
    const secrets = ['PRIVATE KEY', password, password.replaceAll('-', '')];
    for (const name of ['authority', 'one', 'two', 'island']) {
      for (const file of readdirSync(join(folder, name), { recursive: true, withFileTypes: true })) {
        if (!file.isFile()) continue;
        const content = readFileSync(join(file.parentPath, file.name), 'latin1');
        for (const secret of secrets) expect(content.includes(secret), `${file.name} has a secret`).toBe(false);
      }
    }
  });
});
