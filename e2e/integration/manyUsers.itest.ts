import { mkdtempSync, rmSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'many-users-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Result {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A process of its own for each command, as in a script. */
function mfactl(...words: string[]): Promise<Result> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, 'dist', 'cli.js'), ...words], {
      env: { ...process.env, MFA_DATA_DIR: join(folder, 'data') },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk) => (out += String(chunk)));
    child.stderr.on('data', (chunk) => (err += String(chunk)));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, out, err }));
  });
}

const show = async (username: string) => JSON.parse((await mfactl('users', 'show', username, '--json')).out) as Record<string, unknown>;

describe('users by script', () => {
  it('are added and changed', async () => {
    expect(
      await mfactl('users', 'add', 'anna@corp.test', '--first', 'Anna', '--phone', '425-555-0100 x890', '--group', 'Sales'),
    ).toMatchObject({
      code: 0,
      out: expect.stringContaining('Saved anna@corp.test.'),
    });
    expect(await mfactl('users', 'add', 'ANNA@corp.test', '--json')).toMatchObject({
      code: 1,
      err: expect.stringContaining('"code":"username-taken"'),
    });
    expect(await mfactl('users', 'add', 'bob@corp.test', '--phone', '42')).toMatchObject({
      code: 1,
      err: expect.stringContaining('phone-not-valid'),
    });
    expect(await mfactl('users', 'add', 'bob@corp.test', '--method', 'app', '--group', 'Sales')).toMatchObject({
      out: expect.stringContaining('Missing: app'),
    });
    expect(await mfactl('users', 'set', 'ANNA@corp.test', '--last', 'Miller', '--language-call', 'de')).toMatchObject({ code: 0 });
    expect(await show('anna@corp.test')).toMatchObject({
      lastName: 'Miller',
      phone: '+14255550100',
      extension: '890',
      languages: { call: 'de' },
      revision: 2,
    });
    const { out } = await mfactl('users', 'show', 'anna@corp.test');
    expect(out).toMatch(/^Phone +\+14255550100 ext\. 890$/m);
    expect(out).toMatch(/^Phone call language +de$/m);
    expect(out).toMatch(/^When disabled +as Company Settings say$/m);
    expect(
      await mfactl('users', 'list', '--columns', 'backupPhone,USERGROUP,name', '--where', 'group:Sales', '--sort', 'name'),
    ).toMatchObject({
      out: expect.stringMatching(/^Backup phone +User group +Name\n[- ]+\n +Sales +Miller, Anna\n +Sales\n2 of 2 users\.$/m),
    });
    expect(await mfactl('users', 'list', '--columns', 'shoe size')).toMatchObject({ code: 2, err: expect.stringContaining('shoe size') });
  });

  it('are changed by a filter, after a look at how many it would be', async () => {
    const edit = ['users', 'edit', '--where', 'group:Sales', '--set', 'enabled=no', '--set', 'group=IT'];

    expect(await mfactl(...edit, '--dry-run')).toMatchObject({ code: 0, out: expect.stringContaining('2 of 2 users would change') });
    expect(await show('bob@corp.test')).toMatchObject({ enabled: true });
    expect(await mfactl(...edit)).toMatchObject({ code: 0, out: expect.stringContaining('Done: 2 users.') });
    expect(await show('bob@corp.test')).toMatchObject({ enabled: false, userGroup: 'IT' });
    expect((await mfactl('users', 'show', 'bob@corp.test')).out).toMatch(/^Enabled +no, since \d{4}-.+Z by .+ in job [-0-9a-f]+$/m);
    expect(await mfactl('users', 'enable', 'bob@corp.test')).toMatchObject({ code: 0 });
    expect(await show('bob@corp.test')).toMatchObject({ enabled: true });
    expect(await mfactl('users', 'edit', '--set', 'enabled=no')).toMatchObject({ code: 2 });
  });

  it('are removed and restored, unless somebody has their name', async () => {
    expect(await mfactl('users', 'remove', 'anna@corp.test', 'nobody')).toMatchObject({ code: 1, err: expect.stringContaining('nobody') });
    expect(await mfactl('users', 'remove', 'anna@corp.test')).toMatchObject({ code: 0, out: expect.stringContaining('Done: 1 user.') });
    expect(await mfactl('users', 'show', 'anna@corp.test')).toMatchObject({ code: 1 });
    expect((await mfactl('users', 'removed')).out).toContain('anna@corp.test');
    await mfactl('users', 'add', 'Anna@corp.test');

    expect(await mfactl('users', 'restore', 'anna@corp.test')).toMatchObject({
      code: 1,
      err: expect.stringContaining('The username belongs to Anna@corp.test now'),
    });

    await mfactl('users', 'set', 'Anna@corp.test', '--username', 'anna2@corp.test');
    expect(await mfactl('users', 'restore', 'anna@corp.test')).toMatchObject({ code: 0 });
    expect(await show('anna@corp.test')).toMatchObject({ lastName: 'Miller', phone: '+14255550100' });
  });

  it('get and lose tags, which can be merged and removed', async () => {
    const tagsOf = async () => JSON.parse((await mfactl('tags', 'list', '--json')).out) as { tags: { name: string; users: number }[] };
    expect(await mfactl('tags', 'add', 'vip', '--color', 'pink')).toMatchObject({ code: 2 });
    expect(await mfactl('tags', 'add', 'vip', '--color', 'gold', '--description', 'Handle with care')).toMatchObject({ code: 0 });
    expect(await mfactl('tags', 'add', 'VIP')).toMatchObject({ code: 1, err: expect.stringContaining('There is already a tag') });
    await mfactl('tags', 'add', 'pilot');

    expect(await mfactl('users', 'set', 'anna@corp.test', '--tag', 'Vip')).toMatchObject({ code: 0 });
    expect(await mfactl('users', 'add', 'tagged@corp.test', '--tag', 'vip', '--tag', 'pilot')).toMatchObject({ code: 0 });
    expect(await mfactl('users', 'add', 'other@corp.test', '--tag', 'nope')).toMatchObject({
      code: 1,
      err: expect.stringContaining('nope'),
    });
    expect((await tagsOf()).tags).toMatchObject([
      { name: 'pilot', users: 1 },
      { name: 'vip', users: 2 },
    ]);
    expect(await mfactl('tags', 'assign', 'pilot', '--where', 'tag:vip')).toMatchObject({ code: 0 });
    expect((await mfactl('users', 'list', '--where', 'tag:pilot')).out).toContain('2 of 2 users.');
    expect(await mfactl('tags', 'unassign', 'pilot', 'anna@corp.test')).toMatchObject({ code: 0 });
    expect(await mfactl('tags', 'merge', 'pilot', '--into', 'vip')).toMatchObject({ code: 0, out: expect.stringContaining('1 user had') });
    expect(await mfactl('tags', 'remove', 'vip')).toMatchObject({ code: 0, out: expect.stringContaining('2 users had') });
    expect((await mfactl('users', 'list', '--where', 'tag:none')).out).not.toContain(' 0 users.');
    expect((await tagsOf()).tags).toEqual([]);
  }, 60_000);

  it('leave an entry in the audit log for each command, with what was before', async () => {
    const { entries } = JSON.parse((await mfactl('audit', '--json')).out) as { entries: { what: string; details: unknown }[] };

    const found = entries.map(({ what }) => what);
    for (const what of ['users.add', 'users.edit', 'users.editMany', 'users.remove', 'users.restore']) expect(found).toContain(what);
    expect(
      JSON.stringify(entries.find(({ what, details }) => what === 'users.edit' && JSON.stringify(details).includes('Miller'))),
    ).toContain('before');
  });
});
