import metadata from 'libphonenumber-js/max/metadata';
import { cutReasons, type ReadSummary } from '../../shared/contract/common.ts';
import type { DirectorySettings } from '../../shared/contract/directory.contract.ts';
import { AppError, isAppError, type ErrorCode } from '../../shared/contract/errors.ts';
import { isFileImport, type ImportRequest, type ImportSummary } from '../../shared/contract/imports.contract.ts';
import { planMapping } from '../../shared/directory/mapping.ts';
import { createPhoneParser } from '../../shared/phones/phoneParser.ts';
import type { ImportRun } from '../services/imports/importPorts.ts';
import { createChunkTextDecoder } from './chunkText.ts';
import { noCounts } from '../store/imports/reportIndex.ts';
import type { ImportWork, ImportWorkPorts } from './importWork.ts';
import { stageFile } from './stageFile.ts';
import { createStagingFile } from '../store/imports/stagingFile.ts';
import { openImportConnection } from '../store/imports/storeImport.ts';

const nothingRead: ReadSummary = { entries: 0, complete: false, referrals: 0, milliseconds: 0 };

const cutCodes: Readonly<Record<NonNullable<ReadSummary['cutBy']>, ErrorCode>> = {
  'display-limit': 'size-limit',
  'server-size-limit': 'size-limit',
  'server-time-limit': 'time-limit',
  'total-time-limit': 'time-limit',
  'paging-stuck': 'paging-stuck',
  'connection-lost': 'connection-lost',
  cancelled: 'cancelled',
};

/**
 * The whole of a preview or an import: reads the directory into the staging file, compares that with the store, and
 * applies it in one transaction. Nothing is held in memory but a page, and the store is not locked while the directory
 * is read. Resolves after the commit. Throws AppError, SQLite's errors, or what `throwIfCancelled` throws.
 */
export async function runImport(work: ImportWork, ports: ImportWorkPorts): Promise<ImportSummary> {
  const startedAt = ports.now();
  if (work.file && isFileImport(work.request)) stageFile(work.request, work.file, work, startedAt, ports);
  if (work.settings !== null && !isFileImport(work.request)) await stagePeople(work, work.request, work.settings, startedAt, ports);
  ports.throwIfCancelled();

  const connection = openImportConnection(work.storeFile, work.stagingFile);
  try {
    const read = connection.meta.summary.read;
    const newTags = connection.newTags();
    const summaryOf = (state: 'preview' | 'applied', decided: Pick<ImportSummary, 'counts' | 'mails'>): ImportSummary => ({
      ...connection.meta.summary,
      jobId: work.jobId,
      state,
      ...(newTags.length > 0 && { newTags }),
      ...decided,
      startedAt,
      milliseconds: ports.now() - startedAt,
    });
    if (work.kind === 'preview') {
      ports.onProgress({ phase: 'comparing', done: 0, total: read.entries });
      const summary = summaryOf('preview', connection.compare(work.mail));
      ports.onProgress({ phase: 'comparing', done: read.entries, total: read.entries });
      connection.finishReport(summary);
      return summary;
    }
    ports.onProgress({ phase: 'writing', done: 0, total: read.entries });
    const summary = summaryOf('applied', connection.apply(work.jobId, ports.now(), ports.beginCommit, work.mail));
    // From here on the import is a fact, whatever happens to its report.
    ports.onProgress({ phase: 'writing', done: read.entries, total: read.entries });
    try {
      connection.finishReport(summary);
      connection.checkpoint();
    } catch (error) {
      ports.onReportLost(error);
    }
    return summary;
  } finally {
    connection.close();
  }
}

async function stagePeople(
  work: ImportWork,
  request: ImportRequest,
  settings: DirectorySettings,
  startedAt: number,
  ports: ImportWorkPorts,
): Promise<void> {
  const text = createChunkTextDecoder();
  const plan = planMapping(settings, request, {
    decodeUtf8: text.decodeUtf8,
    parsePhone: createPhoneParser(metadata, settings.defaultCountry),
  });
  const summaryOf = (read: ReadSummary): ImportSummary => ({
    jobId: work.jobId,
    state: 'running',
    request,
    counts: noCounts,
    read,
    startedAt,
    milliseconds: ports.now() - startedAt,
  });
  const metaOf = (read: ReadSummary) => ({ summary: summaryOf(read), fields: [...plan.fields], userDefaults: work.userDefaults });
  const staging = createStagingFile(work.stagingFile, plan.fields, metaOf(nothingRead));
  const reading = ports.readPeople(plan.attributes);
  try {
    let done = 0;
    ports.onProgress({ phase: 'reading', done, total: null });
    let entriesRead = 0;
    const next = () => reading.next().catch((error: unknown) => Promise.reject(withCount(error, entriesRead)));
    let step = await next();
    while (!step.done) {
      const { entries, unreadable, expected } = step.value;
      entriesRead += entries.length;
      text.forget();
      staging.add(entries.map(plan.map), unreadable);
      done += entries.length + unreadable.length;
      ports.onProgress({ phase: 'reading', done, total: expected });
      ports.throwIfCancelled();
      step = await next();
    }
    const read = step.value;
    if (!read.complete) throw incomplete(read);
    staging.setMeta(metaOf(read));
  } finally {
    await reading.return(nothingRead);
    staging.close();
  }
}

/** A part of the people must not look like all of them. */
function incomplete(read: ReadSummary): AppError {
  const cutBy = read.cutBy ?? 'connection-lost';
  return new AppError(cutCodes[cutBy], 'The directory did not deliver everybody, so nothing was changed.', {
    details: { entries: read.entries, cutBy },
  });
}

/** What was read until the directory failed is part of what is said about the failure. */
function withCount(error: unknown, entries: number): unknown {
  if (entries === 0 || !isAppError(error) || error.code === 'cancelled') return error;
  return new AppError(error.code, error.message, { cause: error, details: { ...error.details, entries } });
}

/** What is kept of a run that failed. */
export function failedSummary(run: Pick<ImportRun, 'jobId' | 'request'>, error: AppError, startedAt: number, now: number): ImportSummary {
  const { entries, cutBy } = error.details ?? {};
  const cut = cutReasons.find((reason) => reason === cutBy || (cutBy === undefined && reason === error.code));
  return {
    jobId: run.jobId,
    state: 'failed',
    request: run.request,
    counts: noCounts,
    read: { ...nothingRead, entries: typeof entries === 'number' ? entries : 0, ...(cut && { cutBy: cut }) },
    startedAt,
    milliseconds: now - startedAt,
  };
}
