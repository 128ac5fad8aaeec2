import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';

const cli = join(import.meta.dirname, '..', '..', 'dist', 'cli.js');
let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'status-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const env = () => ({ ...process.env, MFA_DATA_DIR: join(folder, 'data') });
function mfactl(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], { env: env(), encoding: 'utf8' });
  return { status, stdout, stderr };
}

it('shows the state of the server, with the users counted', () => {
  expect(mfactl('users', 'add', 'anna', '--method', 'call').status).toBe(0);
  expect(mfactl('users', 'add', 'bob', '--method', 'call', '--phone', '+1 425 555 0100').status).toBe(0);

  const { status, stdout } = mfactl('status', '--json');

  expect(status).toBe(0);
  const overview = JSON.parse(stdout) as Record<string, unknown>;
  expect(overview).toMatchObject({ server: { host: 'command line' }, directory: { server: null, lastImport: null } });
  expect((overview['users'] as { methods: unknown[] }).methods[0]).toEqual({ method: 'call', complete: 1, incomplete: 1, disabled: 0 });
  expect((overview['findings'] as { kind: string }[]).map(({ kind }) => kind)).toContain('users-incomplete');
  expect(mfactl('status').stdout).toMatch(/users-incomplete\s+1/);
});

it('finds in the log what an error message named', () => {
  const failed = mfactl('users', 'show', 'nobody', '--json');
  expect(failed.status).toBe(1);
  const { ref } = JSON.parse(failed.stderr) as { ref: string };

  const found = JSON.parse(mfactl('logs', '--ref', ref, '--json').stdout) as { lines: unknown[] };

  expect(found.lines).toEqual([expect.objectContaining({ level: 'warning', component: 'users', ref, host: 'command line' })]);
  expect(mfactl('logs', '--level', 'error', '--text', 'nobody').stdout).toContain('Nothing found.');
  expect(mfactl('logs', '--level', 'loud')).toMatchObject({ status: 2 });
});

it('works without a log where its folder cannot be one, and says so', () => {
  const data = join(folder, 'without a log');
  mkdirSync(data);
  writeFileSync(join(data, 'logs'), 'a file in its place');
  const there = (...args: string[]) => mfactl(...args, '--data-dir', data);

  expect(there('users', 'add', 'anna', '--method', 'call')).toMatchObject({ status: 0, stderr: '' });

  const { findings } = JSON.parse(there('status', '--json').stdout) as { findings: unknown[] };
  expect(findings).toContainEqual(expect.objectContaining({ kind: 'log-not-written', severity: 'warning' }));
  expect(there('logs').stdout).toContain('Nothing found.');
});

it('follows the log until it is interrupted', async () => {
  const following = spawn(process.execPath, [cli, 'logs', '--follow', '--json', '--text', 'not yet there'], { env: env() });
  const lines = createInterface(following.stdout)[Symbol.asyncIterator]();
  const next = lines.next();
  // Long enough for the first look, which must not find it.
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  mfactl('users', 'show', 'not yet there');

  const { value } = await next;

  expect(JSON.parse(value as string)).toMatchObject({ message: expect.stringContaining('not yet there') });
  following.kill('SIGINT');
  expect(await once(following, 'exit')).toEqual([0, null]);
});

it('prints hostile and huge lines of a log as one line each, which steers no terminal, also while it follows', async () => {
  const steering = '\u001B]0;owned\u0007\u001B[2J\r\u0000\u202Egnp';
  const file = join(folder, 'data', 'logs', 'headless.1.log');
  const entry = (msg: string) => `${JSON.stringify({ level: 50, time: new Date().toISOString(), msg })}\n`;
  const following = spawn(process.execPath, [cli, 'logs', '--follow', '--text', 'hostile'], { env: env() });
  let followed = '';
  following.stdout.setEncoding('utf8').on('data', (text: string) => (followed += text));
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  // As another program writes it: escaped, as it is, torn, and longer than anybody reads.
  appendFileSync(
    file,
    `${entry(`hostile ${steering} one`)}hostile ${steering} two\n{"level":50,"msg":"hostile torn\n${entry(`hostile ${'x'.repeat(300_000)}`)}`,
  );

  await vi.waitFor(() => expect(followed.split('\n').length).toBeGreaterThan(4), { timeout: 20_000 });
  following.kill('SIGINT');
  expect(await once(following, 'exit')).toEqual([0, null]);
  for (const text of [followed, mfactl('logs', '--text', 'hostile').stdout]) {
    expect(text.trimEnd().split('\n')).toHaveLength(4);
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  }
  rmSync(file);
});

it('goes on where saved settings cannot be read, and says which', () => {
  const data = join(folder, 'unreadable');
  const on = (...args: string[]) =>
    spawnSync(process.execPath, [cli, ...args], {
      env: { ...env(), MFA_DATA_DIR: data, DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent' },
      encoding: 'utf8',
    });
  expect(on('users', 'count').status).toBe(0);
  const database = new DatabaseSync(join(data, 'console.db'));
  const put = database.prepare('INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)');
  for (const name of ['directory', 'email', 'network', 'activation']) put.run(name, '{"from":"another version"}');
  database.close();

  const status = on('status');
  expect(status, status.stderr).toMatchObject({ status: 0, stdout: expect.stringContaining('Not activated.') });
  expect(status.stdout).toMatch(
    /settings-unreadable +The saved directory settings cannot be read.*The saved email settings cannot be read/,
  );
  expect(status.stdout).not.toContain('directory-missing');
  expect(on('firewall', 'targets')).toMatchObject({ status: 0, stdout: expect.stringContaining('pfd.phonefactor.net') });
  expect(on('check', '--only', 'requirements').stdout).toMatch(/fail +directory +The saved directory settings cannot be read/);
  expect(on('support-bundle', '--list').status).toBe(0);
});

it('writes a support bundle that names nobody, and never over a file', () => {
  const file = join(folder, 'bundle.zip');
  expect(mfactl('users', 'show', 'anna').status).toBe(0);
  expect(mfactl('users', 'show', 'annabel').status).toBe(1);
  mfactl('check', '--only', 'requirements');

  const listed = mfactl('support-bundle', '--list');
  expect(listed.stdout).toMatch(/logs\/command-line\.\d+\.log +[\d,]+ +The newest lines of a log file/);
  expect(existsSync(file)).toBe(false);
  const written = mfactl('support-bundle', file, '--json');
  expect(written, written.stderr).toMatchObject({ status: 0 });
  const { entries } = JSON.parse(written.stdout) as { entries: { name: string; bytes: number }[] };
  const unpacked = unzipSync(readFileSync(file));

  expect(Object.entries(unpacked).map(([name, { length }]) => [name, length])).toEqual(entries.map(({ name, bytes }) => [name, bytes]));
  const all = Object.values(unpacked)
    .map((content) => Buffer.from(content).toString())
    .join('\n');
  expect(all).toContain('"users.add"');
  expect(JSON.parse(Buffer.from(unpacked['requirements.json']!).toString())).toContainEqual(expect.objectContaining({ id: 'disk' }));
  expect(all).not.toMatch(/\banna\b|\bbob\b|425 ?555/);
  expect(mfactl('support-bundle', file)).toMatchObject({ status: 1, stderr: expect.stringContaining('The file exists.') });
  expect(mfactl('support-bundle')).toMatchObject({ status: 2 });
  expect(readdirSync(join(folder, 'data', 'exports'))).toEqual([]);
});
