/**
 * A backup of a million users restored while the console runs: how long it takes to make and to check, how long the console unpacks it while it
 * answers, how long calls wait meanwhile, and for how long nobody is there. Beside it: copying a file of that size and flushing it, as the disk does.
 * node e2e/bench/restore.bench.ts [--users N]; run `npm run build` first. One line of JSON.
 */
import { closeSync, copyFileSync, fsyncSync, mkdtempSync, openSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startWebHost } from '../hosts/web.ts';
import { connectWebClient, signInToHost } from '../support/webClient.ts';
import { dataFolderWith } from './dataFolderWith.ts';
import { prepareUserStore } from './userStore.ts';

const { values: options } = parseArgs({ options: { users: { type: 'string', default: '1000000' } } });
const seconds = (ms: number) => Math.round(ms / 10) / 100;

async function timed<T>(work: () => T | Promise<T>): Promise<{ value: T; seconds: number }> {
  const from = performance.now();
  const value = await work();
  return { value, seconds: seconds(performance.now() - from) };
}

const folder = mkdtempSync(join(tmpdir(), 'mfa-bench-restore-'));
const store = prepareUserStore(Number(options.users));
dataFolderWith(store.file, folder);
const host = await startWebHost(folder);
try {
  const session = await signInToHost(host);
  const client = await connectWebClient(session);
  const file = join(folder, 'copy.mfabackup');
  const made = await timed(() => client.backups.create({ file }));
  const checked = await timed(() => client.backups.check({ from: { file } }));
  const peer = await timed(() => {
    copyFileSync(file, `${file}.copied`);
    const copied = openSync(`${file}.copied`, 'r+');
    fsyncSync(copied);
    closeSync(copied);
  });
  rmSync(`${file}.copied`);

  const begun = performance.now();
  let goneAt: number | undefined;
  const waits: number[] = [];
  await client.backups.restore({ from: { file }, createdAt: made.value.createdAt });
  while (goneAt === undefined) {
    const asked = performance.now();
    // A call that a closing socket takes with it is never answered.
    const answer = await Promise.race([client.app.status(null), wait(2_000, null)]).catch(() => null);
    if (answer) waits.push(performance.now() - asked);
    else goneAt = asked;
    await wait(20);
  }
  const after = await (async () => {
    for (;;) {
      const again = await connectWebClient(session).catch(() => null);
      const status = await again?.app.status(null);
      if (again && status?.lastRestore) return { again, thereAt: performance.now(), ...status.lastRestore };
      await wait(20);
    }
  })();
  const { count } = await after.again.users.count({});
  if (!after.restored || count !== made.value.users) throw new Error(`Not restored: ${JSON.stringify(after.error)}`);
  const gone = after.thereAt - goneAt;
  waits.sort((a, b) => a - b);
  const result = {
    users: count,
    megabytes: Math.round(statSync(file).size / 1_048_576),
    makeSeconds: made.seconds,
    checkSeconds: checked.seconds,
    unpackSeconds: seconds(goneAt - begun),
    longestCallMs: Math.round(waits.at(-1) ?? 0),
    goneSeconds: seconds(gone),
    peer: { copyAndFlushSeconds: peer.seconds },
    goneAsCopies: Math.round((gone / 1_000 / peer.seconds) * 10) / 10,
  };
  process.stdout.write(`${JSON.stringify(result)}\n`);
} finally {
  await host.stop();
  rmSync(folder, { recursive: true, force: true });
}
