import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { tokenFileLimits } from '../../../shared/contract/tokens.contract.ts';
import { Secret } from '../../../shared/lib/secret.ts';
import { openTestStore, testSealer } from '../../store/tokens/testing.ts';
import { createTokenImport, readTokenImportLog } from '../../store/tokens/tokenImport.ts';
import type { Call, JobDefinition } from '../../runtime/call.ts';
import { readTokenFile } from './files/readTokenFile.ts';
import { encryptedPskc } from './files/testing.ts';
import type { TokenFileReader } from './importPorts.ts';
import { createTokenImports } from './tokenImports.ts';

const seed = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const call: Call = {
  caller: { id: 'test', account: 'admin', access: new Set(['manage']) },
  signal: new AbortController().signal,
  ref: 'r',
  note: () => {},
};

let store: ReturnType<typeof openTestStore>;
let jobs: JobDefinition[];
let time: number;
let everyMinute: () => void;
let closed: number;

beforeEach(() => {
  store = openTestStore();
  [jobs, time, closed] = [[], Date.UTC(2026, 10, 27), 0];
});
afterEach(() => store.close());

/** The reader of a file, without its thread. */
function openReader(): TokenFileReader {
  let current: ReturnType<typeof createTokenImport> | undefined;
  return {
    async read({ name, bytes, password }) {
      current = createTokenImport(store.database, readTokenFile(bytes, password), name);
      return current.counts;
    },
    rows: async (window) => current!.rows(window),
    write: async ({ jobId, from }) => current!.write(jobId, from, testSealer, time),
    async close() {
      closed += 1;
    },
  };
}

function imports() {
  return createTokenImports({
    openReader,
    log: (jobId, window) => readTokenImportLog(store.database, jobId, window),
    jobs: { start: async (_call, job) => `job-${jobs.push(job)}` },
    sealerKey: async () => new Secret('key'),
    changed: () => {},
    newId: () => `file-${Math.random()}`,
    now: () => time,
    every: (_intervalMs, callback) => ((everyMinute = callback), () => {}),
  });
}

async function send({ methods }: ReturnType<typeof imports>, text: string, name = 'tokens.csv'): Promise<string> {
  const bytes = Buffer.from(text);
  const { importId } = await methods.openImport({ fileName: name, bytes: bytes.length }, call);
  for (let at = 0; at < bytes.length; at += 100)
    await methods.sendPart({ importId, content: bytes.subarray(at, at + 100).toString('base64') }, call);
  return importId;
}

function run(at: number, signal = new AbortController().signal) {
  return jobs[at]!.run({ jobId: `job-${at + 1}`, signal, progress: () => {}, itemsFailed: () => {}, itemsNoted: () => {} });
}

const all = { onlySkipped: false, offset: 0, limit: 100 };
const rowsOf = (lines: readonly string[]) => `serial number,secret key,upn\n${lines.join('\n')}\n`;
const count = () => store.database.prepare('SELECT count(*) AS n FROM oath_tokens').get()?.['n'];

it('previews without writing, then imports what was previewed and keeps a log without secrets', async () => {
  const anna = store.addUser('anna');
  const files = imports();
  const importId = await send(files, rowsOf([`A-1,${seed},ANNA`, `a-1,${seed},`, `A-2,${seed},nobody`, `A-3,${seed}0,`]));

  expect(await files.methods.readImport({ importId }, call)).toEqual({ file: 'tokens.csv', format: 'csv', total: 4, added: 2, skipped: 2 });
  const preview = await files.methods.importRows({ importId, ...all }, call);
  expect(preview.rows.map(({ serial, added, text }) => [serial, added, text])).toEqual([
    ['A-1', true, 'Assigned to ANNA.'],
    ['a-1', false, 'The serial number is in the file already (row 2).'],
    ['A-2', true, 'There is no user nobody; the token is not assigned.'],
    ['A-3', false, expect.stringContaining('is not Base32')],
  ]);
  expect(count()).toBe(0);

  const { jobId } = await files.methods.startImport({ importId }, call);
  await run(0);

  expect(count()).toBe(2);
  expect(store.user(anna)).toMatchObject({ has_token: 1, complete: 1 });
  const log = await files.methods.importLog({ jobId, ...all, onlySkipped: true }, call);
  expect(log.counts).toMatchObject({ total: 4, added: 2, skipped: 2 });
  expect(log.rows.map(({ serial }) => serial)).toEqual(['a-1', 'A-3']);
  expect(JSON.stringify([preview, log])).not.toContain(seed.slice(0, 8));
  // The file is forgotten with its secrets.
  expect(closed).toBe(1);
  await expect(files.methods.importRows({ importId, ...all }, call)).rejects.toMatchObject({ code: 'not-found' });
});

it('skips what came into the list since the preview', async () => {
  const files = imports();
  const [first, second] = [await send(files, rowsOf([`A-1,${seed},`])), await send(files, rowsOf([`A-1,${seed},`, `A-2,${seed},`]))];
  for (const importId of [first, second]) {
    await files.methods.readImport({ importId }, call);
    await files.methods.startImport({ importId }, call);
  }

  await run(0);
  await run(1);

  expect(count()).toBe(2);
  expect((await files.methods.importLog({ jobId: 'job-2', ...all }, call)).rows[0]).toMatchObject({
    added: false,
    text: 'There is a token with this serial number already.',
  });
});

it('asks for the password of an encrypted file, and again when it was wrong', async () => {
  const files = imports();
  const importId = await send(files, encryptedPskc, 'tokens.xml');

  await expect(files.methods.readImport({ importId }, call)).rejects.toMatchObject({ code: 'token-file-password-missing' });
  await expect(files.methods.readImport({ importId, password: 'qwertz' }, call)).rejects.toMatchObject({
    code: 'token-file-password-wrong',
  });
  await expect(files.methods.startImport({ importId }, call)).rejects.toMatchObject({ code: 'conflict' });
  expect(await files.methods.readImport({ importId, password: 'qwerty' }, call)).toMatchObject({ format: 'pskc', added: 1 });
});

it('expands no entities', async () => {
  const files = imports();
  const bomb = `<!DOCTYPE x [<!ENTITY a "${'x'.repeat(100)}"><!ENTITY b "&a;&a;&a;&a;">]>${encryptedPskc.slice(encryptedPskc.indexOf('?>') + 2)}`;
  const importId = await send(files, bomb, 'bomb.xml');

  await expect(files.methods.readImport({ importId }, call)).rejects.toMatchObject({ code: 'token-file-not-valid' });
});

it('keeps what a cancelled import had added, and says in the log how far it came', async () => {
  const files = imports();
  const importId = await send(files, rowsOf(Array.from({ length: 1_100 }, (_none, at) => `T-${at},${seed},`)));
  await files.methods.readImport({ importId }, call);
  const { jobId } = await files.methods.startImport({ importId }, call);
  const cancel = new AbortController();

  const running = jobs[0]!.run({
    jobId,
    signal: cancel.signal,
    progress: () => cancel.abort(new Error('cancelled')),
    itemsFailed: () => {},
    itemsNoted: () => {},
  });

  await expect(running).rejects.toThrow('cancelled');
  expect(count()).toBe(500);
  expect((await files.methods.importLog({ jobId, ...all }, call)).counts).toMatchObject({ total: 500, added: 500 });
});

it('refuses files that are too large, come in part, or are more than was announced', async () => {
  const { methods } = imports();

  await expect(methods.openImport({ fileName: 'x', bytes: tokenFileLimits.fileBytes + 1 }, call)).rejects.toMatchObject({
    code: 'token-file-too-large',
  });
  const { importId } = await methods.openImport({ fileName: 'x', bytes: 4 }, call);
  await methods.sendPart({ importId, content: Buffer.from('abc').toString('base64') }, call);
  await expect(methods.readImport({ importId }, call)).rejects.toMatchObject({ code: 'invalid-input' });
  await expect(methods.sendPart({ importId, content: Buffer.from('def').toString('base64') }, call)).rejects.toMatchObject({
    code: 'invalid-input',
  });
});

it('forgets a file that nobody imports after half an hour', async () => {
  const files = imports();
  const importId = await send(files, rowsOf([`A-1,${seed},`]));
  await files.methods.readImport({ importId }, call);

  time += 31 * 60_000;
  everyMinute();

  await vi.waitFor(() => expect(closed).toBe(1));
  await expect(files.methods.readImport({ importId }, call)).rejects.toMatchObject({ code: 'not-found' });
});
