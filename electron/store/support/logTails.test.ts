import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { linesOf, newestLogs } from './logTails.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'tails-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A log of so many lines, each of 40 bytes, changed at this second. */
function write(name: string, lines: number, second: number): void {
  const text = Array.from({ length: lines }, (_, index) => `${JSON.stringify({ line: index }).padEnd(39)}\n`).join('');
  writeFileSync(join(folder, name), text);
  utimesSync(join(folder, name), second, second);
}
const taken = (limit: number) =>
  newestLogs(folder, limit).map((tail) => [tail.file.path.split(/[\\/]/).at(-1), [...linesOf(tail)].flat()] as const);

it('takes the newest files, and of the last of them the whole lines of its end', () => {
  write('headless.1.log', 20_000, 1_000);
  write('headless.2.log', 10, 2_000);

  const [newest, older] = taken(10 * 40 + 15_000 * 40 + 7);

  expect(newest).toEqual(['headless.2.log', expect.objectContaining({ length: 10 })]);
  expect(older![0]).toBe('headless.1.log');
  expect(older![1]).toHaveLength(15_000);
  expect(JSON.parse(older![1][0]!)).toEqual({ line: 5_000 });
  expect(JSON.parse(older![1].at(-1)!)).toEqual({ line: 19_999 });
});

it('takes no older file where the newest one is as large as a bundle may be', () => {
  write('headless.1.log', 10, 1_000);
  write('headless.2.log', 100, 2_000);

  expect(taken(50 * 40).map(([name, lines]) => [name, lines.length])).toEqual([['headless.2.log', 49]]);
});
