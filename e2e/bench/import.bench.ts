import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { defaultSettings } from '../../electron/services/directory/kinds.ts';
import type { ImportRun, ImportRunner } from '../../electron/services/imports/importPorts.ts';
import { createImportRunner } from '../../electron/platform/node/importThread.ts';
import { openDatabase } from '../../electron/store/database.ts';
import { storeFiles } from '../../electron/store/storeFiles.ts';
import { importRequest } from '../../shared/contract/imports.contract.ts';
import { planMapping } from '../../shared/directory/mapping.ts';
import { Secret } from '../../shared/lib/secret.ts';
import { startBenchSlapd, timeLdapsearch, type BenchSlapd } from './benchSlapd.ts';

/**
 * Imports people from a slapd of its own and reads the same entries and attributes with ldapsearch, alternately, so that
 * both meet the same machine. Prints JSON: medians of milliseconds and ratios to ldapsearch, the largest growth of memory (the first import
 * of a process has nothing to use again). Options: --people, --rounds. Run `npm run build` first: what ships is a bundle, which starts in a
 * third of the time.
 */
const { values: options } = parseArgs({
  options: { people: { type: 'string', default: '100000' }, rounds: { type: 'string', default: '3' } },
});
const people = Number(options.people);
const rounds = Number(options.rounds);

// What the benchmark itself has left behind would hide as much of what an import takes.
setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const request = importRequest.parse({
  scope: { kind: 'containers', dns: ['ou=people,dc=bench,dc=test'], below: true },
  updateExisting: true,
  phone: 'mobile',
  backupPhone: 'business',
});

interface Measured {
  readonly ldapsearchMs: number;
  /** From the call to the end of the job, report included. */
  readonly totalMs: number;
  /** From the call to the commit; the same as `totalMs` for a preview. */
  readonly committedMs: number;
  readonly readMs: number;
  /** Of all threads of this process: tells more than the clock on a machine that has other work to do. */
  readonly cpuMs: number;
  readonly rssGrowthMb: number;
}

const folder = mkdtempSync(join(tmpdir(), 'import-bench-'));
let slapd: BenchSlapd | undefined;
try {
  slapd = await startBenchSlapd(people);
  const measured: Record<'first' | 'again' | 'preview', Measured[]> = { first: [], again: [], preview: [] };
  for (let round = 0; round < rounds; round += 1) {
    const data = join(folder, `data${round}`);
    const files = storeFiles(data);
    openDatabase(files.users).close();
    const runner = runnerFor(slapd, files);
    measured.first.push(await measure(slapd, runner, { jobId: `first${round}`, kind: 'import', request }, people, 'add'));
    measured.again.push(await measure(slapd, runner, { jobId: `again${round}`, kind: 'import', request }, people, 'unchanged'));
    measured.preview.push(await measure(slapd, runner, { jobId: `preview${round}`, kind: 'preview', request }, people, 'unchanged'));
    rmSync(data, { recursive: true });
  }
  const result = { people, rounds, first: summary(measured.first), again: summary(measured.again), preview: summary(measured.preview) };
  process.stdout.write(`${JSON.stringify(result)}\n`);
} finally {
  await slapd?.stop();
  rmSync(folder, { recursive: true, force: true });
}

function runnerFor(server: BenchSlapd, files: ReturnType<typeof storeFiles>): ImportRunner {
  return createImportRunner({
    workerFile: new URL('../../dist/importWorker.js', import.meta.url),
    usersFile: files.users.file,
    importsFolder: files.imports,
    target: () => Promise.resolve({ settings: settingsFor(server), password: new Secret(server.password) }),
    log(error) {
      throw error;
    },
  });
}

function settingsFor(server: BenchSlapd) {
  return {
    ...defaultSettings.openldap,
    servers: [{ host: '127.0.0.1', port: server.port, security: 'none' as const }],
    baseDn: 'dc=bench,dc=test',
    bindDn: server.bindDn,
    allowPlainText: true,
  };
}

async function measure(
  server: BenchSlapd,
  runner: ImportRunner,
  run: ImportRun,
  expected: number,
  outcome: 'add' | 'unchanged',
): Promise<Measured> {
  const tools = { decodeUtf8: String, parsePhone: () => null };
  const { attributes } = planMapping(settingsFor(server), request, tools);
  const ldapsearchMs = await timeLdapsearch(server, '(objectClass=inetOrgPerson)', attributes);

  collectGarbage();
  const rssBefore = process.memoryUsage().rss;
  let rssPeak = rssBefore;
  const sampling = setInterval(() => (rssPeak = Math.max(rssPeak, process.memoryUsage().rss)), 25);
  const startedAt = performance.now();
  const cpuBefore = process.cpuUsage();
  let committedMs: number | undefined;
  let readMs = 0;
  const summary = await runner.run(run, {
    signal: new AbortController().signal,
    onProgress({ phase, done, total }) {
      if (phase === 'reading') readMs = performance.now() - startedAt;
      if (phase === 'writing' && done === total) committedMs = performance.now() - startedAt;
    },
  });
  const totalMs = performance.now() - startedAt;
  const cpu = process.cpuUsage(cpuBefore);
  clearInterval(sampling);
  if (summary.counts[outcome] !== expected) throw new Error(`${run.kind} counted ${JSON.stringify(summary.counts)}.`);
  return {
    ldapsearchMs,
    totalMs,
    committedMs: committedMs ?? totalMs,
    readMs,
    cpuMs: (cpu.user + cpu.system) / 1000,
    rssGrowthMb: (rssPeak - rssBefore) / 1e6,
  };
}

function summary(all: readonly Measured[]) {
  const of = (value: (one: Measured) => number): number => Math.round(median(all.map(value)) * 100) / 100;
  return {
    ldapsearchMs: of((one) => one.ldapsearchMs),
    readMs: of((one) => one.readMs),
    committedMs: of((one) => one.committedMs),
    totalMs: of((one) => one.totalMs),
    committedRatio: of((one) => one.committedMs / one.ldapsearchMs),
    totalRatio: of((one) => one.totalMs / one.ldapsearchMs),
    cpuMs: of((one) => one.cpuMs),
    rssGrowthMb: Math.round(Math.max(...all.map((one) => one.rssGrowthMb))),
  };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
