import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { AppError } from '../../../shared/contract/errors.ts';
import type { ImportSummary } from '../../../shared/contract/imports.contract.ts';
import type { ImportReports } from '../../services/imports/importPorts.ts';
import { toStoreError } from '../storeErrors.ts';
import { countOutcomes, indexReport } from './reportIndex.ts';
import { readMeta, writeMeta } from './reportMeta.ts';
import { readCsv, readRows, withReport } from './reportReader.ts';

export interface ReportFilesPorts {
  /** Where the files lie; created when it is missing. */
  readonly folder: string;
  /** True when the store holds the changes of this import. */
  wasApplied(jobId: string): boolean;
  now(): number;
}

/** Newest reports that are kept. */
const keptReports = 20;
const previewLifeMs = 24 * 60 * 60 * 1000;

/** Name of an import's file. Ids come from clients: nothing but letters, digits, `_` and `-` may become part of a path. */
export function stagingPath(folder: string, jobId: string): string {
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(jobId)) throw new AppError('not-found', 'There is no such import.');
  return join(folder, `${jobId}.db`);
}

/** Keeps previews and reports of imports, one file for each. */
export function createReportFiles({ folder, wasApplied, now }: ReportFilesPorts): ImportReports {
  const report = <T>(jobId: string, work: Parameters<typeof withReport<T>>[1]): T => {
    try {
      completeIfApplied(jobId);
      return withReport(stagingPath(folder, jobId), work);
    } catch (error) {
      throw toStoreError(error) ?? error;
    }
  };
  const ready = <T>(jobId: string, work: Parameters<typeof withReport<T>>[1]): T =>
    report(jobId, (database, meta) => {
      if (meta.summary.state === 'preview' || meta.summary.state === 'applied') return work(database, meta);
      throw new AppError('conflict', 'This import is not finished.', { details: { jobId } });
    });

  return {
    summary: (jobId) => report(jobId, (_, { summary }) => summary),
    rows: (jobId, window) => ready(jobId, (database, meta) => readRows(database, meta, window)),
    csv: (jobId, after) => ready(jobId, (database, meta) => readCsv(database, meta, after)),
    discard(jobId) {
      const { state } = this.summary(jobId);
      if (state !== 'preview') throw new AppError('conflict', 'Only a preview can be discarded.', { details: { jobId } });
      removeStaging(folder, jobId);
    },
    cleanUp(isRunning) {
      if (!existsSync(folder)) return;
      const finished: ImportSummary[] = [];
      for (const name of readdirSync(folder)) {
        const jobId = /^([\w-]+)\.db$/.exec(name)?.[1];
        if (jobId === undefined || isRunning(jobId)) continue;
        const summary = summaryOrNull(jobId);
        if (summary === 'in use') continue;
        const isOldPreview = summary?.state === 'preview' && summary.startedAt < now() - previewLifeMs;
        if (summary === null || summary.state === 'running' || isOldPreview) removeIfPossible(jobId);
        else if (summary.state !== 'preview') finished.push(summary);
      }
      finished.sort((a, b) => b.startedAt - a.startedAt);
      for (const { jobId } of finished.slice(keptReports)) removeIfPossible(jobId);
    },
  };

  /**
   * A host that died between the commit and the note about it left "running" behind, or "preview" where it applied one; the
   * store knows better. What was decided about everybody was written before the commit: the report can still be made of it.
   */
  function completeIfApplied(jobId: string): void {
    const file = stagingPath(folder, jobId);
    if (!existsSync(file)) return;
    const isComplete = withReport(file, (_, { summary }) => summary.state === 'applied');
    if (!isComplete && wasApplied(jobId)) completeReport(file, jobId);
  }

  /** What cannot be removed now (a virus scanner reads it) waits for the next time: no import may fail for it after its commit. */
  function removeIfPossible(jobId: string): void {
    try {
      removeStaging(folder, jobId);
    } catch {
      // The next clean-up tries again.
    }
  }

  function summaryOrNull(jobId: string): ImportSummary | 'in use' | null {
    try {
      completeIfApplied(jobId);
      return withReport(stagingPath(folder, jobId), (_, { summary }) => summary);
    } catch (error) {
      // Else cut short by a crash, or not a file of ours any more: there is nothing in it to keep.
      return toStoreError(error)?.code === 'store-busy' ? 'in use' : null;
    }
  }
}

/** Creates the folder. Throws what the file system says. */
export function prepareReportFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
}

/** Removes the file of an import; nothing happens when there is none. */
export function removeStaging(folder: string, jobId: string): void {
  const file = stagingPath(folder, jobId);
  for (const path of [file, `${file}-journal`]) rmSync(path, { force: true });
}

/** Gives what a preview read to the import that applies it. Throws AppError `not-found` or, when it is no preview, `conflict`. */
export function claimPreview(folder: string, previewId: string, jobId: string): void {
  const file = stagingPath(folder, previewId);
  withReport(file, (_, { summary }) => {
    if (summary.state !== 'preview') throw new AppError('conflict', 'This is not a preview.', { details: { jobId: previewId } });
  });
  renameSync(file, stagingPath(folder, jobId));
}

/** Gives the read back, when it was not applied after all. */
export function returnPreview(folder: string, previewId: string, jobId: string): void {
  const file = stagingPath(folder, jobId);
  if (existsSync(file)) renameSync(file, stagingPath(folder, previewId));
}

/** Leaves a note instead of the rows: an import that failed has nothing to show but that. */
export function noteFailure(folder: string, summary: ImportSummary): void {
  removeStaging(folder, summary.jobId);
  const database = new DatabaseSync(stagingPath(folder, summary.jobId));
  try {
    database.exec('PRAGMA journal_mode=OFF; CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;');
    writeMeta(database, { summary, fields: [] });
  } finally {
    database.close();
  }
}

/** Makes the report of an applied import from what was decided. Throws SQLite's errors, also when another process does it now. */
function completeReport(file: string, jobId: string): void {
  const database = new DatabaseSync(':memory:', { timeout: 100 });
  try {
    database.prepare('ATTACH DATABASE ? AS staging').run(file);
    database.exec('BEGIN IMMEDIATE');
    const meta = readMeta(database, 'staging');
    if (meta !== undefined) {
      indexReport(database);
      writeMeta(database, { ...meta, summary: { ...meta.summary, jobId, state: 'applied', counts: countOutcomes(database) } }, 'staging');
    }
    database.exec('COMMIT');
  } finally {
    database.close();
  }
}

/** True when the store holds the changes of this import. */
export function wasImportApplied(users: DatabaseSync, jobId: string): boolean {
  return users.prepare('SELECT 1 FROM imports_applied WHERE job_id = ?').get(jobId) !== undefined;
}
