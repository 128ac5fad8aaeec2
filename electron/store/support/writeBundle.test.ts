import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openStore } from '../storeFiles.ts';
import { writeBundle, type WriteBundle } from './writeBundle.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'support-'));
  const store = openStore(folder);
  const add = `(username, username_key, first_name, last_name, name_key, email, phone, method, mode, enabled, complete, created_at, updated_at`;
  store.users.exec(`
    INSERT INTO users ${add}) VALUES
      ('anna', 'anna', 'Anna', 'Miller', 'miller\tanna', 'anna.miller@corp.example', '+14255550123', 'call', 'standard', 1, 1, 1, 1),
      ('Öznur K', 'öznur k', '', '', '', '', '', 'call', 'standard', 1, 1, 1, 1);
    INSERT INTO removed_users ${add}, id, removed_at, removed_by) VALUES
      ('gone.bob', 'gone.bob', '', '', '', '', '', 'call', 'standard', 1, 1, 1, 1, 77, 1, 'root');`);
  for (const database of [store.users, store.mail, store.console]) database.close();
  mkdirSync(join(folder, 'logs'), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const { signal } = new AbortController();
const log = (...lines: readonly (string | object)[]) =>
  writeFileSync(
    join(folder, 'logs', 'headless.1.log'),
    lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join(''),
  );

async function bundle(options: Partial<WriteBundle> = {}) {
  const path = join(folder, 'bundle.zip');
  const entries = await writeBundle(
    {
      path,
      dataFolder: folder,
      files: [],
      withNames: false,
      salt: Buffer.alloc(32, 7).toString('base64'),
      known: [],
      home: '/home/anna',
      now: Date.parse('2026-11-27'),
      ...options,
    },
    signal,
  );
  const unpacked = Object.entries(unzipSync(readFileSync(path)));
  rmSync(path);
  expect(unpacked.map(([name, content]) => [name, content.length])).toEqual(entries.map(({ name, bytes }) => [name, bytes]));
  return Object.fromEntries(unpacked.map(([name, content]) => [name, Buffer.from(content).toString()]));
}
const all = (files: Record<string, string>) => Object.values(files).join('\n');

/** Each as somebody could have written it by mistake. */
const secrets = {
  pin: '274913',
  password: 'Correct-Horse!',
  mailPassword: 'relay pass word',
  oath: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ',
  hex: '3132333435363738393031323334353637383930',
  phrase: 'legal winner thank year wave sausage',
  code: '493021',
};

it('holds no secret, wherever one was written, with names or without', async () => {
  const { pin, password, mailPassword, oath, hex, phrase, code } = secrets;
  log(
    { time: '2026-11-27T08:00:00.000Z', level: 30, msg: `The PIN ${pin} was refused`, pin, newPin: Number(pin) },
    {
      msg: 'A call failed.',
      err: { message: `535 password=${password}`, stack: `Error: 535 password=${password}\n    at send (/app/x.js:1)` },
    },
    { msg: `the relay said ${mailPassword} is wrong`, nested: { relay: { password: mailPassword, list: [{ secretKey: oath }] } } },
    { msg: `key ${oath}, also ${hex}, otpauth://totp/x?secret=${oath}`, input: { code, answers: [phrase], recoveryPhrase: phrase } },
    `not JSON: recovery phrase: ${phrase}`,
    `{"torn": "passphrase \\"${password}\\" and code ${code}`,
    `GET /x?token=${hex}&session=${password} smtp://relay:${password}@mail.corp.example Authorization: Bearer ${oath}`,
  );
  const files = [
    { name: 'settings.json', part: 'settings', content: { email: { relay: { user: 'x', password: mailPassword, pin } } } },
    { name: 'audit.json', part: 'audit', content: [{ details: JSON.stringify({ input: { pin, secret: oath, phrase } }) }] },
  ] as const;

  for (const withNames of [false, true]) {
    const text = all(await bundle({ files, withNames, known: [mailPassword] }));
    for (const secret of Object.values(secrets)) expect(text).not.toContain(secret);
    expect(text).toContain('A call failed.');
  }
});

it('gives people and addresses the same pseudonym everywhere, and keeps what helps', async () => {
  log(
    {
      level: 40,
      service: 'users',
      method: 'get',
      ref: '1f0e-aa',
      msg: 'There is no user “ANNA” at 10.1.2.3.',
      user: 'anna',
      code: 'not-found',
    },
    { msg: 'Miller, Anna called +1 425 555 0123 from fe80::1:2; Öznur K and CORP\\anna, gone.bob.' },
    { msg: 'CN=Anna Miller,OU=Sales,DC=corp,DC=example cannot be read by anna.miller@corp.example' },
    { msg: 'x', err: { stack: 'Error: anna\n    at run (/home/anna/app/dist/anna.js:12:3)' } },
  );
  const files = [
    { name: 'jobs.json', part: 'jobs', content: [{ kind: 'import', startedBy: 'anna', subject: 'DC=corp,DC=example', done: 12 }] },
  ] as const;

  const first = await bundle({ files });
  const lines = first['logs/headless.1.log']!.split('\n');
  const person = (JSON.parse(lines[0]!) as { user: string }).user;

  expect(all(first)).not.toMatch(/\banna\b(?!\.js)|miller|öznur|gone\.bob|10\.1\.2\.3|fe80|555|sales|DC=corp/i);
  expect(person).toMatch(/^person-[\da-f]{10}$/);
  expect(lines[0]).toContain(`There is no user “${person}” at ip-`);
  expect(lines[0]).toContain('"service":"users","method":"get","ref":"1f0e-aa"');
  expect(lines[0]).toContain('"code":"not-found"');
  expect(lines[2]).toMatch(/"dn-[\da-f]{10} cannot be read by person-[\da-f]{10}"/);
  expect(lines[3]).toContain('at run (~/app/dist/anna.js:12:3)');
  expect(first['jobs.json']).toContain(`"startedBy": "${person}"`);
  expect(first['store.json']).toMatch(/"table": "users",\s*"rows": 2/);
  expect(await bundle({ files })).toEqual({ ...first, 'store.json': expect.any(String) });
  // Somebody else's salt, somebody else's pseudonyms.
  expect(all(await bundle({ files, salt: Buffer.alloc(32, 8).toString('base64') }))).not.toContain(person);

  expect(all(await bundle({ files, withNames: true }))).toContain('Miller, Anna called +1 425 555 0123');
});

it('can be read by its own account only, and leaves nothing behind where it fails', async () => {
  const path = join(folder, 'kept.zip');
  const request = {
    ...{ path, dataFolder: folder, files: [], withNames: true, known: [], home: '/home/anna', now: 0 },
    salt: Buffer.alloc(32, 7).toString('base64'),
  };
  await writeBundle(request, signal);
  expect(process.platform === 'win32' ? 0 : statSync(path).mode & 0o077).toBe(0);

  rmSync(path);
  await expect(writeBundle(request, AbortSignal.abort(new Error('ended')))).rejects.toThrow('ended');
  expect(existsSync(path)).toBe(false);
});

it('leaves the logs out where names cannot be found because the list of users is damaged', async () => {
  log({ msg: 'anna' });
  truncateSync(join(folder, 'users.db'), 100);
  writeFileSync(join(folder, 'users.db'), 'not a database at all, but long enough to be looked at'.repeat(100));
  rmSync(join(folder, 'users.db-wal'), { force: true });

  const files = await bundle();

  expect(Object.keys(files)).toEqual(['readme.txt', 'store.json']);
  expect(files['readme.txt']).toContain('These were left out.');
  expect(Object.keys(await bundle({ withNames: true }))).toContain('logs/headless.1.log');
});
