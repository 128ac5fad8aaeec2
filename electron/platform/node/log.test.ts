import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openLog } from './log.ts';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'log-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (name: string, bytes = 10) => writeFileSync(join(folder, name), 'x'.repeat(bytes));
const MB = 1024 ** 2;

it('keeps as many files as the settings allow, also where each was begun by another process', async () => {
  for (const number of [1, 2, 9, 10]) write(`command-line.${number}.log`);
  write('headless.1.log');
  write('notes.txt');

  const { log } = await openLog(folder, 'command line', { fileMb: 1, files: 2 });
  log.info('here');

  expect(readdirSync(folder).sort()).toEqual(['command-line.10.log', 'command-line.9.log', 'headless.1.log', 'notes.txt']);
});

it('counts the file that it begins because the last one is full', async () => {
  write('headless.1.log');
  write('headless.2.log', MB + 1);

  const { log } = await openLog(folder, 'headless', { fileMb: 1, files: 2 });
  log.info('here');

  await expect.poll(() => readdirSync(folder).sort()).toEqual(['headless.2.log', 'headless.3.log']);
});

it('removes the oldest when it begins another one later', async () => {
  const { log } = await openLog(folder, 'headless', { fileMb: 1, files: 2 });

  for (let line = 0; line < 40; line++) log.info('x'.repeat(MB / 10));

  await expect.poll(() => readdirSync(folder).length).toBe(2);
});
