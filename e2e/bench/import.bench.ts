import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { rolldown } from 'rolldown';
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
 * both meet the same machine. Prints JSON: milliseconds, ratios to ldapsearch, growth of memory. Options: --people, --rounds.
 */
const { values: options } = parseArgs({
  options: { people: { type: 'string', default: '100000' }, rounds: { type: 'string', default: '3' } },
});
const people = Number(options.people);
const rounds = Number(options.rounds);

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
  const workerFile = await bundleWorker(join(folder, 'importWorker.mjs'));
  slapd = await startBenchSlapd(join(folder, 'slapd'), people);
  const measured: Record<'first' | 'again' | 'preview', Measured[]> = { first: [], again: [], preview: [] };
  for (let round = 0; round < rounds; round += 1) {
    const data = join(folder, `data${round}`);
    const files = storeFiles(data);
    openDatabase(files.users).close();
    const runner = runnerFor(slapd, files, workerFile);
    measured.first.push(await measure(slapd, runner, { jobId: `first${round}`, kind: 'import', request }, people, 'add'));
    measured.again.push(await measure(slapd, runner, { jobId: `again${round}`, kind: 'import', request }, people, 'unchanged'));
    measured.preview.push(await measure(slapd, runner, { jobId: `preview${round}`, kind: 'preview', request }, people, 'unchanged'));
    rmSync(data, { recursive: true });
  }
  const result = { people, rounds, first: medians(measured.first), again: medians(measured.again), preview: medians(measured.preview) };
  process.stdout.write(`${JSON.stringify(result)}\n`);
} finally {
  await slapd?.stop();
  rmSync(folder, { recursive: true, force: true });
}

/** What ships is a bundle: it starts in a third of the time. */
async function bundleWorker(file: string): Promise<string> {
  const input = fileURLToPath(new URL('../../electron/workers/importWorker.ts', import.meta.url));
  const bundle = await rolldown({ input, platform: 'node', tsconfig: false });
  await bundle.write({ file, format: 'esm', codeSplitting: false });
  await bundle.close();
  return file;
}

function runnerFor(server: BenchSlapd, files: ReturnType<typeof storeFiles>, workerFile: string): ImportRunner {
  return createImportRunner({
    workerFile,
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

function medians(all: readonly Measured[]) {
  const of = (value: (one: Measured) => number): number => Math.round(median(all.map(value)) * 100) / 100;
  return {
    ldapsearchMs: of((one) => one.ldapsearchMs),
    readMs: of((one) => one.readMs),
    committedMs: of((one) => one.committedMs),
    totalMs: of((one) => one.totalMs),
    committedRatio: of((one) => one.committedMs / one.ldapsearchMs),
    totalRatio: of((one) => one.totalMs / one.ldapsearchMs),
    cpuMs: of((one) => one.cpuMs),
    rssGrowthMb: of((one) => one.rssGrowthMb),
  };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
