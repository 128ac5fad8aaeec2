/**
 * How fast many users are changed, removed and restored through the service, and how the list answers meanwhile.
 * node e2e/bench/bulk.bench.ts [--users N] [--out FILE.json]
 */
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { defaultCompanySettings } from '../../shared/contract/companySettings.ts';
import type { UserTarget } from '../../shared/contract/userCommands.ts';
import type { Call, JobDefinition } from '../../electron/runtime/call.ts';
import { createManyUsers } from '../../electron/services/users/manyUsers.ts';
import { createUserReader } from '../../electron/store/users/userReader.ts';
import { noMails } from '../../electron/services/users/testing.ts';
import { createUserWriter } from '../../electron/store/users/userWriter.ts';
import { prepareUserStore } from './userStore.ts';

const { values: options } = parseArgs({ options: { users: { type: 'string', default: '1000000' }, out: { type: 'string' } } });
const worker = (name: string) => new URL(`../../electron/workers/${name}.ts`, import.meta.url);

/** Everybody's job runs at once, as the runtime's would; the clock starts with it. */
async function run(definition: JobDefinition): Promise<{ users: number; seconds: number }> {
  let users = 0;
  const startedAt = performance.now();
  await definition.run({
    jobId: 'bench',
    signal: new AbortController().signal,
    progress: ({ done }) => (users = done ?? users),
    itemsNoted: () => {},
    itemsFailed(items) {
      if (items[0]) throw new Error(items[0].text);
    },
  });
  return { users, seconds: (performance.now() - startedAt) / 1000 };
}

const call: Call = {
  caller: { id: 'bench', account: 'bench', access: new Set(['manage']) },
  signal: new AbortController().signal,
  ref: 'bench',
  note: () => {},
};

async function bench(userCount: number) {
  const folder = mkdtempSync(join(tmpdir(), 'bulk-bench-'));
  const storeFile = join(folder, 'users.db');
  copyFileSync(prepareUserStore(userCount).file, storeFile);
  const reader = createUserReader({ workerFile: worker('listWorker'), storeFile });
  const writer = createUserWriter({ workerFile: worker('userWriteWorker'), storeFile });
  let job: JobDefinition | undefined;
  const users = createManyUsers({
    jobs: { start: (_call, definition) => ((job = definition), Promise.resolve('bench')) },
    reader,
    writer,
    companySettings: () => defaultCompanySettings,
    initialPins: () => Promise.reject(new Error('not asked')),
    mails: noMails,
    usersChanged: () => {},
    now: () => performance.now(),
    pinExpirationDays: () => 0,
  });
  const everybody: UserTarget = { where: { search: '' } };

  /** Runs the job while somebody scrolls in the list and this thread must stay free. */
  async function measured(start: () => Promise<unknown>) {
    await start();
    const listMs: number[] = [];
    const lateMs: number[] = [];
    const ended = new AbortController();
    const scroll = (async () => {
      for (let page = 0; !ended.signal.aborted; page += 1) {
        const before = performance.now();
        await reader.list({
          search: '',
          sort: { column: 'username', descending: false },
          offset: (page * 997) % (userCount / 2),
          limit: 100,
        });
        listMs.push(performance.now() - before);
        await delay(20);
      }
    })();
    const tick = (async () => {
      while (!ended.signal.aborted) {
        const before = performance.now();
        await delay(5);
        lateMs.push(performance.now() - before - 5);
      }
    })();
    const { users: count, seconds } = await run(job!);
    ended.abort();
    await Promise.all([scroll, tick]);
    return { users: count, usersPerSecond: Math.round(count / seconds), list: summary(listMs), hostLate: summary(lateMs) };
  }

  try {
    await reader.list({ search: '', sort: { column: 'username', descending: false }, offset: 0, limit: 100 });
    const previewStartedAt = performance.now();
    const preview = await users.previewMany({ target: everybody, changes: { userGroup: 'Bench' } }, call);
    const previewMs = Math.round(performance.now() - previewStartedAt);
    const edit = await measured(() =>
      users.editMany({ target: everybody, changes: { userGroup: 'Bench', pinRules: { minLength: 6 } } }, call),
    );
    const method = await measured(() =>
      users.editMany({ target: everybody, changes: { method: { method: 'text', mode: 'two-way-otp' } } }, call),
    );
    const remove = await measured(() => users.remove({ target: everybody }, call));
    const ids = Array.from({ length: Math.min(200_000, userCount) }, (_, index) => index + 1);
    const restore = await measured(() => users.restore({ ids }, call));
    return { users: userCount, preview: { ...preview, milliseconds: previewMs }, edit, method, remove, restore };
  } finally {
    await Promise.all([reader.close(), writer.close()]);
    rmSync(folder, { recursive: true, force: true });
  }
}

function summary(timesMs: readonly number[]) {
  const sorted = timesMs.toSorted((a, b) => a - b);
  const at = (share: number) => Number((sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0).toFixed(1));
  return { count: sorted.length, p50Ms: at(0.5), p95Ms: at(0.95), maxMs: at(1) };
}

const counts = options.users === '1000000' ? [100_000, 1_000_000] : [Number(options.users)];
const results = [];
for (const count of counts) results.push(await bench(count));
const json = JSON.stringify(results);
if (options.out) writeFileSync(options.out, json);
process.stdout.write(`${json}\n`);
