import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { LogFilter, LogLine } from '../../../shared/contract/logs.contract.ts';
import { followLogs } from './followLogs.ts';
import { listLogs } from './listLogs.ts';
import { findLogFiles } from './logFiles.ts';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'logs-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const { signal } = new AbortController();
const start = Date.parse('2026-11-27T08:00:00.000Z');

/** A line as the console writes it, so many seconds after `start`. */
function line(second: number, fields: Record<string, unknown> = {}, level = 30) {
  const time = new Date(start + second * 1000).toISOString();
  return `${JSON.stringify({ level, time, pid: 1, host: 'server', msg: `line ${second}`, ...fields })}\n`;
}
const write = (name: string, lines: readonly string[]) => writeFileSync(join(folder, name), lines.join(''));
const messages = (lines: readonly LogLine[]) => lines.map(({ message }) => message);

/** Everything, in pages of so many. */
async function listAll(filter: LogFilter = {}, limit = 7): Promise<LogLine[]> {
  const all: LogLine[] = [];
  let from: string | undefined;
  for (;;) {
    const page = await listLogs(findLogFiles(folder), { filter, from, limit }, signal);
    all.push(...page.lines);
    if (page.older === null) return all;
    from = page.older;
  }
}

const seconds = (count: number, every = 1, first = 0) => Array.from({ length: count }, (_none, at) => first + at * every);

it('lists the lines of all programs and files, the newest first, in pages of any length', async () => {
  write(
    'server.9.log',
    seconds(40, 2).map((second) => line(second)),
  );
  write(
    'server.10.log',
    seconds(30, 2, 80).map((second) => line(second)),
  );
  write(
    'command-line.1.log',
    seconds(70, 2, 1).map((second) => line(second, { host: 'command line' })),
  );
  write('notes.txt', ['no log\n']);

  const expected = seconds(140)
    .toReversed()
    .map((second) => `line ${second}`);
  for (const limit of [1, 7, 139, 1000]) expect(messages(await listAll({}, limit))).toEqual(expected);
  expect(new Set((await listAll()).map(({ id }) => id)).size).toBe(140);
});

it('is empty where nothing was logged', async () => {
  expect(await listLogs(findLogFiles(join(folder, 'none')), { filter: {}, limit: 10 }, signal)).toEqual({
    lines: [],
    older: null,
    end: '{}',
    readBytes: 0,
  });
});

it('finds by level, component, user, reference and text', async () => {
  write('server.1.log', [
    line(
      1,
      { service: 'users', method: 'add', ref: 'abc-1', msg: 'A call failed.', err: { message: 'There is “Zoë "Z" Müller” already.' } },
      40,
    ),
    line(2, { service: 'usernames', ref: 'abc-2' }, 50),
    line(3, { component: 'delivery', user: 'CORP\\anna' }, 20),
    line(4, { msg: 'users' }),
  ]);
  const found = async (filter: LogFilter) => (await listAll(filter)).map(({ at }) => (at! - start) / 1000);

  expect(await found({ level: 'warning' })).toEqual([2, 1]);
  expect(await found({ level: 'info' })).toEqual([4, 2, 1]);
  expect(await found({ component: 'USERS' })).toEqual([1]);
  expect(await found({ user: 'corp\\ANNA' })).toEqual([3]);
  expect(await found({ user: 'zoë "z" müller' })).toEqual([1]);
  expect(await found({ ref: 'abc' })).toEqual([2, 1]);
  expect(await found({ ref: 'bc-1' })).toEqual([]);
  expect(await found({ text: 'line', level: 'debug' })).toEqual([3, 2]);
  expect((await listAll({ ref: 'abc-1' }))[0]).toMatchObject({
    level: 'warning',
    component: 'users',
    ref: 'abc-1',
    message: 'A call failed. There is “Zoë "Z" Müller” already.',
  });
});

it('shows what is torn, empty or no JSON as it is', async () => {
  write('server.1.log', ['no JSON\n', '\n', '[1]\n', line(5), '{"level":30,"ti']);

  expect(messages(await listAll())).toEqual(['{"level":30,"ti', 'line 5', '[1]', 'no JSON']);
});

it('reads lines that are longer than a block, and cuts what it shows of them', async () => {
  write('server.1.log', [line(1), line(2, { long: 'x'.repeat(3_000_000) }), line(3)]);

  const lines = await listAll();

  expect(messages(lines)).toEqual(['line 3', 'line 2', 'line 1']);
  expect(lines[1]!.raw).toHaveLength(65_536);
  expect(messages(await listAll({ text: 'XXXX' }))).toEqual(['line 2']);
});

it('cuts a line that never ends into pieces, and goes on before it', async () => {
  write('server.1.log', [line(1), 'x'.repeat(17 * 1_048_576)]);

  const lines = await listAll();

  expect(lines.length).toBeGreaterThan(2);
  expect(lines.at(-1)?.message).toBe('line 1');
  expect(Math.max(...lines.map(({ raw }) => raw.length))).toBe(65_536);
});

it('leaves out a file that was shortened or removed since it was found', async () => {
  write('server.1.log', [line(1)]);
  write('server.2.log', [line(2)]);
  write('server.3.log', [line(3)]);
  const found = findLogFiles(folder);
  write('server.2.log', ['{"le']);
  rmSync(join(folder, 'server.3.log'));

  expect(messages((await listLogs(found, { filter: {}, limit: 10 }, signal)).lines)).toEqual(['line 1']);
});

it('goes on with the next answer where one has looked through enough', async () => {
  const filler = 'y'.repeat(4_000);
  for (const number of [1, 2, 3])
    write(
      `server.${number}.log`,
      seconds(8_000, 1, number * 8_000).map((second) => line(second, { filler })),
    );
  write('server.0.log', [line(1, { service: 'rare' })]);

  const first = await listLogs(findLogFiles(folder), { filter: { component: 'rare' }, limit: 10 }, signal);

  expect(first.lines).toEqual([]);
  expect(first.older).not.toBeNull();
  expect(messages(await listAll({ component: 'rare' }))).toEqual(['line 1']);
});

it('follows what is written, into new files too, and leaves unfinished lines for later', async () => {
  write('server.1.log', [line(1)]);
  let { end } = await listLogs(findLogFiles(folder), { filter: {}, limit: 10 }, signal);
  const follow = (filter: LogFilter = {}) => {
    const answer = followLogs(findLogFiles(folder), { filter, from: end });
    end = answer.end;
    return messages(answer.lines);
  };
  expect(follow()).toEqual([]);

  appendFileSync(join(folder, 'server.1.log'), line(2) + line(3).slice(0, 20));
  expect(follow()).toEqual(['line 2']);
  appendFileSync(join(folder, 'server.1.log'), line(3).slice(20));
  write('server.2.log', [line(5)]);
  write('desktop.1.log', [line(4)]);
  expect(follow()).toEqual(['line 3', 'line 4', 'line 5']);

  appendFileSync(join(folder, 'server.2.log'), line(6) + line(7, {}, 50));
  expect(follow({ level: 'error' })).toEqual(['line 7']);
  expect(follow()).toEqual([]);
});

it('skips what is too much to follow, and says how much', () => {
  write(
    'server.1.log',
    seconds(20_000).map((second) => line(second, { filler: 'z'.repeat(300) })),
  );

  const { lines, skippedBytes, end } = followLogs(findLogFiles(folder), { filter: {}, from: '{"server":[1,0]}' });

  expect(skippedBytes).toBeGreaterThan(1_000_000);
  expect(lines.at(-1)?.message).toBe('line 19999');
  expect(lines.length).toBeLessThan(20_000);
  expect(followLogs(findLogFiles(folder), { filter: {}, from: end }).lines).toEqual([]);
});

it('refuses a place that is none', async () => {
  await expect(listLogs(findLogFiles(folder), { filter: {}, from: '{"server":"../x"}', limit: 1 }, signal)).rejects.toMatchObject({
    code: 'invalid-input',
  });
});

it('stops when it is no longer wanted', async () => {
  write(
    'server.1.log',
    seconds(100).map((second) => line(second)),
  );
  const controller = new AbortController();
  const listed = listLogs(findLogFiles(folder), { filter: {}, limit: 1000 }, controller.signal);
  controller.abort();

  await expect(listed).rejects.toMatchObject({ name: 'AbortError' });
});

it('goes on following where the files were removed and begin anew, or one was emptied', () => {
  const follow = (from: string) => followLogs(findLogFiles(folder), { filter: {}, from });
  write('server.7.log', [line(1), line(2)]);
  const { end } = follow(JSON.stringify({ server: [7, 0] }));
  rmSync(join(folder, 'server.7.log'));
  write('server.1.log', [line(3)]);

  const anew = follow(end);
  expect(messages(anew.lines)).toEqual(['line 3']);
  appendFileSync(join(folder, 'server.1.log'), line(4));
  const more = follow(anew.end);
  expect(messages(more.lines)).toEqual(['line 4']);

  write('server.1.log', [line(5)]);
  const emptied = follow(more.end);
  expect(messages(emptied.lines)).toEqual(['line 5']);
  expect(follow(emptied.end).lines).toEqual([]);
});
