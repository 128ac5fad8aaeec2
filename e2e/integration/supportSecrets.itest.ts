import { appendFileSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, expect, test } from 'vitest';
import { createKeychainHome } from '../servers/keychain.ts';
import { hasProgram } from '../servers/sharedServers.ts';
import { temporaryFolder } from '../support/commands.ts';

const canRun = process.platform === 'linux' && hasProgram('dbus-run-session') && hasProgram('gnome-keyring-daemon');
const home = createKeychainHome();
const { folder, remove } = temporaryFolder('support-secrets');
afterAll(() => {
  home.remove();
  remove();
});
const data = join(folder, 'data');

interface Command {
  readonly args: readonly string[];
  readonly stdin?: string;
}
interface Answer {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function mfactl(commands: readonly Command[]): Promise<Answer[]> {
  const script = join(import.meta.dirname, 'mfactlSession.ts');
  const { stdout, stderr } = await home.run('unlocked', script, [JSON.stringify(commands)], { MFA_DATA_DIR: data });
  expect(stdout, stderr).not.toBe('');
  return JSON.parse(stdout) as Answer[];
}

/** Odd enough for every way of quoting. */
const secrets = {
  directory: 'B1nd pass wörd',
  relay: 'relay,Pass;9',
  proxy: 'pr0xy"p\\w',
  pin: '739154',
  seed: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ',
  cookie: 'Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MA',
};

test.skipIf(!canRun)(
  'a support bundle holds no secret that this console was given, though each was logged by mistake',
  { timeout: 120_000 },
  async () => {
    const relay = [
      'email',
      'set',
      '--host',
      '127.0.0.1',
      '--port',
      '1',
      '--security',
      'starttls',
      '--user',
      'mfa',
      '--from',
      'mfa@corp.example',
    ];
    const where = ['--kind', 'openldap', '--url', 'ldaps://127.0.0.1:1', '--bind-dn', 'cn=svc', '--base-dn', 'dc=x'];
    const said = await mfactl([
      { args: ['directory', 'set', ...where, '--password-stdin'], stdin: secrets.directory },
      { args: [...relay, '--password-stdin'], stdin: secrets.relay },
      { args: ['firewall', 'proxy', '127.0.0.1:9', '--user', 'svc', '--password-stdin'], stdin: secrets.proxy },
      { args: ['users', 'add', 'anna@corp.example', '--method', 'call', '--mode', 'pin', '--pin-stdin'], stdin: secrets.pin },
      { args: ['call', 'tokens.add', JSON.stringify({ serial: 'S1', secret: secrets.seed, intervalSeconds: 30 })] },
      { args: ['authority', 'credentials', '--json'] },
      { args: ['authority', 'page', '--json'] },
    ]);
    for (const { code, err } of said) expect(code, err).toBe(0);
    // What fails says why, with what it was given at hand.
    const failed = await mfactl([
      { args: ['directory', 'test'] },
      { args: ['email', 'test', '--to', 'a@corp.example'] },
      { args: ['check'] },
    ]);
    for (const { code } of failed) expect(code).toBe(1);

    const { password } = JSON.parse(said[5]!.out) as { password: string };
    const { code: pageCode } = JSON.parse(said[6]!.out) as { code: string };
    const all = { ...secrets, activation: password, pageCode };
    const log = readdirSync(join(data, 'logs')).find((name) => name.endsWith('.log'))!;
    const lines = [
      { msg: `Bind of cn=svc with ${secrets.directory} failed`, at: [secrets.relay, { deep: `x ${secrets.proxy} y` }] },
      { msg: 'refused', err: { message: `535 5.7.8 ${secrets.relay}`, stack: `Error: ${secrets.proxy}\n    at send (file.js:1:1)` } },
      { msg: `The PIN ${secrets.pin} is wrong`, pin: secrets.pin, details: JSON.stringify({ newPin: secrets.pin }) },
      { msg: `otpauth://totp/x?secret=${secrets.seed}`, seed: secrets.seed, note: `key ${secrets.seed}` },
      { msg: `Activation password ${password}`, body: JSON.stringify({ email: 'x@activation', password }) },
      { msg: `GET /sign-in?code=${pageCode}`, headers: { cookie: `session=${secrets.cookie}` }, raw: `Cookie: session=${secrets.cookie}` },
    ];
    appendFileSync(
      join(data, 'logs', log),
      lines.map((line) => `${JSON.stringify({ level: 50, time: new Date().toISOString(), ...line })}\n`).join(''),
    );
    appendFileSync(join(data, 'logs', log), `not JSON: ${secrets.directory} / ${secrets.relay} / ${secrets.proxy}\n`);

    for (const [name, ...more] of [['without.zip'], ['with.zip', '--with-names']] as const) {
      const [written] = await mfactl([{ args: ['support-bundle', join(folder, name), ...more] }]);
      expect(written!.code, written!.err).toBe(0);
      const files = Object.entries(unzipSync(readFileSync(join(folder, name))));
      expect(files.map(([file]) => file)).toContain(`logs/${log}`);
      for (const [file, bytes] of files) {
        const content = Buffer.from(bytes).toString();
        for (const [kind, secret] of Object.entries(all)) {
          const forms = [
            secret,
            JSON.stringify(secret).slice(1, -1),
            JSON.stringify(JSON.stringify(secret)).slice(3, -3),
            Buffer.from(secret).toString('base64'),
          ];
          for (const form of forms) expect(content.includes(form), `${file} of ${name} has ${kind}`).toBe(false);
        }
        expect(content).not.toContain('PRIVATE KEY');
      }
    }
  },
);
