/**
 * How fast a CSV file of users is read, checked (phones parsed), compared with the store and written to it, on one thread; and what
 * memory that takes. Our reader of rows and csv-parse read the same file in the same run.
 * node e2e/bench/csv.bench.ts [--rows N] [--rounds N]
 */
import { appendFileSync, createReadStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parse } from 'csv-parse';
import { prepareReportFolder, stagingPath } from '../../electron/store/imports/reportFiles.ts';
import { openDatabase } from '../../electron/store/database.ts';
import { storeFiles } from '../../electron/store/storeFiles.ts';
import { runImport } from '../../electron/workers/runImport.ts';
import { readRecords } from '../../electron/workers/stageFile.ts';
import { defaultCompanySettings } from '../../shared/contract/companySettings.ts';
import { fileImportRequest } from '../../shared/contract/fileImport.ts';
import type { ImportOutcome } from '../../shared/contract/imports.contract.ts';
import { guessColumns } from '../../shared/csv/columnNames.ts';
import { csvLine } from '../../shared/csv/csvText.ts';

const { values: options } = parseArgs({
  options: { rows: { type: 'string', default: '100000' }, rounds: { type: 'string', default: '3' } },
});
const rowCount = Number(options.rows);
const headers = ['username', 'first name', 'last name', 'email', 'group', 'phone', 'backup phone', 'method', 'mode', 'enabled', 'language'];

/** Phones as people write them; every tenth name is quoted. */
function writeFile(): void {
  const at = (list: readonly string[], index: number) => list[index % list.length]!;
  const firstNames = ['Ann', 'Jürgen', 'Zoë', 'Bob "Bobby"', 'María'];
  for (let from = 0; from < rowCount; from += 10_000) {
    const lines = from === 0 ? [csvLine(headers)] : [];
    for (let row = from; row < Math.min(from + 10_000, rowCount); row += 1) {
      const local = String(row % 10_000).padStart(4, '0');
      lines.push(
        csvLine([
          `user${row}`,
          at(firstNames, row),
          row % 10 === 0 ? `Smith, ${row}` : `Smith${row}`,
          `user${row}@example.com`,
          `Group ${row % 300}`,
          at([`+1 425 555 ${local}`, `(206) 555-${local}`, `+49 30 9018 ${local}`], row),
          row % 2 === 0 ? '' : `+44 20 7946 ${local}`,
          at(['call', 'text', 'app', 'oath'], row),
          '',
          row % 9 === 0 ? 'no' : 'yes',
          at(['', 'en', 'de'], row),
        ]),
      );
    }
    appendFileSync(path, lines.join(''));
  }
}

function timeReader(): number {
  const startedAt = performance.now();
  let rows = 0;
  for (const { records } of readRecords(path, request)) rows += records.length;
  if (rows !== rowCount + 1) throw new Error(`The reader read ${rows} rows.`);
  return performance.now() - startedAt;
}

async function timeCsvParse(): Promise<number> {
  const startedAt = performance.now();
  let rows = 0;
  for await (const _row of createReadStream(path).pipe(parse())) rows += 1;
  if (rows !== rowCount + 1) throw new Error(`csv-parse read ${rows} rows.`);
  return performance.now() - startedAt;
}

const folder = mkdtempSync(join(tmpdir(), 'csv-bench-'));
const path = join(folder, 'people.csv');
const request = fileImportRequest.parse({
  uploadId: 'bench',
  encoding: 'utf-8',
  delimiter: ',',
  columns: headers.map((header, at) => ({ header, field: guessColumns(headers)[at] ?? null })),
  updateExisting: true,
});

async function timeRun(data: string, jobId: string, kind: 'preview' | 'import', expected: ImportOutcome) {
  const files = storeFiles(data);
  const startedAt = performance.now();
  const rssBefore = process.memoryUsage().rss;
  let rssPeak = rssBefore;
  const look = () => (rssPeak = Math.max(rssPeak, process.memoryUsage().rss));
  const summary = await runImport(
    {
      ...{ jobId, kind, request, settings: null },
      file: { path, name: 'people.csv', company: defaultCompanySettings },
      storeFile: files.users.file,
      stagingFile: stagingPath(files.imports, jobId),
    },
    {
      readPeople: () => {
        throw new Error('A file is imported.');
      },
      onProgress: look,
      throwIfCancelled: look,
      beginCommit: look,
      onReportLost(error) {
        throw error;
      },
      now: Date.now,
    },
  );
  if (summary.counts[expected] !== rowCount) throw new Error(`${jobId} counted ${JSON.stringify(summary.counts)}.`);
  return { milliseconds: performance.now() - startedAt, growthMb: (rssPeak - rssBefore) / 1e6 };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

try {
  writeFile();
  const steps = { preview: ['preview', 'add'], import: ['import', 'add'], again: ['import', 'unchanged'] } as const;
  const times: Record<keyof typeof steps | 'reader' | 'csvParse', number[]> = {
    preview: [],
    import: [],
    again: [],
    reader: [],
    csvParse: [],
  };
  let growthMb = 0;
  for (let round = 0; round < Number(options.rounds); round += 1) {
    const data = join(folder, `data${round}`);
    openDatabase(storeFiles(data).users).close();
    prepareReportFolder(storeFiles(data).imports);
    for (const [name, [kind, outcome]] of Object.entries(steps) as [keyof typeof steps, (typeof steps)[keyof typeof steps]][]) {
      const run = await timeRun(data, `${name}${round}`, kind, outcome);
      times[name].push(run.milliseconds);
      growthMb = Math.max(growthMb, run.growthMb);
    }
    times.reader.push(timeReader());
    times.csvParse.push(await timeCsvParse());
    rmSync(data, { recursive: true });
  }
  const perSecond = Object.fromEntries(
    Object.entries(times).map(([name, all]) => [`${name}RowsPerSecond`, Math.round((rowCount * 1000) / median(all))]),
  );
  const ratio = Number((median(times.import) / median(times.csvParse)).toFixed(2));
  process.stdout.write(
    `${JSON.stringify({ rows: rowCount, fileMb: Math.round(statSync(path).size / 1e6), ...perSecond, importToCsvParse: ratio, rssGrowthMb: Math.round(growthMb) })}\n`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
