/**
 * The built headless host as an administrator meets it: how long from starting the process to the first window of a
 * store of a million users, and how long windows take while an import of 100,000 people runs in the same process.
 * node e2e/bench/host.bench.ts [--users N] [--people N]; run `npm run build` first. One line of JSON.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { importRequest } from '../../shared/contract/imports.contract.ts';
import { startWebHost } from '../hosts/web.ts';
import { connectWebClient } from '../support/webClient.ts';
import { startBenchSlapd } from './benchSlapd.ts';
import { dataFolderWith } from './dataFolderWith.ts';
import { prepareUserStore } from './userStore.ts';

const { values: options } = parseArgs({
  options: { users: { type: 'string', default: '1000000' }, people: { type: 'string', default: '100000' } },
});
const startRuns = 5;

const percentile = (times: readonly number[], share: number) => {
  const sorted = [...times].sort((a, b) => a - b);
  return Number((sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0).toFixed(1));
};

async function timeStart(folder: string): Promise<{ answerMs: number; stop(): Promise<void> }> {
  const startedAt = performance.now();
  const host = await startWebHost(folder);
  const client = await connectWebClient(host);
  await client.users.list({});
  const answerMs = performance.now() - startedAt;
  client.close();
  return { answerMs, stop: () => host.stop() };
}

async function measureStarts(folder: string): Promise<number[]> {
  const times: number[] = [];
  for (let run = 0; run < startRuns; run += 1) {
    const { answerMs, stop } = await timeStart(folder);
    times.push(answerMs);
    await stop();
  }
  return times;
}

/** Scrolls and sorts through the list, one window after the other, until the import has ended. */
async function measureDuringImport(folder: string, people: number) {
  const slapd = await startBenchSlapd(people);
  const host = await startWebHost(folder);
  const client = await connectWebClient(host);
  try {
    await client.app.unlockVault({ passphrase: 'bench' }).catch(() => {});
    const { openldap } = await client.directory.defaults(null);
    const settings = {
      ...openldap,
      servers: [{ host: '127.0.0.1', port: slapd.port, security: 'none' as const }],
      baseDn: 'dc=bench,dc=test',
      bindDn: slapd.bindDn,
      allowPlainText: true,
    };
    await client.directory.set({ settings, password: slapd.password });
    const scope = { kind: 'containers' as const, dns: ['ou=people,dc=bench,dc=test'], below: true };
    await client.users.list({});
    const { jobId } = await client.imports.start({ request: importRequest.parse({ scope, phone: 'mobile' }) });
    const times: number[] = [];
    let state = 'running';
    for (let window = 0; state === 'running'; window += 1) {
      const startedAt = performance.now();
      await client.users.list({ offset: (window * 37) % 5_000 });
      times.push(performance.now() - startedAt);
      if (window % 20 === 0) ({ state } = await client.jobs.get({ jobId }));
      await wait(5);
    }
    return { state, windows: times.length, p50Ms: percentile(times, 0.5), p95Ms: percentile(times, 0.95), maxMs: percentile(times, 1) };
  } finally {
    client.close();
    await host.stop();
    await slapd.stop();
  }
}

const folder = mkdtempSync(join(tmpdir(), 'host-bench-'));
try {
  dataFolderWith(prepareUserStore(Number(options.users)).file, folder);
  const starts = await measureStarts(folder);
  const duringImport = await measureDuringImport(folder, Number(options.people));
  console.log(
    JSON.stringify({
      users: Number(options.users),
      startToFirstWindow: { runs: starts.length, medianMs: percentile(starts, 0.5), maxMs: percentile(starts, 1) },
      duringImport: { people: Number(options.people), ...duringImport },
    }),
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
