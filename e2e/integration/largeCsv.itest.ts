import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { root } from '../hosts/desktop.ts';

const folder = mkdtempSync(join(tmpdir(), 'large-csv-'));
const file = join(folder, 'people.csv');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const fileBytes = 200_000_000;
const header = 'username,first name,last name,phone,comment\n';
/** What the process of a whole mfactl takes at most; the file alone, as text, would be more. */
const mostMemoryBytes = 450_000_000;

/** The header, then parts until the file is large. Answers how many parts. */
function writeLargeFile(part: (index: number) => string, first = ''): number {
  const handle = openSync(file, 'w');
  writeSync(handle, header + first);
  let bytes = 0;
  let parts = 0;
  for (; bytes < fileBytes; parts += 1) bytes += writeSync(handle, part(parts));
  closeSync(handle);
  expect(statSync(file).size).toBeGreaterThan(fileBytes);
  return parts;
}

const rowsOfPart = 5000;
function rows(part: number): string {
  const local = (row: number) => String(row % 10_000).padStart(4, '0');
  return Array.from({ length: rowsOfPart }, (_, at) => part * rowsOfPart + at)
    .map((row) => `user${row}@large.test,Ann,"Smith, ${row}",+1 425 555 ${local(row)},${'comment '.repeat(44)}\n`)
    .join('');
}

/** One mfactl with the most memory that its process had, in bytes; 0 where the system does not tell. */
async function mfactl(...words: string[]) {
  const child = spawn(process.execPath, [join(root, 'dist', 'cli.js'), ...words], {
    env: { ...process.env, MFA_DATA_DIR: join(folder, 'data') },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, err, memoryBytes] = ['', '', 0];
  child.stdout.on('data', (chunk) => (out += String(chunk)));
  child.stderr.on('data', (chunk) => (err += String(chunk)));
  const watch = setInterval(() => {
    if (process.platform !== 'linux') return;
    const peak = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1];
    memoryBytes = Math.max(memoryBytes, Number(peak ?? 0) * 1024);
  }, 100);
  child.once('exit', () => clearInterval(watch));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out, err, memoryBytes };
}

describe('a CSV file of 200 MB', () => {
  it('is imported to its last row, in memory that does not grow with it', { timeout: 240_000 }, async () => {
    const users = writeLargeFile(rows) * rowsOfPart;

    const { code, out, err, memoryBytes } = await mfactl('users', 'import-csv', file, '--map', 'comment=', '--json');

    expect(code, err).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ counts: { add: users, skipped: 0 }, read: { entries: users, complete: true } });
    expect((await mfactl('users', 'count', '--json')).out).toContain(String(users));
    expect(memoryBytes).toBeLessThan(mostMemoryBytes);
  });

  it.each([
    [
      'a quote that is never closed',
      (part: number) => rows(part).replaceAll('"', ''),
      'anna@large.test,"Ann,Smith,,\n',
      'A quote that opens in the row of line 2 is never closed.',
    ],
    ['a row without end', () => 'x'.repeat(1_000_000), '', 'The row of line 2 has more than 1,000,000 characters.'],
    ['nothing but NUL', () => '\0'.repeat(1_000_000), '', 'The row of line 2 has more than 1,000,000 characters.'],
  ])('with %s is refused with the line where that begins', { timeout: 120_000 }, async (_what, part, first, sentence) => {
    writeLargeFile(part, first);

    const { code, err, memoryBytes } = await mfactl('users', 'import-csv', file, '--update');

    expect(code).toBe(1);
    expect(err).toContain(sentence);
    expect(memoryBytes).toBeLessThan(mostMemoryBytes);
  });
});
