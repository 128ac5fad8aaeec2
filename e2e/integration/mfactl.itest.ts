import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { paneHelp } from '../../renderer/i18n/en/paneHelp.ts';

const root = join(import.meta.dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'mfactl-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Result {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A process of its own for each command, as in a script: what one saved, the next one finds. */
function mfactl(args: string, { stdin = '', dataFolder = join(folder, 'data'), checkout = root } = {}): Promise<Result> {
  const words = args.match(/'[^']*'|\S+/g)?.map((word) => word.replaceAll("'", '')) ?? [];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(checkout, 'dist', 'cli.js'), ...words], {
      env: { ...process.env, MFA_DATA_DIR: dataFolder },
    });
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk) => (out += String(chunk)));
    child.stderr.on('data', (chunk) => (err += String(chunk)));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, out, err }));
    child.stdin.end(stdin);
  });
}

async function json<T = Record<string, unknown>>(args: string): Promise<T> {
  const { code, out, err } = await mfactl(`${args} --json`);
  expect(err).toBe('');
  expect(code).toBe(0);
  return JSON.parse(out) as T;
}

describe('mfactl on the sample directory', () => {
  beforeAll(async () => {
    expect(await mfactl('directory sample')).toMatchObject({ code: 0, out: expect.stringContaining('DC=contoso,DC=example') });
  });

  it('shows the tree, groups and people', async () => {
    expect((await mfactl('directory tree')).out).toContain('OU=Sales,DC=contoso,DC=example');
    expect((await mfactl('directory tree --under OU=Sales,DC=contoso,DC=example')).out).toContain('OU=EMEA,OU=Sales,DC=contoso,DC=example');
    expect((await mfactl('directory groups')).out).toMatch(/Read \d+ entries, complete/);
    expect(await json('directory find a --limit 5')).toMatchObject({
      people: expect.any(Array),
      read: { complete: false, cutBy: 'display-limit' },
    });
  });

  it('tests connection and login', async () => {
    const { code, out } = await mfactl('directory test');

    expect(out).toMatch(/ok\s+bind/);
    expect(code).toBe(0);
  });

  it('previews without writing, then imports the same', async () => {
    const request = 'import --from DC=contoso,DC=example --phone mobile';
    const preview = await json<{ state: string; counts: Record<string, number>; read: object }>(`${request} --dry-run`);
    expect(preview).toMatchObject({ state: 'preview', read: { complete: true } });
    expect(await json('users count')).toEqual({ count: 0 });

    const applied = await json<{ state: string; counts: Record<string, number> }>(`${request} --report ${join(folder, 'report.csv')}`);

    expect(applied).toMatchObject({ state: 'applied', counts: preview.counts });
    expect(applied.counts['add']).toBeGreaterThan(200);
    expect(await json('users count')).toEqual({ count: applied.counts['add'] });
    const lines = readFileSync(join(folder, 'report.csv'), 'utf8').split('\r\n');
    expect(lines[0]).toMatch(/username/i);
    expect(lines.length).toBeGreaterThan(applied.counts['add']!);
  });

  it('has numbers in foreign digits, and the first of several that can be dialled', async () => {
    const phoneOf = async (name: string) => {
      const { rows } = await json<{ rows: { phone: string; phoneValid: boolean }[] }>(`users list --search ${name}`);
      return rows.map(({ phone, phoneValid }) => [phone, phoneValid]);
    };

    expect(await phoneOf('phone.arabic')).toEqual([['+61491570158', true]]);
    expect(await phoneOf('several.mobiles')).toEqual([['+61491570156', true]]);
  });

  it('finds nothing to do the second time', async () => {
    const again = await json<{ counts: Record<string, number> }>('import --from DC=contoso,DC=example --phone mobile --update');

    expect(again.counts).toMatchObject({ add: 0, update: 0 });
    expect(again.counts['unchanged']).toBeGreaterThan(200);
  });

  it('lists, sorts and shows users', async () => {
    const { rows } = await json<{ rows: { username: string; lastName: string }[] }>('users list --sort name:desc --limit 3');
    expect(rows).toHaveLength(3);
    expect(await json(`users show '${rows[0]!.username.toUpperCase()}'`)).toMatchObject({
      username: rows[0]!.username,
      origin: { kind: 'import' },
    });
    expect(await mfactl('users show nobody --json')).toMatchObject({ code: 1, err: expect.stringContaining('"code":"not-found"') });
  });

  it('keeps jobs and an audit log without any secret', async () => {
    const { jobs } = await json<{ jobs: { id: string; kind: string; state: string }[] }>('jobs');
    expect(jobs.map(({ kind, state }) => `${kind} ${state}`)).toEqual(expect.arrayContaining(['import done', 'import-preview done']));
    expect(await json(`jobs show ${jobs[0]!.id}`)).toMatchObject({ job: { id: jobs[0]!.id } });
    const { entries } = await json<{ entries: { what: string }[] }>('audit');
    expect(entries.map(({ what }) => what)).toEqual(expect.arrayContaining(['directory.useSample', 'imports.preview', 'imports.start']));
  });

  it('calls any procedure', async () => {
    expect(JSON.parse((await mfactl(`call users.count '{"search":"contoso"}'`)).out)).toMatchObject({ count: expect.any(Number) });
    expect(JSON.parse((await mfactl('call users.list -', { stdin: '{"limit":1}' })).out)).toMatchObject({ rows: [expect.anything()] });
    expect(await mfactl('call users.drop')).toMatchObject({ code: 1, err: expect.stringContaining('There is no procedure users.drop') });
    expect(await mfactl(`call users.list '{"limit":0}' --json`)).toMatchObject({
      code: 1,
      err: expect.stringContaining('"code":"invalid-input"'),
    });
    expect(await mfactl(`call users.list '{'`)).toMatchObject({ code: 2 });
  });

  it('points at the error in a filter and reads nothing', async () => {
    const { code, err } = await mfactl(`import --from DC=contoso,DC=example --filter '(&(a=b)' --json`);

    expect(code).toBe(1);
    expect(JSON.parse(err)).toMatchObject({ code: 'filter-malformed', details: { position: expect.any(Number) } });
  });
});

describe('mfactl', () => {
  it('finds what ships with it in a checkout whose window was never built', async () => {
    const checkout = join(folder, 'checkout');
    const ofThePage = join(root, 'dist', 'renderer');
    cpSync(join(root, 'dist'), join(checkout, 'dist'), {
      recursive: true,
      filter: (file) => file !== ofThePage && basename(file) !== '.compiled',
    });
    cpSync(join(root, 'package.json'), join(checkout, 'package.json'));
    for (const shared of ['assets', 'node_modules']) symlinkSync(join(root, shared), join(checkout, shared));
    const fresh = { checkout, dataFolder: join(folder, 'no-window') };

    expect(await mfactl('directory sample', fresh)).toMatchObject({
      code: 0,
      err: '',
      out: expect.stringContaining('DC=contoso,DC=example'),
    });
    expect(await mfactl('email templates', fresh)).toMatchObject({ code: 0, err: '', out: expect.stringContaining('call-pin-new-user') });
  });

  it('says with exit code 2 when the words are wrong', async () => {
    expect(await mfactl('fly')).toMatchObject({ code: 2, out: '' });
    expect(await mfactl('import')).toMatchObject({ code: 2, err: expect.stringContaining('--from') });
    expect(await mfactl('users list --sort colour')).toMatchObject({ code: 2 });
    expect(await mfactl('directory set --kind ad --url ldaps://dc1 --base-dn DC=a --bind-dn x')).toMatchObject({
      code: 2,
      err: expect.stringContaining('--password-stdin'),
    });
  });

  it('says what to do when no directory is configured', async () => {
    const fresh = { dataFolder: join(folder, 'fresh') };

    expect(await mfactl('directory tree --json', fresh)).toMatchObject({
      code: 1,
      err: expect.stringContaining('"code":"directory-not-configured"'),
    });
    expect(await mfactl('import --from DC=x --json', fresh)).toMatchObject({
      code: 1,
      err: expect.stringContaining('"code":"directory-not-configured"'),
    });
  });

  it('says so when the data folder cannot be used', async () => {
    writeFileSync(join(folder, 'file'), '');

    const { code, err } = await mfactl('users count --json', { dataFolder: join(folder, 'file', 'data') });

    expect(code).toBe(1);
    expect(JSON.parse(err)).toMatchObject({ code: 'folder-not-writable' });
  });

  it('explains every verb', async () => {
    expect(await mfactl('help')).toMatchObject({ code: 0, out: expect.stringContaining('directory set') });
    expect(await mfactl('help import')).toMatchObject({ code: 0, out: expect.stringContaining('Example:') });
    expect(await mfactl('users list --help')).toMatchObject({ code: 0, out: expect.stringContaining('--sort') });
  });

  it('knows every verb that the help of a pane names', async () => {
    const { out } = await mfactl('help');
    const known = out.split('\n').map((line) => line.trim());
    for (const verb of Object.values(paneHelp).flatMap(({ verbs }) => verbs)) {
      expect(
        known.filter((line) => line.startsWith(`${verb} `)),
        verb,
      ).not.toEqual([]);
    }
  });
});
