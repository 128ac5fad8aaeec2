/**
 * How long the newest lines of a large log take, and how fast it is searched to its beginning, against `grep -ci` of the same file in
 * the same run. node e2e/bench/logs.bench.ts [--megabytes N]. One line of JSON.
 */
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createLogReader } from '../../electron/store/logs/logReader.ts';
import type { LogFilter } from '../../shared/contract/logs.contract.ts';

const { values: options } = parseArgs({ options: { megabytes: { type: 'string', default: '1024' } } });
const megabytes = Number(options.megabytes);

/** Lines of about 250 bytes, one of a thousand of them an error, a few with a name that is rare. */
function writeLog(file: string): void {
  const handle = openSync(file, 'w');
  const start = Date.parse('2026-01-01T00:00:00Z');
  let [written, count] = [0, 0];
  while (written < megabytes * 1_048_576) {
    let block = '';
    for (let at = 0; at < 4_000; at++, count++) {
      block += `${JSON.stringify({
        level: count % 1_000 === 0 ? 50 : 30,
        time: new Date(start + count * 10).toISOString(),
        pid: 4711,
        host: 'server',
        ref: `0198c0de-${count}`,
        service: 'verify',
        method: 'check',
        user: count % 1_000_000 === 7 ? 'rare.person' : `user${count % 40_000}`,
        msg: 'A second factor was checked and the answer given back.',
      })}\n`;
    }
    written += writeSync(handle, block);
  }
  closeSync(handle);
}

async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; result: T }> {
  const startedAt = performance.now();
  const result = await work();
  return { ms: Math.round(performance.now() - startedAt), result };
}

const folder = mkdtempSync(join(tmpdir(), 'logs-bench-'));
const file = join(folder, 'server.1.log');
const reader = createLogReader(new URL('../../dist/logWorker.js', import.meta.url), folder);

async function search(filter: LogFilter) {
  const { ms, result } = await timed(async () => {
    let lines = 0;
    let from: string | undefined;
    do {
      const answer = await reader.list({ filter, from, limit: 1_000 });
      lines += answer.lines.length;
      from = answer.older ?? undefined;
    } while (from !== undefined);
    return lines;
  });
  return { ms, lines: result, mbPerSecond: Math.round((megabytes * 1_000) / ms) };
}

try {
  writeLog(file);
  const open = (await timed(() => reader.list({ filter: {}, limit: 200 }))).ms;
  const again = (await timed(() => reader.list({ filter: {}, limit: 200 }))).ms;
  const rssBefore = process.memoryUsage().rss;
  const [byUser, byLevel] = [await search({ user: 'Rare.Person' }), await search({ level: 'error' })];
  const grep = (await timed(async () => spawnSync('grep', ['-ci', 'rare.person', file], { env: { ...process.env, LC_ALL: 'C.UTF-8' } })))
    .ms;
  console.log(
    JSON.stringify({
      megabytes,
      openMs: { first: open, again },
      search: { byUser, byLevel },
      grepMs: grep,
      ratioToGrep: Number((byUser.ms / grep).toFixed(2)),
      rssGrowthMb: Math.round((process.memoryUsage().rss - rssBefore) / 2 ** 20),
    }),
  );
} finally {
  await reader.close();
  rmSync(folder, { recursive: true });
}
