import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { directoryTimeouts, type DirectorySettings } from '../../shared/contract/directory.contract.ts';
import { importRequest, type ImportRequest, type ImportSummary } from '../../shared/contract/imports.contract.ts';
import { Secret } from '../../shared/lib/secret.ts';
import { createImportRunner } from '../../electron/platform/node/importThread.ts';
import { defaultSettings } from '../../electron/services/directory/kinds.ts';
import type { ImportReports } from '../../electron/services/imports/importPorts.ts';
import { openDatabase } from '../../electron/store/database.ts';
import { createReportFiles, prepareReportFolder, wasImportApplied } from '../../electron/store/imports/reportFiles.ts';
import { storeFiles } from '../../electron/store/storeFiles.ts';
import { crowdTop, crowdUnit } from './crowd.ts';

export const servicePassword = new Secret('service');

/** Short enough for a test, long enough for a busy machine. */
const timeouts = directoryTimeouts.parse({ connectMs: 5_000, firstAnswerMs: 2_000, idleMs: 2_000, totalMs: 60_000 });

/** Settings for a test server on this computer, as Active Directory without TLS. */
export function loopbackSettings(port: number, changes: Partial<DirectorySettings> = {}): DirectorySettings {
  return {
    ...defaultSettings.ad,
    servers: [{ host: '127.0.0.1', port, security: 'none' }],
    allowPlainText: true,
    baseDn: crowdTop,
    bindDn: `CN=MFA Service,OU=Service Accounts,${crowdTop}`,
    timeouts,
    ...changes,
  };
}

export interface ImportBench {
  /** The import that the product runs: its own thread, connection and transaction. Its job has the number of the run. */
  importFrom(settings: DirectorySettings, request?: Partial<ImportRequest>): Promise<ImportSummary>;
  readonly reports: ImportReports;
  /** All users, every column. */
  stored(): Record<string, unknown>[];
  close(): void;
}

/** An empty store in a folder of its own, and imports into it. */
export function createImportBench(folder = mkdtempSync(join(tmpdir(), 'import-bench-'))): ImportBench {
  const files = storeFiles(folder);
  const users = openDatabase(files.users);
  prepareReportFolder(files.imports);
  let runs = 0;
  return {
    importFrom(settings, request) {
      const runner = createImportRunner({
        workerFile: new URL('../../electron/workers/importWorker.ts', import.meta.url),
        usersFile: files.users.file,
        importsFolder: files.imports,
        target: () => Promise.resolve({ settings, password: servicePassword }),
        log(error) {
          throw error;
        },
      });
      const scope = { kind: 'containers' as const, dns: [crowdUnit], below: true };
      const run = { jobId: `job${(runs += 1)}`, kind: 'import' as const, request: importRequest.parse({ scope, ...request }) };
      return runner.run(run, { signal: new AbortController().signal, onProgress: () => undefined });
    },
    reports: createReportFiles({ folder: files.imports, wasApplied: (jobId) => wasImportApplied(users, jobId), now: () => 0 }),
    stored: () =>
      users
        .prepare('SELECT * FROM users ORDER BY id')
        .all()
        .map((row) => ({ ...row })),
    close() {
      users.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
